"""Why an article did not come: /why with its address."""

import pytest

from tests.aids.archive import publish
from tests.aids.articles import ECONOMY, PRO, teaser
from tests.telegram.handlers.conftest import Desk, tap

QUAY = teaser("quay", headline="Quay closed", sections=[ECONOMY], labels=[PRO], authors=[])
URL = "https://www.example.org/2026/03/quay/"


async def test_a_mute_is_named_and_taken_back_with_one_tap(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/mute nk pro")
    await desk.deliver(QUAY)

    answer = await mina.ask(f"/why {URL}?utm_source=x")

    assert answer.text == (
        "Why this did not come\nQuay closed\n"
        "This is muted: NK PRO (label). A mute wins over everything that is followed."
    )
    assert answer.labels == ["Unmute NK PRO"]
    await tap(mina, "Unmute NK PRO", answer)
    assert await desk.mutes(mina.id) == set()
    await tap(mina, "↩ Undo (NK PRO)", answer)
    assert await desk.mutes(mina.id) == {"nk-pro"}


@pytest.mark.parametrize("typed", [URL, "example.org/2026/03/quay", f"<{URL}>."])
async def test_what_is_not_followed_can_be_followed_with_one_tap(desk: Desk, typed: str) -> None:
    mina = desk.reader()
    await mina.ask("/follow military")
    await desk.deliver(QUAY)

    answer = await mina.ask(f"/why {typed}")

    assert answer.text.endswith(
        "\nNothing that is followed is in it. It has: Economy (section) and NK PRO (label)."
    )
    assert answer.labels == ["Follow Economy", "Follow NK PRO"]
    followed = await tap(mina, "Follow Economy", answer)
    assert followed.text == "You follow Economy."
    assert answer.labels == ["↩ Undo (Economy)", "Follow NK PRO"]
    assert await desk.follows(mina.id) == {"economy", "military"}


async def test_an_article_without_topics_offers_none(desk: Desk) -> None:
    await desk.deliver(teaser("bare", sections=[], authors=[]))

    answer = await desk.reader().ask("/why https://www.example.org/2026/03/bare/")

    assert answer.text.endswith("It has no section, author or label that could be followed.")
    assert answer.labels == []


async def test_what_came_is_explained_like_an_alert(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await desk.deliver(QUAY)

    answer = await mina.ask(f"/why {URL}")

    assert answer.text == (
        "It did come\nQuay closed\nIt came because you follow Economy (section)."
    )
    assert "✕ Unfollow Economy" in answer.labels


async def test_what_waits_for_an_edition_is_told_with_its_time(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/digest mon 09:00")
    await desk.deliver(QUAY)

    answer = await mina.ask(f"/why {URL}")

    assert "It is still to come: Mon " in answer.text
    await tap(mina, "When alerts come", answer)
    assert "Alerts come in editions" in answer.text


async def test_what_is_due_is_on_its_way(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    async with desk.store.writing() as records:
        await publish(records, QUAY, desk.clock())

    answer = await mina.ask(f"/why {URL}")

    assert answer.text.endswith("It is on its way.")


async def test_what_a_pause_holds_is_had_with_one_tap(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/pause")
    await desk.deliver(QUAY)

    held = await mina.ask(f"/why {URL}")
    assert held.text.endswith("Alerts are paused, so it waits here. /resume brings it.")
    await tap(mina, "Resume now", held)
    since = await mina.ask(f"/why {URL}")

    assert since.text.endswith("It waits from your last pause. /resume brings it.")


async def test_what_is_followed_since_is_told_so(desk: Desk) -> None:
    mina = desk.reader()
    await desk.deliver(QUAY)
    await mina.ask("/follow economy")

    answer = await mina.ask(f"/why {URL}")

    assert "You follow Economy (section), but did not when it came out." in answer.text


async def test_what_was_no_news_is_told_so(desk: Desk) -> None:
    answer = await desk.reader().ask("/why https://www.example.org/2026/03/harbour-0/")

    assert "it was no news any more" in answer.text


async def test_what_is_not_known_is_told_so(desk: Desk) -> None:
    answer = await desk.reader().ask("/why https://www.example.org/2026/03/nowhere/")

    assert "I do not know this article. Either it is not one of NK News" in answer.text


async def test_what_was_taken_back_is_told_so(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    async with desk.store.writing() as records:
        await publish(records, QUAY, desk.clock())
    await mina.ask("/unfollow economy")

    answer = await mina.ask(f"/why {URL}")

    assert "It was to come, and was taken back" in answer.text


@pytest.mark.parametrize("typed", ["weather", "two words.here", "http://", "mailto:a@b.example"])
async def test_what_is_no_address_is_told_so(desk: Desk, typed: str) -> None:
    answer = await desk.reader().ask(f"/why {typed}")

    assert answer.text.startswith("That is no web address.")
    assert "/why https://www.example.org/" in answer.text
