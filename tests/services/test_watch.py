"""Administrators are told once that a source fails, and once that it is back."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import ChatGone, Refused, Throttled, Unanswered, Unreachable
from bot.domain.subscriber import Address, ChatKind
from bot.services.ingest import Ingest
from bot.services.polling import Poller
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService
from bot.services.waiting import GivenUpError
from bot.services.watch import Watch
from bot.storage.database import Database
from tests.aids import telling
from tests.aids.articles import hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.source import FakeSource
from tests.aids.waiting import until
from tests.conftest import SITE_ZONE

ADA, BEN = 41, 42


class Desk:
    """A source that fails, and those who want to know."""

    def __init__(self, store: Database, now: datetime) -> None:
        self.store = store
        self.clock = FakeClock(now)
        self.messenger = FakeMessenger()
        self.source = FakeSource().says(teaser("a"))
        ingest = Ingest(store, self.clock, hours(24))
        self.poller = Poller(store, ingest, self.clock, lambda: None)
        self.watch = self.started(ADA)

    def started(self, *administrators: int, sources: Sequence[FakeSource] | None = None) -> Watch:
        """Return the watch as it is behind a start of the program."""
        watched = [self.source] if sources is None else sources
        return Watch(
            self.store,
            telling.administrators(self.store, self.messenger, administrators),
            self.clock,
            [(one.url, one.kind) for one in watched],
        )

    async def fails(self) -> None:
        self.source.fails("http-500")
        await self.poller.poll_now(self.source)

    async def answers(self) -> None:
        self.source.says_nothing_new()
        await self.poller.poll_now(self.source)

    async def turn_after(self, **length: float) -> None:
        self.clock.pass_time(**length)
        await self.watch.turn()

    @property
    def told(self) -> list[tuple[int, str]]:
        """Whom something was told, and its first line."""
        return [(to.chat_id, letter.html.splitlines()[0]) for to, letter in self.messenger.told]


FAILING = "<b>A source has failed for an hour</b>"
BACK = "<b>The source is back</b>"


@pytest.fixture
async def desk(store: Database, now: datetime) -> Desk:
    desk = Desk(store, now)
    await desk.poller.poll_now(desk.source)
    return desk


async def test_a_source_that_fails_for_an_hour_is_told_once_and_not_before(desk: Desk) -> None:
    await desk.fails()
    await desk.turn_after(minutes=59)
    await desk.fails()
    assert desk.told == []

    await desk.turn_after(minutes=1)
    await desk.fails()
    await desk.turn_after(hours=5)

    assert desk.told == [(ADA, FAILING)]
    (_, letter) = desk.messenger.told[0]
    assert "https://www.example.org/feed/: http-500" in letter.html
    assert "4 Mar 2026, 14:06" in letter.html  # 05:06 UTC, by the site's clock


async def test_a_restart_repeats_nothing(desk: Desk) -> None:
    await desk.fails()
    await desk.turn_after(hours=1)

    desk.watch = desk.started(ADA)
    await desk.turn_after(hours=1)
    assert desk.told == [(ADA, FAILING)]
    await desk.answers()
    desk.watch = desk.started(ADA)
    await desk.turn_after(minutes=1)
    desk.watch = desk.started(ADA)
    await desk.turn_after(minutes=1)

    assert desk.told == [(ADA, FAILING), (ADA, BACK)]


async def test_a_source_that_is_back_is_told_once_and_may_fail_again(desk: Desk) -> None:
    for _ in range(2):
        await desk.fails()
        await desk.turn_after(hours=1)
        await desk.answers()
        await desk.turn_after(minutes=1)
        await desk.turn_after(hours=3)

    assert desk.told == [(ADA, FAILING), (ADA, BACK)] * 2


async def test_bad_minutes_are_told_to_nobody(desk: Desk) -> None:
    for _ in range(9):
        await desk.fails()
        await desk.turn_after(minutes=40)
        await desk.answers()
        await desk.turn_after(minutes=1)

    assert desk.told == []


async def test_an_administrator_reads_in_their_own_zone(desk: Desk) -> None:
    timing = TimingService(desk.store, desk.clock, SITE_ZONE)
    subscriptions = Subscriptions(desk.store, desk.clock)
    ada = await subscriptions.arrive(Address(chat_id=ADA), ChatKind.PRIVATE, "en-US")
    await timing.set_zone(ada, "America/New_York")
    await desk.fails()

    await desk.turn_after(hours=1)

    (_, letter) = desk.messenger.told[0]
    assert "Mar 4, 2026, 12:06" in letter.html


@pytest.mark.parametrize("outcome", [ChatGone("bot was blocked"), Refused("odd")], ids=str)
async def test_an_administrator_who_cannot_be_reached_is_no_fault_and_not_tried_again(
    desk: Desk, outcome: ChatGone | Refused
) -> None:
    desk.watch = desk.started(ADA, BEN)
    desk.messenger.tell_answers.append(outcome)
    await desk.fails()
    await desk.turn_after(hours=1)
    await desk.turn_after(hours=1)

    assert desk.told == [(BEN, FAILING)]


@pytest.mark.parametrize(
    "outcome", [Throttled(3.0), Unanswered("502"), Unreachable("connect")], ids=str
)
async def test_where_telegram_does_not_answer_each_is_told_with_a_later_turn(
    desk: Desk, outcome: Throttled | Unanswered | Unreachable
) -> None:
    desk.watch = desk.started(ADA, BEN)
    desk.messenger.tell_answers.append(outcome)
    await desk.fails()
    await desk.turn_after(hours=1)
    assert desk.told == [(BEN, FAILING)]
    await desk.turn_after(minutes=1)
    await desk.answers()
    desk.messenger.tell_answers.append(outcome)
    await desk.turn_after(minutes=1)
    await desk.turn_after(minutes=1)

    assert desk.told == [(BEN, FAILING), (ADA, FAILING), (BEN, BACK), (ADA, BACK)]


async def test_who_was_not_told_of_the_trouble_is_not_told_of_its_end(desk: Desk) -> None:
    await desk.fails()
    await desk.turn_after(hours=1)
    await desk.answers()
    desk.watch = desk.started(BEN)

    await desk.turn_after(minutes=1)
    desk.watch = desk.started(ADA, BEN)
    await desk.turn_after(minutes=1)

    assert desk.told == [(ADA, FAILING)]


async def test_a_source_that_the_profile_no_longer_has_is_told_to_nobody(desk: Desk) -> None:
    await desk.fails()
    desk.watch = desk.started(ADA, sources=[FakeSource("https://www.example.org/other/")])

    await desk.turn_after(hours=9)

    assert desk.told == []


async def test_a_stop_waits_for_no_answer_and_what_had_none_is_told_after_the_next_start(
    desk: Desk,
) -> None:
    desk.watch = desk.started(ADA, BEN)
    await desk.fails()
    desk.messenger.door.clear()
    turning = asyncio.create_task(desk.turn_after(hours=1))
    await until(lambda: desk.messenger.under_way > 0)

    desk.watch.stop()

    with pytest.raises(GivenUpError):
        await turning
    assert desk.told == []
    desk.messenger.door.set()
    desk.watch = desk.started(ADA, BEN)
    await desk.turn_after(minutes=1)
    assert desk.told == [(ADA, FAILING), (BEN, FAILING)]


async def test_nothing_is_told_behind_a_stop(desk: Desk) -> None:
    await desk.fails()

    desk.watch.stop()

    with pytest.raises(GivenUpError):
        await desk.turn_after(hours=1)
    assert desk.told == []


async def test_where_nobody_wants_to_know_nothing_is_written_down(desk: Desk) -> None:
    desk.watch = desk.started()
    await desk.fails()
    await desk.turn_after(hours=9)

    async with desk.store.reading() as records:
        assert await records.source_notices.every() == []
        (source,) = await records.sources.every()
    assert source.failing_since == desk.clock() - timedelta(hours=9)
