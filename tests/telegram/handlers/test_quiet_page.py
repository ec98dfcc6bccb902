"""/quiet: hours in which nothing comes, typed or tapped."""

import pytest

from tests.telegram.handlers.conftest import Desk, tap


@pytest.mark.parametrize(
    ("typed", "stored", "told"),
    [
        ("22:00-07:00", "22:00-07:00", "22:00\u201307:00, every day"),
        ("10pm to 7am", "22:00-07:00", "22:00\u201307:00, every day"),
        ("weekends", "weekends", "weekends, all day"),
        ("mon-wed 22:00-7:00", "mon-wed 22:00-07:00",
         "22:00\u201307:00, Monday, Tuesday and Wednesday"),
        ("22:00-07:00, weekends", "22:00-07:00; weekends",
         "22:00\u201307:00, every day; weekends, all day"),
    ],
)  # fmt: skip
async def test_quiet_hours_are_typed(desk: Desk, typed: str, stored: str, told: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/quiet {typed}")

    assert reply.text.startswith(f"Quiet hours: {told}.\n")
    assert (await desk.state(mina.id)).quiet == stored


async def test_it_tells_until_when_it_is_quiet_now(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/quiet 12:00-15:30")

    assert "It is quiet now, until Wed 4 Mar, 15:30." in reply.text
    assert "Times are those of Seoul." in reply.text


async def test_quiet_hours_end_with_off(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/quiet 12:00-15:30")

    reply = await mina.ask("/quiet off")

    assert reply.text.startswith("There are no quiet hours.")
    assert (await desk.state(mina.id)).quiet == ""
    assert len(desk.woken) == 2


async def test_a_tap_chooses_and_is_marked(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/quiet")

    assert message.labels[0] == "✓ None"
    answer = await tap(mina, "22:00\u201307:00 and weekends")

    assert answer.text == "Quiet hours are set."
    assert "✓ 22:00\u201307:00 and weekends" in message.labels
    assert (await desk.state(mina.id)).quiet == "22:00-07:00; weekends"
    assert (await tap(mina, "None")).text == "There are no quiet hours."
    assert (await desk.state(mina.id)).quiet == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("daily", "That would be quiet all week, and nothing would ever come."),
        ("00:00-24:00", "That would be quiet all week"),
        ("weekdays, weekends", "That would be quiet all week"),
        ("22:00", "22:00 needs an end as well"),
        ("22:00-22:00", "22:00-22:00 ends when it begins."),
        ("26:00-07:00", "26:00 is no time of day."),
        ("夜の10時", "I do not understand 夜の"),
        ("<b>&", "I do not understand <."),
        ("x" * 4_000, "That is too long to be read."),
    ],
)
async def test_what_is_unclear_changes_nothing_and_is_explained(
    desk: Desk, typed: str, told: str
) -> None:
    mina = desk.reader()
    await mina.ask("/quiet weekends")

    reply = await mina.ask(f"/quiet {typed}")

    assert reply.text.startswith(told)
    assert "Nothing has changed." in reply.text
    assert "/quiet 22:00-07:00" in reply.text
    assert (await desk.state(mina.id)).quiet == "weekends"
