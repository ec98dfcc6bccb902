"""Sources that are read because somebody says that they have news."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.services.ports import SourceKey
from bot.services.prompting import Prompts
from bot.services.reports import PollReport
from bot.storage.database import Database
from tests.aids.clock import FakeClock
from tests.aids.rounds import FakeRounds
from tests.aids.waiting import until
from tests.conftest import NOW

FEED: SourceKey = ("https://e.example/feed/", "feed")
OTHER: SourceKey = ("https://e.example/other/", "feed")


@dataclass
class Desk:
    """A day on which waiting takes no time."""

    store: Database
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    #: When each reading was begun, in seconds.
    readings: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rounds = FakeRounds(self.clock)
        self.prompts = Prompts(self.store, lambda: self.rounds, self.clock, self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.clock.pass_time(seconds=seconds)
        await asyncio.sleep(0)

    def shows(self, outcome: str | None, source: SourceKey = FEED) -> None:
        if outcome is None:
            self.rounds.reports.pop(source, None)
        else:
            self.rounds.reports[source] = PollReport(
                source=source[0],
                kind=source[1],
                outcome=outcome,
            )

    @property
    def now(self) -> float:
        return (self.clock() - NOW).total_seconds()


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


async def test_it_is_read_at_once(desk: Desk) -> None:
    desk.shows("read")
    desk.prompts.ask(FEED)
    await desk.prompts.settled()

    assert (desk.rounds.read, desk.now) == ([FEED], 0)


async def test_however_many_say_so_it_is_read_once_and_once_more_for_the_late_ones(
    desk: Desk,
) -> None:
    desk.shows("read")
    desk.rounds.may_end.clear()
    for _ in range(100):
        desk.prompts.ask(FEED)
    await until(lambda: bool(desk.rounds.read))
    for _ in range(100):
        desk.prompts.ask(FEED)
    desk.rounds.may_end.set()
    await desk.prompts.settled()

    assert (desk.rounds.read, desk.now) == ([FEED, FEED], 10)


async def test_right_behind_another_reading_it_waits_ten_seconds(desk: Desk) -> None:
    desk.shows("read")
    desk.rounds.begun[FEED] = NOW - timedelta(seconds=3)
    desk.prompts.ask(FEED)
    await desk.prompts.settled()

    assert (desk.rounds.read, desk.now) == ([FEED], 7)


@pytest.mark.parametrize(
    ("outcome", "readings", "seconds"),
    [
        ("read", 1, 0),
        ("baseline", 1, 0),
        ("switched off", 1, 0),
        ("unchanged", 3, 75),  # a cache before the site may have it later
        ("failed", 6, 5115),
        (None, 6, 5115),  # another reading is under way, or the database is out of reach
    ],
)
async def test_what_brings_nothing_is_read_again_a_few_times(
    desk: Desk, outcome: str | None, readings: int, seconds: int
) -> None:
    desk.shows(outcome)
    desk.prompts.ask(FEED)
    await desk.prompts.settled()

    assert (len(desk.rounds.read), desk.now) == (readings, seconds)


async def test_a_server_that_wishes_to_be_left_alone_is(desk: Desk) -> None:
    async with desk.store.writing() as records:
        source = await records.sources.ensure(*FEED)
        later = NOW + timedelta(minutes=5)
        await records.sources.failed(source.id, "429", later, NOW, later)
    desk.prompts.ask(FEED)
    await desk.prompts.settled()

    assert desk.rounds.read == []


async def test_what_is_switched_off_is_read_by_nobody(desk: Desk) -> None:
    async with desk.store.writing() as records:
        source = await records.sources.ensure(*FEED)
        await records.sources.switch_off(source.id, NOW)
    desk.prompts.ask(FEED)
    await desk.prompts.settled()

    assert desk.rounds.read == []


async def test_one_source_does_not_wait_for_another(desk: Desk) -> None:
    desk.shows("read")
    desk.shows("read", OTHER)
    desk.rounds.may_end.clear()
    desk.prompts.ask(FEED)
    desk.prompts.ask(OTHER)
    await until(lambda: len(desk.rounds.read) == 2)
    desk.rounds.may_end.set()
    await desk.prompts.settled()

    assert sorted(desk.rounds.read) == [FEED, OTHER]


async def test_stopped_it_begins_nothing_more(desk: Desk) -> None:
    desk.shows("failed")
    desk.rounds.may_end.clear()
    desk.prompts.ask(FEED)
    await until(lambda: bool(desk.rounds.read))
    await desk.prompts.stop()
    desk.prompts.ask(OTHER)
    await desk.prompts.settled()

    assert desk.rounds.read == [FEED]
