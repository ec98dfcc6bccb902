"""What a query finds in the archive is what the pure evaluator says of each article."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.topic import Topic
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.any_archive import START, TOPICS, fill, queries, teasers
from tests.aids.archive import change_topics, publish, redate, topic_number
from tests.aids.articles import ECONOMY, MILITARY, teaser
from tests.aids.examples import examples
from tests.aids.lab import Lab
from tests.conftest import SITE_ZONE

#: An article as it was told, and what its owner took back of that.
tellings = st.tuples(teasers, st.sets(st.sampled_from(TOPICS), max_size=3))
Told = list[tuple[Teaser, set[Topic]]]


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(tellings, max_size=6), typed=st.lists(queries, min_size=1, max_size=8))
def test_the_index_and_the_evaluator_agree_on_any_query(
    lab: Lab, told: Told, typed: list[str]
) -> None:
    async def compare(records: Records) -> None:
        await fill(records, [one for one, _ in told], [gone for _, gone in told])
        every = await records.articles.latest(None, 100, 0)
        for one in typed:
            query = parse_query(one, SITE_ZONE)
            by_index = await records.articles.search(query, 100, 0)

            by_evaluator = [one for one in every if answers(query, document_of(one))]
            assert by_index == by_evaluator

    lab.find(compare)


#: So many alternatives that they are not taken apart.
BRANCHY = "-after:2023 OR talk before:2024-01-20 OR sanctions -before:2024 OR us after:2024 OR of"


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(teasers, max_size=6),
    moved=st.lists(st.integers(-40_000, 80_000), max_size=6),
    typed=st.lists(queries, max_size=4),
)
def test_dates_count_as_they_are_told_now_however_often_they_changed(
    lab: Lab, told: list[Teaser], moved: list[int], typed: list[str]
) -> None:
    """An article keeps the id that its first date gave it; by ids the index finds a range."""

    async def compare(records: Records) -> None:
        await fill(records, told)
        for told_one, days in zip(told, moved, strict=False):
            await redate(records, told_one, Published(at=START + timedelta(days=days)), START)
        every = await records.articles.latest(None, 100, 0)
        for text in (*typed, BRANCHY, "after:2024", "before:2024-01-20", "us before:2024-02"):
            query = parse_query(text, SITE_ZONE)
            by_evaluator = [one for one in every if answers(query, document_of(one))]

            assert await records.articles.search(query, 100, 0) == by_evaluator
            assert await records.articles.search(query, 2, 1) == by_evaluator[1:3]
            assert await records.articles.count_answers(query) == len(by_evaluator)

    lab.find(compare)


async def test_a_topic_is_found_from_when_it_is_told_until_it_is_withdrawn(
    store: Database,
) -> None:
    async def found(typed: str) -> int:
        async with store.reading() as records:
            return len(await records.articles.search(parse_query(typed, SITE_ZONE), 9, 0))

    one = teaser("cranes", headline="Cranes", sections=(ECONOMY,))
    async with store.writing() as records:
        await records.topics.ensure([*one.topics, MILITARY], START)
        await publish(records, one, START, alert=False)
        await change_topics(records, one, START, further=(MILITARY,))
    assert await found("cranes section:economy section:military") == 1

    async with store.writing() as records:
        await change_topics(records, one, START, withdrawn=(ECONOMY,))
    assert await found("cranes section:economy") == 0
    assert await found("cranes -section:economy section:military") == 1

    async with store.writing() as records:
        await change_topics(records, one, START, restored=(ECONOMY,))
    assert await found("section:economy OR section:none") == 1


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(tellings, max_size=6))
def test_a_topics_articles_are_those_that_carry_it_however_they_are_counted(
    lab: Lab, told: Told
) -> None:
    async def compare(records: Records) -> None:
        await fill(records, [one for one, _ in told], [gone for _, gone in told])
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

    lab.find(compare)


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*b*", "^", "NEAR(a b)", "headline : x", "{x} : y", "a AND b", "x' --", "\\"],
)
async def test_the_index_own_operators_are_mere_text(store: Database, typed: str) -> None:
    async with store.reading() as records:
        found = await records.articles.search(parse_query(typed, SITE_ZONE), 5, 0)

    assert found == []
