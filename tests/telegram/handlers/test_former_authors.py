"""Alerts whose author the site has corrected since: what is told and offered then."""

from dataclasses import replace

from bot.demo.botapi import Message, Reader
from tests.aids.articles import ADA, BEOM, ECONOMY, teaser
from tests.telegram.handlers.conftest import Desk, tap

QUAY = teaser("quay", headline="Quay closed", sections=[ECONOMY], authors=[ADA])
CORRECTED = replace(QUAY, authors=(BEOM,))
URL = "https://www.example.org/2026/03/quay/"


async def alerted(desk: Desk, reader: Reader) -> Message:
    """Return the alert on the article, whose author was corrected behind it."""
    reader.skip()
    await desk.deliver(QUAY)
    message = await reader.next_message()
    await desk.correct(CORRECTED)
    return message


async def test_why_names_the_former_author_and_tells_that_it_is_off_the_article(
    desk: Desk,
) -> None:
    mina = desk.reader()
    await mina.ask("/follow ada lindqvist")
    message = await alerted(desk, mina)

    answer = await tap(mina, "Why?", message)

    assert answer.text == (
        "It came because you follow Ada Lindqvist (author)."
        " The site has taken Ada Lindqvist off the article since."
    )
    await tap(mina, "✕ Unfollow Ada Lindqvist", message)
    assert await desk.follows(mina.id) == set()


async def test_a_reply_with_why_tells_so_in_small_letters(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow ada lindqvist, economy")
    message = await alerted(desk, mina)
    mina.skip()

    await mina.say("/why", reply_to=message)
    answer = await mina.next_message()

    assert answer.text.splitlines()[2:] == [
        "It came because you follow Economy (section) and Ada Lindqvist (author).",
        "The site has taken Ada Lindqvist off the article since.",
    ]
    (small,) = [one for one in answer.entities if one["type"] == "italic"]
    assert answer.text[small["offset"] :] == answer.text.splitlines()[-1]


async def test_an_alert_offers_to_mute_only_what_the_article_carries_now(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await alerted(desk, mina)

    await tap(mina, "Mute…", message)

    assert message.labels == [
        "Open",
        "✓ Economy (section)",
        "Beom O'Neill (author)",
        "← Back",
    ]


async def test_what_a_mute_of_the_former_author_kept_away_is_told_so(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/mute ada lindqvist")
    await desk.deliver(QUAY)
    await desk.correct(CORRECTED)

    answer = await mina.ask(f"/why {URL}")

    assert answer.text.endswith(
        "When it came out it had what is muted: Ada Lindqvist (author)."
        " The site has taken that off it since."
    )
    await tap(mina, "Unmute Ada Lindqvist", answer)
    assert await desk.mutes(mina.id) == set()


async def test_what_is_not_followed_is_listed_without_the_former_author(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow military")
    await desk.deliver(QUAY)
    await desk.correct(CORRECTED)

    answer = await mina.ask(f"/why {URL}")

    assert answer.text.endswith("It has: Economy (section) and Beom O'Neill (author).")
