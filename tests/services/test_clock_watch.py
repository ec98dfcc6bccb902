"""A clock that is put back: what was due at once is due at once, what has its hour keeps it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery import Unreachable
from bot.domain.editions_parser import stored_editions
from bot.domain.quiet_parser import stored_quiet
from bot.domain.reading import SourceState
from bot.domain.subscriber import Subscriber
from bot.services.clock_watch import ClockWatch
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.hubs import name_hub
from tests.aids.messenger import FakeMessenger
from tests.conftest import SITE_ZONE

#: Noon in Seoul.
NOON: Final = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


class Desk:
    """A chat, and a source that was read just now."""

    def __init__(self, store: Database) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.messenger = FakeMessenger()
        self.watch = ClockWatch(store, self.clock)
        self.timing = TimingService(store, self.clock, SITE_ZONE)
        self.dispatcher = Dispatcher(
            store, self.messenger, Letters(SITE_ZONE), self.clock, max_age=hours(24), places=8
        )

    async def open(self) -> Subscriber:
        async with self.store.writing() as records:
            source = await records.sources.ensure("https://e.org/feed/", "feed")
            await records.sources.succeeded(source.id, SourceState(), self.clock())
            return await subscribe(records, 1, self.clock(), follows=[ECONOMY])

    async def publish(self, *slugs: str) -> None:
        async with self.store.writing() as records:
            for slug in slugs:
                await publish(records, teaser(slug, headline=slug), self.clock())

    async def put_back(self, **length: float) -> None:
        self.clock.now -= timedelta(**length)
        await self.watch.look()

    async def got(self) -> int:
        self.messenger.taken.clear()
        await self.dispatcher.drain()
        return len(self.messenger.taken)


@pytest.fixture
async def desk(store: Database) -> Desk:
    return Desk(store)


async def test_what_failed_on_the_way_is_tried_again_at_once_and_only_once(desk: Desk) -> None:
    await desk.open()
    await desk.publish("cranes")
    desk.messenger.answers += [Unreachable("refused"), Unreachable("refused")]
    assert await desk.got() == 0

    await desk.put_back(hours=1)
    assert await desk.got() == 0
    await desk.watch.look()
    assert await desk.got() == 0
    desk.clock.pass_time(seconds=2)

    assert await desk.got() == 1


async def test_an_edition_keeps_its_hour_and_the_calendar_is_worked_out_anew(desk: Desk) -> None:
    chat = await desk.open()
    await desk.timing.set_editions(chat, stored_editions("daily 11:30 18:00"))
    await desk.publish("cranes")

    await desk.put_back(hours=1)
    await desk.timing.turn_due()
    await desk.publish("tugs")

    assert await desk.got() == 0
    desk.clock.pass_time(minutes=30)  # half past eleven, once more
    assert await desk.got() == 1
    desk.clock.pass_time(hours=7)
    assert await desk.got() == 1


async def test_quiet_hours_that_begin_again_are_quiet_again(desk: Desk) -> None:
    chat = await desk.open()
    await desk.timing.set_quiet(chat, stored_quiet("08:00-11:45"))

    await desk.put_back(hours=1)
    await desk.timing.turn_due()
    await desk.publish("cranes")

    assert await desk.got() == 0
    desk.clock.pass_time(hours=1)
    assert await desk.got() == 1


async def test_the_rule_of_bursts_holds_nobody_up_until_the_clock_has_caught_up(
    desk: Desk,
) -> None:
    await desk.open()
    await desk.publish("one", "two", "three")
    assert await desk.got() == 3

    await desk.put_back(hours=1)
    await desk.publish("four")
    assert await desk.got() == 0
    desk.clock.pass_time(minutes=1)

    assert await desk.got() == 1


async def test_a_source_that_is_left_alone_is_read_again(desk: Desk) -> None:
    await desk.open()
    async with desk.store.writing() as records:
        source = await records.sources.ensure("https://e.org/page/", "page")
        await records.sources.failed(source.id, "503", NOON + hours(2), NOON)

    await desk.put_back(hours=1)

    async with desk.store.reading() as records:
        again = await records.sources.find("https://e.org/page/", "page")
    assert again is not None
    assert again.due_at == desk.clock()


async def test_a_hub_is_asked_again_at_once(desk: Desk) -> None:
    """Its lease goes by its own clock."""
    await desk.open()
    await name_hub(desk.store, "https://e.org/feed/")
    async with desk.store.writing() as records:
        (found,) = await records.hubs.every()
        await records.hubs.ask(replace(found, next_try_at=NOON + hours(12)))

    await desk.put_back(hours=1)

    async with desk.store.reading() as records:
        (again,) = await records.hubs.every()
    assert again.next_try_at == desk.clock()


async def test_a_few_seconds_are_nothing_and_more_is_told_once(desk: Desk) -> None:
    await desk.open()
    with capture_logs() as logs:
        await desk.put_back(seconds=30)
        await desk.put_back(hours=1)
        await desk.watch.look()

    (event,) = logs
    assert (event["event"], event["seconds"]) == ("clock_was_put_back", 3630)


async def test_a_reading_by_the_new_clock_hides_nothing(desk: Desk) -> None:
    await desk.open()
    desk.messenger.answers.append(Unreachable("refused"))
    await desk.publish("cranes")
    assert await desk.got() == 0
    desk.clock.now -= timedelta(hours=1)
    async with desk.store.writing() as records:
        source = await records.sources.ensure("https://e.org/feed/", "feed")
        await records.sources.succeeded(source.id, SourceState(), desk.clock())

    await desk.watch.look()

    assert await desk.got() == 1


async def test_before_any_source_was_read_nothing_is_known_of_the_clock(desk: Desk) -> None:
    with capture_logs() as logs:
        await desk.watch.look()

    assert logs == []
