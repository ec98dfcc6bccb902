"""Whoever runs the bot is told of a source in trouble: once, and once that it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.aids.clock import FakeClock
from tests.aids.play import PATIENCE, OpenPlay

pytestmark = pytest.mark.e2e

BEN, ADA = 41, 42


async def test_an_hour_of_trouble_is_told_once_and_its_end_across_restarts(
    opened: OpenPlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.schedule._WATCH_INTERVAL", timedelta(seconds=0.1))
    clock = FakeClock(datetime.now(UTC))
    async with opened(clock=clock, admin_ids=(BEN, ADA)) as play:
        ada = play.server.reader("Ada", begun=True, person_id=ADA)
        ben = play.server.reader("Ben", begun=True, person_id=BEN)
        ben.block()
        play.newsroom.answer("/feed/", times=None, status=500)
        await play.logged("source_failed", kind="http-500")
        clock.pass_time(minutes=59)
        await play.logged("source_failed", failures=2)

        clock.pass_time(minutes=1)
        told = await ada.next_message(PATIENCE)
        await play.logged("administrator_told", chat=ADA)
        await play.stop()
        await play.start()
        play.newsroom.restore()
        clock.pass_time(hours=7)
        back = await ada.next_message(PATIENCE)
        await play.logged("administrator_told", chat=ADA, news="back")

    assert told.text.startswith("A source has failed for an hour")
    assert "has a fault of its own (HTTP 500" in told.text
    assert back.text.startswith("The source is back")
    assert [message.text for message in ada.messages] == [told.text, back.text]
    assert ben.messages == []
    outcomes = [(one["chat"], one["news"]) for one in play.events("administrator_told")]
    assert sorted(outcomes) == [
        (BEN, "back"),
        (BEN, "failing"),
        (ADA, "back"),
        (ADA, "failing"),
    ]
