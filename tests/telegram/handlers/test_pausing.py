"""Holding alerts, having them again, and leaving for good."""

import pytest

from bot.domain.subscriber import Standing
from tests.telegram.handlers.conftest import Desk, tap


async def test_a_pause_lasts_until_resumed(desk: Desk) -> None:
    mina = desk.reader()

    paused = await mina.ask("/pause")
    subscriber = await desk.subscriber(mina.id)
    assert subscriber
    assert subscriber.standing is Standing.PAUSED
    resumed = await mina.ask("/resume")
    again = await mina.ask("/resume")

    assert "Nothing is lost" in paused.text
    assert resumed.text == "Alerts are on again. Nothing was missed."
    assert again.text == "Alerts are on already."
    assert len(desk.woken) == 1


async def test_a_pause_may_end_by_itself(desk: Desk) -> None:
    mina = desk.reader()

    reply = await mina.ask("/pause 2d")

    assert "until 6 Mar 2026, 14:06" in reply.text
    subscriber = await desk.subscriber(mina.id)
    assert subscriber
    assert subscriber.paused_until == desk.clock().replace(day=6)


async def test_a_pause_gets_its_end_by_a_button(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/pause")

    answer = await tap(mina, "After 1 day")

    assert answer.text == "Alerts are paused."
    assert "until 5 Mar 2026, 14:06" in message.text
    await tap(mina, "Resume now")
    assert message.text == "Alerts are on again. Nothing was missed."
    assert message.labels == []


async def test_resuming_twice_by_button_is_harmless(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/pause")
    await mina.ask("/pause")
    first, second = mina.messages[-2:]

    await tap(mina, "Resume now", message=second)
    await tap(mina, "Resume now", message=first)

    assert first.text == "Alerts are on already."


@pytest.mark.parametrize(
    "typed", ["x", "until monday", "0d", "-2d", "99999w", "2", "<b>", "9" * 99]
)
async def test_an_unclear_length_changes_nothing(desk: Desk, typed: str) -> None:
    mina = desk.reader()

    reply = await mina.ask(f"/pause {typed}")

    assert "/pause 2d" in reply.text
    subscriber = await desk.subscriber(mina.id)
    assert subscriber
    assert subscriber.standing is Standing.ACTIVE


async def test_stop_asks_first_and_then_deletes_everything(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")

    question = await mina.ask("/stop")
    assert await desk.follows(mina.id) == {"economy"}
    answer = await tap(mina, "Yes, delete everything")

    assert answer.text == "Everything is deleted."
    assert "/start begins anew" in question.text
    assert question.labels == []
    assert await desk.subscriber(mina.id) is None


async def test_stop_can_be_thought_better_of(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    question = await mina.ask("/stop")

    await tap(mina, "No, keep everything")

    assert question.text == "Good. Everything stays as it is."
    assert await desk.follows(mina.id) == {"economy"}
