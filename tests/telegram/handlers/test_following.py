"""What a chat follows and mutes, and how it is removed."""

from bot.domain.topic import author
from tests.telegram.handlers.conftest import Desk, tap


async def test_it_tells_what_is_followed_and_what_is_muted(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy, trade, ada lindqvist")
    await mina.ask("/mute nk pro")

    reply = await mina.ask("/following")

    assert reply.text == (
        "You follow\nSections: Economy and Trade\nAuthors: Ada Lindqvist\n\n"
        "Muted\nLabels: NK PRO\n\n"
        "Tap one to change how its alerts come, or to drop it:"
    )
    assert reply.labels[:4] == ["Economy", "Trade", "Ada Lindqvist", "🔇 NK PRO"]


async def test_a_tap_removes_and_the_list_shrinks(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/mute nk pro")
    reply = await mina.ask("/following")

    await tap(mina, "Economy")
    first = await tap(mina, "✕ Stop following")
    await tap(mina, "🔇 NK PRO")
    assert reply.text == "NK PRO (label)\nMuted: no article with it comes."
    second = await tap(mina, "✕ Take the mute back")

    assert (first.text, second.text) == (
        "You no longer follow Economy.",
        "NK PRO is no longer muted.",
    )
    assert reply.text.startswith("You follow nothing yet.")
    assert "Sections" in reply.labels


async def test_a_long_list_is_counted_and_paged(desk: Desk) -> None:
    names = [f"Zoe {number:02}" for number in range(20)]
    await desk.add_topics([author(name) for name in names])
    mina = desk.reader()
    await mina.ask("/follow " + ", ".join(names))

    reply = await mina.ask("/following")

    assert "Zoe 08 and 11 more" in reply.text
    assert "Page 1 of 3" in reply.text
    await tap(mina, "More →")
    assert "Zoe 08" in reply.labels
    await tap(mina, "← Back")
    assert "Zoe 00" in reply.labels


async def test_what_is_followed_is_a_tap_away_from_a_change(desk: Desk) -> None:
    mina = desk.reader()
    reply = await mina.ask("/follow economy")

    await tap(mina, "What you follow")

    assert reply.text.startswith("You follow\nSections: Economy")
