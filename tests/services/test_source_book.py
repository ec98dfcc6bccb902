"""What is known of sources is kept at hand, and is never other than the database has it."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.domain.reading import SourceState, Validators
from bot.services.ingest import Ingest
from bot.services.polling import Poller
from bot.services.records import SourceRecord
from bot.services.source_book import SourceBook
from bot.storage.database import Database
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.source import FakeSource

LONG: Final = timedelta(hours=1)


class Desk:
    def __init__(self, store: Database, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.source = FakeSource()
        self.book = SourceBook(store, clock, LONG)
        self.ingest = Ingest(store, clock, hours(24))
        self.poller = Poller(store, self.ingest, clock, lambda: None, book=self.book)

    async def stored(self) -> SourceRecord:
        async with self.store.reading() as records:
            found = await records.sources.find(self.source.url, self.source.kind)
        assert found
        return found

    async def polls_in_vain(self) -> None:
        self.source.says_the_same()
        assert await self.poller.poll(self.source)


@pytest.fixture
async def desk(store: Database, clock: FakeClock) -> Desk:
    """A source that was read, and whose record is at hand; its last moment is written."""
    made = Desk(store, clock)
    await made.poller.poll(made.source.says(teaser()))
    await made.polls_in_vain()
    return made


async def test_the_moments_of_readings_that_brought_nothing_are_written_together(
    desk: Desk,
) -> None:
    first = (await desk.stored()).read_at
    for _ in range(3):
        desk.clock.pass_time(minutes=1)
        await desk.polls_in_vain()
    assert (await desk.stored()).read_at == first

    await desk.poller.write_down()

    assert (await desk.stored()).read_at == desk.clock()


async def test_with_no_time_to_keep_anything_each_moment_is_written_at_once(
    desk: Desk, clock: FakeClock
) -> None:
    poller = Poller(desk.store, desk.ingest, clock, lambda: None)
    clock.pass_time(minutes=1)

    await poller.poll(desk.source.says_the_same())

    assert (await desk.stored()).read_at == clock()


async def test_whatever_else_a_reading_changes_is_written_at_once(desk: Desk) -> None:
    state = replace((await desk.stored()).state, validators=Validators(etag='"new"'))
    desk.source.says_the_same(state)

    await desk.poller.poll(desk.source)

    assert (await desk.stored()).state == state
    await desk.polls_in_vain()
    assert desk.source.asked[-1] == state


async def test_a_failure_is_written_at_once_and_its_end_as_well(desk: Desk) -> None:
    desk.source.fails("timeout")
    await desk.poller.poll(desk.source)
    assert (await desk.stored()).failures == 1

    desk.clock.pass_time(hours=1)
    await desk.polls_in_vain()

    assert (await desk.stored()).failing_since is None


async def test_a_source_that_was_switched_off_is_not_read_once_the_poller_heard_of_it(
    desk: Desk,
) -> None:
    async with desk.store.writing() as records:
        await records.sources.switch_off((await desk.stored()).id, desk.clock())
    desk.poller.renew((desk.source.url, desk.source.kind))

    assert await desk.poller.poll(desk.source) is None


async def test_what_another_program_changed_is_seen_when_all_is_looked_up_anew(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.sources.switch_off((await desk.stored()).id, desk.clock())
    await desk.poller.write_down()

    assert await desk.poller.poll(desk.source) is None


async def test_a_clock_that_was_put_back_leaves_no_moment_that_is_yet_to_come(desk: Desk) -> None:
    desk.clock.pass_time(hours=2)
    await desk.polls_in_vain()
    desk.clock.pass_time(hours=-1)

    await desk.poller.write_down()

    assert (await desk.stored()).read_at == desk.clock()


async def test_an_import_has_every_source_read_as_if_it_had_changed(desk: Desk) -> None:
    """Owners of articles take back what a file tells of them, though they tell nothing new."""
    assert (await desk.stored()).state != SourceState(usual_count=1)
    reading = FakeSource().says(teaser("b", sections=(ECONOMY,)))

    await desk.ingest.import_archive(await reading.reading())
    await desk.poller.write_down()

    assert (await desk.stored()).state == SourceState(usual_count=1)
    await desk.polls_in_vain()
    assert desk.source.asked[-1] == SourceState(usual_count=1)
