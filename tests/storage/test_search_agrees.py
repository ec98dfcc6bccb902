"""What a query finds in the archive is what the pure evaluator says of each article."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.topic import Topic, unique_topics
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.archive import topic_number, withdraw
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO
from tests.conftest import SITE_ZONE

START = datetime(2024, 1, 1, tzinfo=UTC)
TOPICS = [ECONOMY, FOREIGN, MILITARY, PRO, COLUMN, ADA, BEOM]
VOCABULARY = [
    "sanction", "sanctions", "sanctioned", "talk", "talks", "Talk’s", "denuclearization",
    "déjà", "김여정", "김여정은", "US", "U.S.", "of", "ﬁne", "Straße", "\u0130stanbul", "x\u0301y",
    "m²", "١٢", "🙂", "a\x00b", "don't", "ünïcödé", "naïve", "well-known",
]  # fmt: skip

text = st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=6), max_size=8).map(" ".join)
teasers = st.builds(
    lambda number, headline, dek, topics, age: Teaser(
        url=f"https://example.org/{number}",
        headline=headline,
        dek=dek,
        sections=tuple(topics),
        published=Published(at=START + timedelta(days=age)),
    ),
    st.uuids(),
    text,
    text,
    st.lists(st.sampled_from(TOPICS), max_size=4),
    st.integers(0, 60),
)
literal = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(VOCABULARY).map(lambda word: word[:3] + "*"),
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from(VOCABULARY)).map(
        '"{0[0]} {0[1]}"'.format
    ),
    st.sampled_from(
        ["section:economy", "label:nk-pro", 'author:"Ada Lindqvist"', "after:2024-01-20",
         "before:2024-02", "section:none"]
    ),
    st.text(max_size=8),
)  # fmt: skip
queries = st.lists(
    st.tuples(st.sampled_from(["", "", "-", "OR "]), literal).map("".join), max_size=5
).map(" ".join)


#: An article as it was told, and what its owner took back of that.
tellings = st.tuples(teasers, st.sets(st.sampled_from(TOPICS), max_size=3))


@asynccontextmanager
async def archive(path: Path, told: list[tuple[Teaser, set[Topic]]]) -> AsyncIterator[Records]:
    """Give an archive that holds the articles and is forgotten afterwards."""
    found = [one for one, _ in told]
    database = Database(f"sqlite+aiosqlite:///{path}", SITE_ZONE)
    try:
        async with database.writing() as records:
            await records.topics.ensure(
                unique_topics(topic for one in found for topic in one.topics), START
            )
            new = [
                NewArticle(teaser=one, published=one.published, alert=False)
                for one in found
                if one.published
            ]
            await records.articles.add(new, 1, START)
            for one, withdrawn in told:
                gone = [topic for topic in one.topics if topic in withdrawn]
                await withdraw(records, one, gone, START)
            yield records
            await records.rollback()
    finally:
        await database.close()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(tellings, max_size=6), typed=st.lists(queries, min_size=1, max_size=8))
def test_the_index_and_the_evaluator_agree_on_any_query(
    database_path: Path, told: list[tuple[Teaser, set[Topic]]], typed: list[str]
) -> None:
    async def compare() -> None:
        async with archive(database_path, told) as records:
            every = await records.articles.latest(None, 100, 0)
            for one in typed:
                query = parse_query(one, SITE_ZONE)
                by_index = await records.articles.search(query, 100, 0)

                by_evaluator = [one for one in every if answers(query, document_of(one))]
                assert by_index == by_evaluator

    asyncio.run(compare())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(tellings, max_size=6))
def test_a_topics_articles_are_those_that_carry_it_however_they_are_counted(
    database_path: Path, told: list[tuple[Teaser, set[Topic]]]
) -> None:
    async def compare() -> None:
        async with archive(database_path, told) as records:
            await records.topics.ensure(TOPICS, START)
            every = await records.articles.latest(None, 100, 0)
            for topic in TOPICS:
                carrying = [one for one in every if topic in one.topics]
                number = await topic_number(records, topic)
                record = await records.topics.get(number, subscriber_id=0)

                assert await records.articles.latest(number, 100, 0) == carrying
                assert await records.articles.count_topic(number, START) == len(carrying)
                assert record is not None
                assert record.articles == len(carrying)

    asyncio.run(compare())


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*b*", "^", "NEAR(a b)", "headline : x", "{x} : y", "a AND b", "x' --", "\\"],
)
async def test_the_index_own_operators_are_mere_text(store: Database, typed: str) -> None:
    async with store.reading() as records:
        found = await records.articles.search(parse_query(typed, SITE_ZONE), 5, 0)

    assert found == []
