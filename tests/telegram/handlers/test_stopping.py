"""Leaving for good."""

from tests.telegram.handlers.conftest import Desk, tap


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
