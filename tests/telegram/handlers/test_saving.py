"""Keeping articles to be read later: under an alert, by typing, and under a page of articles."""

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader
from bot.telegram.handlers.buttons import LONGEST
from bot.texts.clip import width
from tests.aids.articles import ECONOMY, MILITARY, teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, reply, tap
from tests.telegram.handlers.test_every_command import press

QUAY = teaser("quay", headline="Quay closed", sections=[ECONOMY])
PLAIN = ["Open", "Save", "Mute…", "Why?"]
MARKED = ["Open", "✓ Saved", "Mute…", "Why?"]


async def alerted(desk: Desk, reader: Reader) -> Message:
    """Publish an article, and return the alert on it."""
    await reader.ask("/follow economy")
    reader.skip()
    await desk.deliver(QUAY)
    return await reader.next_message()


async def saved(desk: Desk, reader: Reader) -> int:
    return len((await desk.state(reader.chat_id)).saved)


async def test_a_tap_saves_and_another_takes_it_off_again(desk: Desk) -> None:
    mina = desk.reader()
    message = await alerted(desk, mina)
    text = message.text
    assert message.labels == PLAIN

    first = await tap(mina, "Save", message)
    assert (message.labels, await saved(desk, mina)) == (MARKED, 1)
    second = await tap(mina, "✓ Saved", message)

    assert (message.labels, await saved(desk, mina)) == (PLAIN, 0)
    assert [first.text, second.text] == [
        "On the reading list: /saved",
        "No longer on the reading list.",
    ]
    assert message.text == text


async def test_a_tap_on_an_old_button_shows_how_it_is(desk: Desk) -> None:
    """As when the same alert is open on two telephones."""
    mina = desk.reader()
    message = await alerted(desk, mina)
    data = message.buttons[1]["callback_data"]
    await tap(mina, "Save", message)

    with capture_logs() as logs:
        answer = await press(desk, mina, message, data)
        await until(lambda: any(log.get("outcome") == "unchanged" for log in logs))

    assert answer == "On the reading list: /saved"
    assert message.labels == MARKED


async def test_the_button_knows_how_it_is_after_the_topics_were_shown(desk: Desk) -> None:
    mina = desk.reader()
    message = await alerted(desk, mina)
    await tap(mina, "Save", message)

    for way in ("Mute…", "Why?"):
        await tap(mina, way, message)
        await tap(mina, "← Back", message)

        assert message.labels == MARKED


async def test_an_alert_on_what_is_saved_already_says_so(desk: Desk) -> None:
    """The article was found by /save before its alert was due."""
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/digest mon 09:00")
    await desk.deliver(QUAY)
    await mina.ask(f"/save {QUAY.url}")
    await mina.ask("/digest off")
    mina.skip()
    assert desk.dispatcher
    await desk.dispatcher.drain()

    assert (await mina.next_message()).labels == MARKED


