"""Sources are read, stored and matched: a real database, and sources that say what they must."""

from dataclasses import replace
from datetime import datetime
from typing import cast

import pytest

from bot.domain.errors import DatabaseError
from bot.domain.topic import Topic
from bot.services.archive import Archive
from bot.services.ingest import Ingest, merged
from bot.services.polling import Poller
from bot.storage.database import Database
from tests.aids.archive import claim, subscribe
from tests.aids.articles import ADA, ECONOMY, FOREIGN, PRO, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.planning import planner
from tests.aids.source import FakeSource
from tests.conftest import SITE_ZONE


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


class Desk:
    """Polls, plans, and shows which articles are owed to whom."""

    def __init__(self, store: Database, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock
        self.asked = 0
        self.planner = planner(store, clock)
        ingest = Ingest(store, clock, hours(24))
        self.poller = Poller(store, ingest, clock, self._ask)

    def _ask(self) -> None:
        self.asked += 1

    async def follow(self, chat_id: int, *topics: Topic, mutes: tuple[Topic, ...] = ()) -> None:
        async with self.store.writing() as records:
            await subscribe(records, chat_id, self.clock(), follows=topics, mutes=mutes)

    async def owed(self) -> list[tuple[int, str]]:
        await self.planner.plan()
        async with self.store.writing() as records:
            claimed = await claim(records, self.clock())
        return sorted((one.subscriber.address.chat_id, one.article.headline) for one in claimed)


@pytest.fixture
def desk(store: Database, clock: FakeClock) -> Desk:
    return Desk(store, clock)


async def test_the_baseline_is_stored_and_alerts_nobody(desk: Desk) -> None:
    await desk.follow(1, ECONOMY)
    source = FakeSource().says(teaser("a", published=desk.clock()), teaser("b"))

    report = await desk.poller.poll(source)

    assert report is not None
    assert (report.outcome, report.new, report.alerts) == ("baseline", 2, 0)
    assert await desk.owed() == []
    assert desk.asked == 0


async def test_what_is_read_by_hand_or_on_call_is_read_past_caches(desk: Desk) -> None:
    source = FakeSource().says().says_nothing_new().says_nothing_new()

    await desk.poller.poll(source)
    await desk.poller.poll_now(source)
    await desk.poller.poll_on_call(source)

    assert source.fresh == [False, True, True]


async def test_each_new_article_behind_the_baseline_is_owed_to_its_followers(desk: Desk) -> None:
    await desk.follow(1, ECONOMY)
    await desk.follow(2, FOREIGN)
    await desk.follow(3, ECONOMY, mutes=(PRO,))
    old, new = teaser("old"), teaser("new", headline="New", labels=(PRO,))
    source = FakeSource().says(old).says(new, old)

    await desk.poller.poll(source)
    await desk.poller.poll(source)

    assert await desk.owed() == [(1, "New")]
    assert desk.asked == 1


async def test_the_same_article_in_two_sources_alerts_once_and_widens_its_audience(
    desk: Desk,
) -> None:
    await desk.follow(1, ECONOMY)
    await desk.follow(2, FOREIGN)
    feed = FakeSource().says().says(teaser("a", headline="A"))
    page = FakeSource("https://www.example.org/tag/foreign-relations/").says()
    await desk.poller.poll(feed)
    await desk.poller.poll(page)
    desk.clock.pass_time(minutes=1)
    page.says(teaser("a", headline="A", sections=(FOREIGN,)))

    await desk.poller.poll(feed)
    assert await desk.owed() == [(1, "A")]
    await desk.poller.poll(page)
    assert await desk.owed() == [(2, "A")]


async def test_after_an_outage_what_is_too_old_is_stored_only(desk: Desk) -> None:
    await desk.follow(1, ECONOMY)
    source = (
        FakeSource()
        .says()
        .says(
            teaser("fresh", headline="Fresh", published=desk.clock() + hours(72)),
            teaser("stale", headline="Stale", published=desk.clock() + hours(40)),
        )
    )
    await desk.poller.poll(source)
    desk.clock.pass_time(hours=73)

    report = await desk.poller.poll(source)

    assert report is not None
    assert (report.new, report.alerts) == (2, 1)
    assert await desk.owed() == [(1, "Fresh")]


async def test_a_failing_source_is_left_alone_until_its_back_off_is_over(desk: Desk) -> None:
    source = FakeSource().fails("http-503", retry_after=900).says(teaser())

    failed = await desk.poller.poll(source)
    assert failed is not None
    assert failed.fault == "https://www.example.org/feed/: http-503"
    desk.clock.pass_time(seconds=899)
    assert await desk.poller.poll(source) is None
    desk.clock.pass_time(seconds=1)
    recovered = await desk.poller.poll(source)

    assert recovered is not None
    assert recovered.outcome == "baseline"
    async with desk.store.reading() as records:
        (record,) = await records.sources.every()
    assert (record.failures, record.fault, record.due_at) == (0, "", None)


async def test_failures_add_up_until_a_success(desk: Desk) -> None:
    source = FakeSource().fails("timeout").fails("timeout")

    await desk.poller.poll(source)
    desk.clock.pass_time(hours=1)
    await desk.poller.poll(source)

    async with desk.store.reading() as records:
        (record,) = await records.sources.every()
    assert record.failures == 2
    assert record.baselined_at is None


async def test_the_next_reading_is_told_what_the_last_one_left(desk: Desk) -> None:
    source = FakeSource().says(teaser()).says_nothing_new()

    await desk.poller.poll(source)
    report = await desk.poller.poll(source)

    assert report is not None
    assert report.outcome == "unchanged"
    assert [state.validators.etag for state in source.asked] == [None, '"0"']


async def test_a_corrected_headline_is_found_under_its_new_words(desk: Desk) -> None:
    source = (
        FakeSource()
        .says(teaser("a", headline="Cranes idle"))
        .says(teaser("a", headline="Turbines idle"))
    )
    await desk.poller.poll(source)
    await desk.poller.poll(source)

    from_archive = await desk_search(desk, "turbine")
    assert from_archive == ["Turbines idle"]
    assert await desk_search(desk, "crane") == []


async def desk_search(desk: Desk, words: str) -> list[str]:
    archive = Archive(desk.store, SITE_ZONE)
    return [article.headline for article in (await archive.search(words)).articles]


def test_one_article_twice_in_a_reading_is_one_with_all_topics() -> None:
    first = teaser("a", sections=(ECONOMY,))
    second = teaser("a", sections=(FOREIGN,), labels=(PRO,))

    (only,) = merged([first, second])

    assert only.topics == (ECONOMY, FOREIGN, PRO, ADA)


async def test_a_reading_of_three_hundred_articles_is_stored_whole(desk: Desk) -> None:
    many = [teaser(f"a-{number}", headline=f"Number {number}") for number in range(300)]
    source = FakeSource().says(*many)

    report = await desk.poller.poll(source)

    assert report is not None
    assert report.new == 300
    async with desk.store.reading() as records:
        assert await records.articles.count() == 300


async def test_what_was_stored_before_the_database_failed_is_planned_all_the_same(
    desk: Desk,
) -> None:
    """It is known by the next reading, which would ask for nothing."""
    await desk.follow(1, ECONOMY)
    source = FakeSource().says()
    await desk.poller.poll(source)
    told = [teaser(f"a-{number}", published=desk.clock()) for number in range(51)]
    unstorable = replace(told[-1], picture=cast("str", object()))
    source.says(*told[:-1], unstorable).says(*told)

    with pytest.raises(DatabaseError):
        await desk.poller.poll(source)

    assert desk.asked == 1
    assert len(await desk.owed()) == 50
    await desk.poller.poll(source)
    assert len(await desk.owed()) == 1
