"""The machine's clock is put back and forward: nothing is lost, nothing comes twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest

from bot.domain.delivery import State
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.seeding import seed

pytestmark = pytest.mark.e2e

CHATS = 60


class Wall:
    """The clock on the wall, which can be put back and forward."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """Shifts the program's clock and the scheduler's, which looks at the machine's by itself."""
    wall = Wall()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return wall().astimezone(tz)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Shifted)
    monkeypatch.setattr("bot.app.schedule.wall_clock", wall)
    monkeypatch.setattr("bot.app.jobs.wall_clock", wall)
    monkeypatch.setattr("bot.app.jobs._LOOK_SECONDS", 0.2)
    monkeypatch.setattr("bot.app.schedule._CALENDAR_INTERVAL", timedelta(seconds=0.2))
    return wall


def received(play: Play) -> Counter[int]:
    return Counter(message.chat_id for message in play.server.sent)


async def test_an_hour_back_in_mid_fanout_nothing_waits_for_it_to_pass(
    opened: OpenPlay, wall: Wall
) -> None:
    options = {"begin": False, "welcomes_strangers": True, "latency": 0.02, "send_rate": 100}
    async with opened(clock=wall, **options) as play:
        await seed(play.database_path, CHATS)
        await play.start()
        play.publish("Before the hour", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= CHATS // 3, PATIENCE)
        play.server.faults.on("sendMessage", times=3).reset_before_reading()
        await play.logged("delivery_deferred")
        wall.off = timedelta(hours=-1)
        play.publish("In the hour that comes again", "economy")
        rows = await play.settled(2 * CHATS)

    assert {row.state for row in rows} == {State.SENT}
    assert received(play) == dict.fromkeys(range(1, CHATS + 1), 2)
    assert len(play.events("clock_was_put_back")) == 1


async def test_a_day_forward_brings_what_is_due_by_then_and_back_again_all_goes_on(
    opened: OpenPlay, wall: Wall
) -> None:
    async with opened(clock=wall) as play:
        at_once = await play.subscriber("Economy", first_name="Ada")
        editions = await play.subscriber("Economy", first_name="Bo")
        await editions.ask("/digest daily 18:00", timeout=PATIENCE)
        quiet = await play.subscriber("Economy", first_name="Cho")
        await quiet.ask("/quiet 00:00-23:59", timeout=PATIENCE)
        for reader in (editions, quiet):
            reader.skip()
        play.publish("Before the jump", "economy")
        await play.alert(at_once)

        wall.off = timedelta(days=1)
        for reader in (editions, quiet):
            assert "Before the jump" in (await play.alert(reader)).text

        wall.off = timedelta()
        play.publish("After the jump", "economy")
        assert "After the jump" in (await play.alert(at_once)).text