async def test_in_a_group_administrators_keep_the_list(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    message = await alerted(desk, ada.in_chat(group))

    refused = await ben.in_chat(group).press("Save", message=message)
    assert refused.text == "Only this group's administrators can change that."
    await tap(ada.in_chat(group), "Save", message)

    assert await saved(desk, ada.in_chat(group)) == 1
    assert await saved(desk, ada) == 0


async def test_save_as_an_answer_to_an_alert_keeps_its_article(desk: Desk) -> None:
    mina = desk.reader()
    message = await alerted(desk, mina)

    answer = await reply(mina, "/save", message)
    again = await reply(mina, "/save", message)

    assert answer.text == "✓ On the reading list:\nQuay closed"
    assert again.text == "On the reading list already:\nQuay closed"
    assert answer.labels == ["✓ Saved", "Reading list"]
    await tap(mina, "✓ Saved", answer)
    assert answer.text == "No longer on the reading list:\nQuay closed"
    assert await saved(desk, mina) == 0
    await tap(mina, "Save", answer)
    await tap(mina, "Reading list", answer)
    assert "1. Quay closed" in answer.text


async def test_save_as_an_answer_to_an_edition_offers_its_articles(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, military")
    mina.skip()
    slugs = ("one", "two", "three", "four")
    await desk.deliver(
        *(teaser(slug, headline=f"Pier {slug} closed", sections=[MILITARY]) for slug in slugs)
    )
    edition = await mina.next_message()

    answer = await reply(mina, "/save", edition)
    assert answer.labels == ["1", "2", "3", "4", "Reading list"]
    await tap(mina, "2", answer)
    await tap(mina, "4", answer)
    await tap(mina, "2", answer)

    assert answer.labels == ["1", "2", "3", "✓ 4", "Reading list"]
    chosen = next(line for line in answer.text.splitlines() if line.startswith("4. "))
    (number,) = (await desk.state(mina.id)).saved
    async with desk.store.reading() as records:
        article = (await records.articles.get([number]))[number]
    assert chosen == f"4. {article.headline}"


async def test_save_as_an_answer_to_any_message_with_links_keeps_what_they_lead_to(
    desk: Desk,
) -> None:
    mina = desk.reader()
    results = await mina.ask("/latest economy")
    own = await mina.say("Look: https://www.example.org/2026/03/harbour-2/ and example.org")
    await mina.next_message()

    several = await reply(mina, "/save", results)
    one = await reply(mina, "/save", own)
    short = await reply(mina, "/save", _with_link(own, "example.org/2026/03/harbour-4"))

    assert short.text == "✓ On the reading list:\nHarbour crane number 4 stands idle"
    assert several.labels == ["1", "2", "3", "4", "5", "Reading list"]
    assert one.text == "✓ On the reading list:\nHarbour crane number 2 stands idle"


def _with_link(message: Message, address: str) -> Message:
    """Return the message with an address that Telegram finds without its scheme."""
    message.text = f"See {address} there"
    message.entities = [{"type": "url", "offset": 4, "length": len(address)}]
    return message


async def test_save_as_an_answer_to_anything_else_says_how_it_is_used(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/settings")

    answer = await reply(mina, "/save", message)

    assert answer.text.startswith("I know no article in that message.\n\nKeep an article")


async def test_save_with_an_address_keeps_that_article_however_it_is_written(desk: Desk) -> None:
    mina = desk.reader()

    found = await mina.ask("/save <http://example.org/2026/03/harbour-3?utm_source=x>")
    unknown = await mina.ask("/save https://www.example.org/2020/01/elsewhere/")

    assert found.text == "✓ On the reading list:\nHarbour crane number 3 stands idle"
    assert unknown.text.startswith("I do not know this article.")
    assert await saved(desk, mina) == 1


@pytest.mark.parametrize(
    ("asked", "offer"), [("/latest", None), ("/search crane", "In your alerts")]
)
async def test_a_page_of_articles_offers_to_save_them(
    desk: Desk, asked: str, offer: str | None
) -> None:
    mina = desk.reader()
    message = await mina.ask(asked)
    if offer:
        await tap(mina, "Alert me on this", message)
    await tap(mina, "Older →", message)
    text, labels = message.text, message.labels

    await tap(mina, "Save…", message)
    assert message.labels[:2] == [
        "Harbour crane number 1 stands…",
        "Harbour crane number 0 stands…",
    ]
    await tap(mina, "Harbour crane number 0", message)
    assert message.labels[1] == "✓ Harbour crane number 0…"
    await tap(mina, "← Back", message)

    assert (message.text, message.labels) == (text, labels)
    assert await saved(desk, mina) == 1
    await tap(mina, "Save…", message)
    assert message.labels[1] == "✓ Harbour crane number 0…"


async def test_a_headline_on_a_button_is_cut_where_a_phone_would_cut_it(desk: Desk) -> None:
    """One of Hangul takes the room of two Latin letters."""
    mina = desk.reader()
    await mina.ask("/follow economy")
    mina.skip()
    await desk.deliver(teaser("quay", headline="항구의 크레인이 멈춰 섰다" * 4))
    await mina.next_message()
    message = await mina.ask("/latest economy")

    await tap(mina, "Save…", message)
    (button,) = [label for label in message.labels if label.startswith("항구")]
    plain = width(button)
    await tap(mina, button, message)
    (marked,) = [label for label in message.labels if label.startswith("✓ 항구")]

    assert LONGEST - 2 < plain <= LONGEST
    assert width(marked) <= LONGEST


async def test_a_full_list_takes_no_more_and_says_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.reading_list.MOST_SAVED", 1)
    mina = desk.reader()
    message = await alerted(desk, mina)
    await mina.ask("/save https://www.example.org/2026/03/harbour-3/")

    answer = await mina.press("Save", message=message)
    typed = await mina.ask(f"/save {QUAY.url}")
    again = await mina.ask("/save https://www.example.org/2026/03/harbour-3/")

    full = (
        "The reading list holds 1,000 articles, and that is the most. Take some off first: /saved"
    )
    assert (answer.text, answer.show_alert) == (full, True)
    assert typed.text == full
    assert again.text.startswith("On the reading list already")
    assert message.labels == PLAIN


async def test_an_article_that_is_gone_says_so(desk: Desk) -> None:
    mina = desk.reader()
    message = await alerted(desk, mina)
    forged = [
        {"text": text, "callback_data": f"1:save:5:{to}"}
        for text, to in zip("XY", "sn", strict=True)
    ]
    message.markup = {"inline_keyboard": [forged]}

    answers = [(await mina.press(text, message=message)).text for text in "XY"]

    assert answers == ["I no longer have this article's topics."] * 2
