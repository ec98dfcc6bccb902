"""Having alerts again: what was missed is offered, and neither poured nor lost."""

from pathlib import Path

import pytest

from bot.demo.botapi import Message, Reader
from bot.domain.delivery import State as Step
from bot.domain.subscriber import Standing
from tests.aids.ledger import deliveries
from tests.telegram.handlers.conftest import Desk, tap


async def paused_with(desk: Desk, missed: int) -> Reader:
    """Return a reader whose pause kept that many articles away."""
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/pause")
    for number in range(missed):
        await desk.alert(f"missed-{number}")
    return mina


async def offered(desk: Desk, missed: int) -> tuple[Reader, Message]:
    mina = await paused_with(desk, missed)
    return mina, await mina.ask("/resume")


def steps(path: Path) -> list[Step]:
    return [row.state for row in deliveries(path)]


async def test_without_anything_missed_there_is_nothing_to_ask(desk: Desk) -> None:
    mina = await paused_with(desk, 0)

    resumed = await mina.ask("/resume")
    again = await mina.ask("/resume")

    assert resumed.text == "Alerts are on again. Nothing was missed."
    assert again.text == "Alerts are on already."
    assert len(desk.woken) == 1


async def test_what_was_missed_is_offered_and_not_poured(desk: Desk, database_path: Path) -> None:
    mina, offer = await offered(desk, 7)

    assert offer.text == "Alerts are on again. 7 articles came meanwhile."
    assert offer.labels == ["Send them", "Skip", "↩ All settings"]
    assert steps(database_path) == [Step.HELD] * 7
    assert (await desk.state(mina.id)).standing is Standing.ACTIVE


async def test_what_was_missed_comes_when_it_is_asked_for(desk: Desk, database_path: Path) -> None:
    mina, offer = await offered(desk, 7)
    woken = len(desk.woken)

    await tap(mina, "Send them")

    assert offer.text == "7 articles are on their way."
    assert steps(database_path) == [Step.OWED] * 7
    assert len(desk.woken) == woken + 1


async def test_what_was_missed_may_be_skipped(desk: Desk, database_path: Path) -> None:
    mina, offer = await offered(desk, 1)

    assert "Send it" in offer.labels
    await tap(mina, "Skip")

    assert offer.text == "1 article was skipped. It stays in the archive: /latest"
    assert steps(database_path) == [Step.DROPPED]


async def test_an_offer_that_was_not_answered_is_made_again(desk: Desk) -> None:
    mina, _ = await offered(desk, 2)

    again = await mina.ask("/resume")

    assert again.text == "Alerts are on already. 2 articles from your last pause still wait."
    assert again.labels[:2] == ["Send them", "Skip"]


async def test_an_offer_that_was_answered_offers_nothing_more(
    desk: Desk, database_path: Path
) -> None:
    mina, first = await offered(desk, 2)
    second = await mina.ask("/resume")
    await tap(mina, "Send them", message=second)

    await tap(mina, "Skip", message=first)

    assert first.text == "Nothing is waiting any more."
    assert steps(database_path) == [Step.OWED] * 2


@pytest.mark.parametrize("button", ["Send them", "Skip"])
async def test_an_old_offer_does_nothing_in_a_new_pause(
    desk: Desk, database_path: Path, button: str
) -> None:
    mina, offer = await offered(desk, 2)
    await mina.ask("/pause")
    await desk.alert("missed-later")

    answer = await mina.press(button, message=offer)

    assert answer.text == "Alerts are paused. Use /resume first."
    assert steps(database_path) == [Step.HELD] * 3


async def test_resuming_twice_by_button_is_harmless(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/pause")
    await mina.ask("/pause")
    first, second = mina.messages[-2:]

    await tap(mina, "Resume now", message=second)
    await tap(mina, "Resume now", message=first)

    assert first.text == "Alerts are on already."
