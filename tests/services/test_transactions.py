"""How often the use cases take their turn to write, of which there is one at a time."""

import asyncio
from datetime import timedelta

from sqlalchemy import Engine, event

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.services.archive import Archive
from bot.services.dispatch import Dispatcher
from bot.services.letters import Letters
from bot.services.searches import StandingSearches
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe, topic_number
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.counted import CountedStore
from tests.aids.messenger import FakeMessenger
from tests.aids.waiting import until
from tests.conftest import SITE_ZONE


async def test_a_muted_topic_is_followed_with_an_urgency_in_one_go(
    store: Database, clock: FakeClock
) -> None:
    async with store.writing() as records:
        mina = await subscribe(records, 1, clock(), mutes=[ECONOMY])
        number = await topic_number(records, ECONOMY)
    counted = CountedStore(store)
    timing = TimingService(counted, clock, SITE_ZONE)

    record = await timing.follow(mina, number, Urgency.SILENT)

    assert record
    assert (record.stance, record.urgency) == (Stance.FOLLOW, Urgency.SILENT)
    assert counted.writes == 1
    assert await timing.follow(mina, 999, Urgency.LOUD) is None


async def test_a_search_is_paused_and_its_urgency_set_in_one_go(
    store: Database, clock: FakeClock
) -> None:
    async with store.writing() as records:
        mina = await subscribe(records, 1, clock())
    saved = await StandingSearches(store, clock, SITE_ZONE).save(mina, "crane")
    assert saved.record
    counted = CountedStore(store)
    searches = StandingSearches(counted, clock, SITE_ZONE)

    record = await searches.hold(mina, saved.record.id, Urgency.LOUD, paused=True)

    assert record
    assert (record.urgency, record.paused) == (Urgency.LOUD, True)
    assert counted.writes == 1
    assert await searches.hold(mina, 999, Urgency.LOUD, paused=True) is None


async def test_a_search_is_one_statement_whatever_it_finds(
    store: Database, clock: FakeClock
) -> None:
    async with store.writing() as records:
        for number in range(7):
            await publish(records, teaser(str(number)), clock(), alert=False)
    archive, told = Archive(store, SITE_ZONE), []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        page = await archive.search("section:economy -snow before:2100 OR xylophone")
    finally:
        event.remove(Engine, "before_cursor_execute", count)

    assert len(page.articles) == 5
    assert len(told) == 1


async def test_a_dispatcher_that_is_woken_for_nothing_only_reads(
    store: Database, clock: FakeClock, messenger: FakeMessenger
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, clock(), follows=[ECONOMY])
    counted = CountedStore(store)
    dispatcher = Dispatcher(
        counted, messenger, Letters(SITE_ZONE), clock, max_age=hours(24), places=8
    )
    running = asyncio.create_task(dispatcher.run())
    await until(lambda: counted.reads == 1)
    before = counted.writes

    for times in range(2, 6):
        dispatcher.wake()
        await until(lambda times=times: counted.reads >= times)  # type: ignore[misc] # mypy does not know the type of a default

    assert counted.writes == before
    async with store.writing() as records:
        await publish(records, teaser(), clock())
    dispatcher.wake()
    await until(lambda: messenger.chats() == [1])
    await dispatcher.stop()
    await running


async def test_a_dispatcher_sees_by_itself_when_something_is_due(
    store: Database, clock: FakeClock, messenger: FakeMessenger
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, clock(), follows=[ECONOMY])
        await publish(records, teaser(), clock() + timedelta(milliseconds=20))
    dispatcher = Dispatcher(
        store, messenger, Letters(SITE_ZONE), clock, max_age=hours(24), places=8
    )

    running = asyncio.create_task(dispatcher.run())
    await asyncio.sleep(0)
    clock.pass_time(seconds=1)

    await until(lambda: messenger.chats() == [1])
    await dispatcher.stop()
    await running
