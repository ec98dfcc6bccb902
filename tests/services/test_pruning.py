"""What is over is deleted, and nothing that keeps an alert from coming twice."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.broadcast import Audience
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.reading import Reading, SourceState
from bot.domain.topic import Topic
from bot.services.backup_reports import PruneReport
from bot.services.broadcast_sending import BroadcastSender
from bot.services.broadcasting import Broadcasts
from bot.services.pruning import Pruner
from bot.storage.database import Database
from tests.aids.any_archive import START, TOPICS, fill, queries, teasers
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ADA, ECONOMY, FOREIGN, MILITARY, hours, teaser
from tests.aids.newsdesk import NOON, NewsDesk
from tests.aids.planning import planner
from tests.aids.stocked import columns_of, url_of
from tests.conftest import SITE_ZONE

DAYS_90 = timedelta(days=90)
YEAR = timedelta(days=365)
SLOW = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to find a smaller one takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RETRACTION = re.compile("^RETRACTED")
#: Who runs the bot.
ADA_ID = 4_201


class Desk(NewsDesk):
    """The same, with somebody who cleans up."""

    def pruner(self, keep_articles: timedelta | None = None) -> Pruner:
        return Pruner(
            self.store,
            self.clock,
            max_age=hours(24),
            keep_deliveries=DAYS_90,
            keep_articles=keep_articles,
        )

    async def prune(self, keep_articles: timedelta | None = None) -> PruneReport:
        pruner = self.pruner(keep_articles)
        foreseen = await pruner.foresee()
        done = await pruner.prune()
        assert done == foreseen
        return done

    @property
    def sent(self) -> list[str]:
        return [letter.html for _, letter in self.messenger.taken]


@pytest.fixture
async def desk(store: Database) -> Desk:
    desk = Desk(store, [RETRACTION])
    await desk.open(ECONOMY, FOREIGN)
    return desk


def cranes(**told: object) -> Teaser:
    return replace(teaser(published=NOON), **told)  # type: ignore[arg-type]


async def test_what_was_settled_long_ago_goes_and_what_is_younger_stays(desk: Desk) -> None:
    await desk.shows(cranes())
    desk.clock.pass_time(days=60)
    await desk.shows(teaser("younger", headline="Younger", published=desk.clock()))

    assert await desk.prune() == PruneReport()
    desk.clock.pass_time(days=31)
    assert await desk.prune() == PruneReport(closed=1, deliveries=1)
    assert await desk.prune() == PruneReport()
    desk.clock.pass_time(days=60)
    assert await desk.prune() == PruneReport(closed=1, deliveries=1)


@pytest.mark.parametrize(
    "again",
    [
        cranes(),
        cranes(published=None),
        cranes(published=Published(at=NOON + timedelta(days=100))),
        cranes(sections=(ECONOMY, FOREIGN)),
        cranes(headline="RETRACTED: Harbour cranes stand idle"),
        cranes(dek="Four ports report fewer ships"),
    ],
    ids=["as it was", "undated", "dated anew", "with a further topic", "retracted", "corrected"],
)
@pytest.mark.parametrize("where", ["feed", "page"])
@pytest.mark.parametrize("keep_articles", [None, timedelta(days=95)], ids=["kept", "deleted"])
async def test_an_article_met_again_behind_its_pruning_alerts_nobody_and_edits_nothing(
    desk: Desk, again: Teaser, where: str, keep_articles: timedelta | None
) -> None:
    await desk.shows(cranes())
    assert len(desk.sent) == 1
    desk.clock.now = NOON + timedelta(days=100)
    pruned = await desk.prune(keep_articles)
    assert (pruned.deliveries, pruned.articles) == (1, 1 if keep_articles else 0)

    for source in (getattr(desk, where), desk.feed, desk.page):
        await desk.reads(source, again)
        await desk.deliver()
        desk.clock.pass_time(hours=1)

    assert len(desk.sent) == 1
    assert desk.edits == []


async def test_an_undated_article_of_a_day_is_not_made_young_by_a_time_told_later(
    desk: Desk,
) -> None:
    desk.clock.pass_time(hours=1)  # topics that are younger than the article never count
    day = Published(at=NOON.astimezone(SITE_ZONE).replace(hour=0), has_time=False)
    await desk.shows(cranes(published=day))
    desk.clock.now = NOON + timedelta(days=100)
    await desk.prune()

    for sections in [(ECONOMY,), (ECONOMY, FOREIGN)]:
        await desk.shows(cranes(published=Published(at=desk.clock()), sections=sections))

    assert len(desk.sent) == 1


async def test_what_is_owed_or_held_stays_however_old_and_keeps_its_article(desk: Desk) -> None:
    async with desk.store.writing() as records:
        paused = await subscribe(records, 2, desk.clock(), follows=[ECONOMY])
    await desk.subscriptions.pause(paused, None)
    await desk.shows(cranes())
    desk.clock.pass_time(days=400)

    done = await desk.prune(YEAR)

    assert (done.deliveries, done.articles) == (1, 0)
    async with desk.store.reading() as records:
        assert (await records.outbox.figures()).held == 1


async def test_an_article_whose_fanout_is_not_done_is_not_closed(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await publish(records, cranes(), desk.clock(), planned=False)
    desk.clock.pass_time(days=400)

    assert await desk.prune(YEAR) == PruneReport()


async def test_a_saved_article_stays_with_its_whole_story(desk: Desk) -> None:
    async with desk.store.writing() as records:
        reader = await subscribe(records, 2, desk.clock())
        first, second, other = [
            await publish(records, teaser(name, published=NOON), desk.clock())
            for name in ("first", "second", "other")
        ]
        await records.stories.join(second, first)
        await records.saved.add(reader.id, second, desk.clock())
    await planner(desk.store, desk.clock).plan()
    await desk.deliver()
    desk.clock.pass_time(days=400)

    assert (await desk.prune(YEAR)).articles == 1
    async with desk.store.writing() as records:
        assert set(await records.articles.get([first, second, other])) == {first, second}
        await records.saved.remove(reader.id, second)
    assert (await desk.prune(YEAR)).articles == 2


async def test_a_mute_of_a_story_goes_with_the_story(desk: Desk) -> None:
    async with desk.store.writing() as records:
        reader = await subscribe(records, 2, desk.clock())
        article = await publish(records, cranes(), desk.clock(), alert=False)
        await records.stories.mute(reader.id, article, [article], desk.clock())
    desk.clock.pass_time(days=400)

    await desk.prune(YEAR)

    async with desk.store.reading() as records:
        assert await records.stories.muted(reader.id) == []


async def test_codes_and_setups_go_when_they_ended_long_ago(desk: Desk) -> None:
    async with desk.store.writing() as records:
        chat = await subscribe(records, 2, desk.clock())
        ends = desk.clock() + hours(1)
        await records.moves.put_code(chat.id, "hash", ends)
        await records.setups.put(chat.id, chat.id, ends)
    desk.clock.pass_time(days=90)
    assert await desk.prune() == PruneReport()

    desk.clock.pass_time(hours=2)
    assert await desk.prune() == PruneReport(expired=2)


async def test_a_broadcast_goes_with_its_copies_when_it_was_done_long_ago(
    desk: Desk, database_path: Path
) -> None:
    async with desk.store.writing() as records:
        for chat_id in range(2, 700):
            await subscribe(records, chat_id, desk.clock())
    broadcasts = Broadcasts(desk.store, desk.clock, rate=28)
    sender = BroadcastSender(desk.store, desk.messenger, desk.clock, max_age=hours(24), places=8)
    done = (await broadcasts.write("Hello", ADA_ID)).broadcast.id
    await broadcasts.begin(done, ADA_ID, Audience.PRIVATE, (ADA_ID, 1))
    await sender.drain()
    stopped = (await broadcasts.write("Once more", ADA_ID)).broadcast.id
    await broadcasts.begin(stopped, ADA_ID, Audience.PRIVATE, (ADA_ID, 2))
    await broadcasts.stop(stopped, ADA_ID, (ADA_ID, 2))
    desk.clock.pass_time(days=89)
    assert await desk.prune() == PruneReport()

    desk.clock.pass_time(days=2)
    assert await desk.prune() == PruneReport(expired=1)

    assert await broadcasts.status(done) is None
    assert await broadcasts.status(stopped) is not None
    owners = columns_of(database_path, "SELECT DISTINCT broadcast_id FROM broadcast_copies")
    assert (done,) not in owners


async def test_stopped_it_leaves_the_rest_for_the_next_time(desk: Desk) -> None:
    await desk.shows(cranes())
    desk.clock.pass_time(days=100)
    pruner = desk.pruner()
    stopped = await pruner.prune(lambda _: pruner.stop())

    assert stopped == PruneReport(closed=1)
    assert await desk.prune() == PruneReport(deliveries=1)


async def test_an_import_brings_no_pruned_article_back(desk: Desk) -> None:
    await desk.shows(cranes())
    desk.clock.pass_time(days=400)
    await desk.prune(YEAR)

    told = Reading(teasers=(cranes(), teaser("new", headline="New")), state=SourceState())
    intake = await desk.ingest.import_archive(told)

    assert intake.new == 1
    async with desk.store.reading() as records:
        assert [one.headline for one in await records.articles.latest(None, 9, 0)] == ["New"]


tellings = st.lists(
    st.tuples(teasers, st.sets(st.sampled_from(TOPICS), max_size=3), st.booleans()), max_size=6
)


@SLOW
@given(told=tellings, typed=st.lists(queries, min_size=1, max_size=4), days=st.integers(380, 440))
async def test_behind_a_pruning_search_counts_and_references_agree(
    migrated_file: Path, told: list[tuple[Teaser, set[Topic], bool]], typed: list[str], days: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(migrated_file, folder))
        desk = Desk(Database(url_of(path), SITE_ZONE))
        desk.clock.now = START
        async with desk.store.writing() as records:
            await fill(records, [one for one, _, _ in told], [gone for _, gone, _ in told])
            reader = await subscribe(records, 1, START)
            ids = [one.id for one in await records.articles.latest(None, 100, 0)]
            for number, (_, _, is_saved) in zip(ids, told, strict=False):
                if is_saved:
                    await records.saved.add(reader.id, number, START)
        desk.clock.pass_time(days=days)

        done = await desk.prune(YEAR)

        async with desk.store.reading() as records:
            left = await records.articles.latest(None, 100, 0)
            assert len(left) == len(ids) - done.articles
            for one in typed:
                query = parse_query(one, SITE_ZONE)
                found = await records.articles.search(query, 100, 0)
                assert found == [each for each in left if answers(query, document_of(each))]
        await desk.store.close()
        assert is_in_step(path)


def is_in_step(path: Path) -> bool:
    """Return whether index, counts and references say what the tables hold."""
    wrong_counts = """
        SELECT 1 FROM topics t WHERE articles <> (
            SELECT COUNT(*) FROM article_topics a WHERE a.topic_id = t.id AND NOT a.withdrawn
        )
    """
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)"
        )
    return columns_of(path, wrong_counts) == columns_of(path, "PRAGMA foreign_key_check") == []


@dataclass(frozen=True)
class Showing:
    """One reading: which source shows which article, and what it says of it."""

    page: bool
    article: int
    dated: str
    topics: tuple[Topic, ...]
    days_later: int

    def teaser(self, desk: Desk) -> Teaser:
        published = {
            "original": Published(at=NOON + timedelta(hours=self.article)),
            "now": Published(at=desk.clock()),
            "day": Published(
                at=desk.clock().astimezone(SITE_ZONE).replace(hour=0, minute=0), has_time=False
            ),
            "none": None,
        }[self.dated]
        told = teaser(
            f"number-{self.article}",
            headline=f"Number {self.article} of ours",
            sections=self.topics,
            authors=(ADA,),
        )
        return replace(told, published=published)


showings = st.builds(
    Showing,
    page=st.booleans(),
    article=st.integers(0, 2),
    dated=st.sampled_from(["original", "now", "day", "none"]),
    topics=st.sets(st.sampled_from([ECONOMY, FOREIGN, MILITARY]), min_size=1).map(tuple),
    days_later=st.sampled_from([0, 1, 45, 91, 200]),
)


@SLOW
@given(shown=st.lists(showings, min_size=1, max_size=8), delete=st.booleans())
async def test_whatever_sources_show_between_prunings_nothing_comes_twice(
    migrated_file: Path, shown: list[Showing], delete: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(migrated_file, folder))
        desk = Desk(Database(url_of(path), SITE_ZONE))
        await desk.open(ECONOMY, FOREIGN, MILITARY)
        for one in shown:
            source = desk.page if one.page else desk.feed
            await desk.reads(source, one.teaser(desk))
            await desk.deliver()
            desk.clock.pass_time(days=one.days_later)
            await desk.prune(DAYS_90 if delete else None)
        await desk.store.close()
        text = "".join(desk.sent)

        assert all(text.count(f"Number {number} of ours") <= 1 for number in range(3))
        assert is_in_step(path)
