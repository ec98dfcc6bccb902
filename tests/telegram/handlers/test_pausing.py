"""Holding alerts for a time."""

from datetime import UTC, datetime

import pytest

from bot.domain.subscriber import Standing
from tests.telegram.handlers.conftest import Desk, tap

#: Eight in the morning of Monday, in Seoul.
MONDAY = datetime(2026, 3, 8, 23, tzinfo=UTC)


async def test_a_pause_lasts_until_resumed(desk: Desk) -> None:
    mina = desk.reader()

    paused = await mina.ask("/pause")

    assert "Nothing is lost" in paused.text
    assert (await desk.state(mina.id)).standing is Standing.PAUSED
    assert (await desk.state(mina.id)).paused_until is None


@pytest.mark.parametrize(
    ("typed", "told", "end"),
    [
        ("2d", "Fri, 6 Mar 2026, 14:06", datetime(2026, 3, 6, 5, 6, 7, tzinfo=UTC)),
        ("until monday", "Mon, 9 Mar 2026, 08:00", MONDAY),
        ("until 18:00", "Wed, 4 Mar 2026, 18:00", datetime(2026, 3, 4, 9, tzinfo=UTC)),
    ],
)
async def test_a_pause_may_end_by_itself(desk: Desk, typed: str, told: str, end: datetime) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/pause {typed}")

    assert f"until {told}" in reply.text
    assert (await desk.state(mina.id)).paused_until == end


async def test_a_pause_ends_by_the_readers_clock(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/timezone berlin")

    reply = await mina.ask("/pause until monday")

    assert "until Mon, 9 Mar 2026, 08:00" in reply.text
    assert (await desk.state(mina.id)).paused_until == datetime(2026, 3, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("1 day", "Thu, 5 Mar 2026, 14:06"),
        ("3 days", "Sat, 7 Mar 2026, 14:06"),
        ("1 week", "Wed, 11 Mar 2026, 14:06"),
        ("Until Monday", "Mon, 9 Mar 2026, 08:00"),
    ],
)
async def test_a_pause_gets_its_end_by_a_button(desk: Desk, button: str, told: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/pause")

    answer = await tap(mina, button)

    assert answer.text == "Alerts are paused."
    assert f"until {told}" in message.text
    await tap(mina, "Resume now")
    assert message.text == "Alerts are on again. Nothing was missed."
    assert message.labels == ["↩ All settings"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x", "I do not understand x."),
        ("0d", "0d is no time at all."),
        ("-2d", "I do not understand -2d."),
        ("99999w", "99999w is too long: a pause lasts a year at most."),
        ("until 2026-03-01", "until 2026-03-01 is over already."),
        ("today", "today needs a time as well"),
        ("2", "I do not understand 2."),
        ("<b>", "I do not understand <b>."),
        ("9" * 99, "I do not understand 9999"),
        ("月曜日まで", "I do not understand 月曜日まで."),
    ],
)
async def test_an_unclear_length_changes_nothing(desk: Desk, typed: str, told: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/pause {typed}")

    assert reply.text.startswith(told)
    assert "/pause until monday" in reply.text
    assert (await desk.state(mina.id)).standing is Standing.ACTIVE
