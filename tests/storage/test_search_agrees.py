"""What a query finds in the archive is what the pure evaluator says of each article."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.domain.topic import unique_topics
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO
from tests.aids.lab import Lab
from tests.conftest import SITE_ZONE

START = datetime(2024, 1, 1, tzinfo=UTC)
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
    st.lists(st.sampled_from([ECONOMY, FOREIGN, MILITARY, PRO, COLUMN, ADA, BEOM]), max_size=4),
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


async def store_all(records: Records, found: list[Teaser]) -> None:
    topics = unique_topics(topic for one in found for topic in one.topics)
    await records.topics.ensure(topics, START)
    new = [
        NewArticle(teaser=one, published=one.published, alert=False)
        for one in found
        if one.published
    ]
    await records.articles.add(new, 1, START)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=st.lists(teasers, max_size=6), typed=st.lists(queries, min_size=1, max_size=8))
def test_the_index_and_the_evaluator_agree_on_any_query(
    lab: Lab, found: list[Teaser], typed: list[str]
) -> None:
    async def compare(records: Records) -> None:
        await store_all(records, found)
        every = await records.articles.latest(None, 100, 0)
        for one in typed:
            query = parse_query(one, SITE_ZONE)
            by_index = await records.articles.search(query, 100, 0)

            by_evaluator = [one for one in every if answers(query, document_of(one))]
            assert by_index == by_evaluator

    lab.find(compare)


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*b*", "^", "NEAR(a b)", "headline : x", "{x} : y", "a AND b", "x' --", "\\"],
)
async def test_the_index_own_operators_are_mere_text(store: Database, typed: str) -> None:
    async with store.reading() as records:
        found = await records.articles.search(parse_query(typed, SITE_ZONE), 5, 0)

    assert found == []
