"""What a query finds in the archive is what the pure evaluator says of each article."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Teaser
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.topic import Topic
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.any_archive import START, TOPICS, fill, queries, teasers
from tests.aids.archive import topic_number
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
