"""The order by relevance keeps to the rules at the head of `bot.domain.relevance`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Article, Published, Teaser
from bot.domain.query import Document, Query, answers
from bot.domain.query_parser import parse_query
from bot.domain.relevance import Order, asked_words, order_for
from bot.domain.words import stems
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.any_archive import START, fill, queries, teasers
from tests.aids.articles import ECONOMY, FOREIGN, MILITARY
from tests.aids.examples import examples
from tests.aids.lab import Lab
from tests.conftest import SITE_ZONE


def answered_by_headline(query: Query, article: Article) -> bool:
    """Say whether the headline alone answers what is asked of words."""
    alone = Document(
        headline=stems(article.headline),
        dek=(),
        inflected=(),
        topics=frozenset(),
        published=article.published.at,
    )
    return answers(Query(groups=tuple(asked_words(query))), alone)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=st.lists(teasers, max_size=8),
    typed=st.lists(queries, min_size=1, max_size=8),
    ranked=st.integers(1, 9),
)
def test_relevance_orders_the_newest_answers_and_finds_no_others(
    lab: Lab, found: list[Teaser], typed: list[str], ranked: int
) -> None:
    async def compare(records: Records) -> None:
        await fill(records, found)
        for one in typed:
            query = parse_query(one, SITE_ZONE)
            if order_for(query, Order.RELEVANCE) is Order.NEWEST:
                continue
            newest = await records.articles.search(query, ranked, 0)
            ordered = await paged(records, query, ranked)

            by_headline = [answered_by_headline(query, article) for article in ordered]
            assert by_headline == sorted(by_headline, reverse=True)
            assert sorted(ordered, key=lambda article: -article.id) == newest

    lab.find(compare)


async def paged(records: Records, query: Query, ranked: int) -> list[Article]:
    """Return all answers by relevance, two at a time."""
    pages = [await records.articles.search_ranked(query, 2, start, ranked) for start in (0, 2, 4)]
    rest = await records.articles.search_ranked(query, 100, 6, ranked)
    return [article for page in (*pages, rest) for article in page]


def teaser(number: int, headline: str, dek: str) -> Teaser:
    published = Published(at=START + timedelta(days=number))
    return Teaser(
        url=f"https://example.org/{number}", headline=headline, dek=dek, published=published
    )


async def order(
    store: Database, typed: str, *told: tuple[str, str], ranked: int = 100
) -> Sequence[int]:
    """Return the places of the articles, told from old to new, in their order by relevance."""
    found = [teaser(number, *one) for number, one in enumerate(told)]
    async with store.writing() as records:
        await fill(records, found)
        query = parse_query(typed, SITE_ZONE)
        ordered = await records.articles.search_ranked(query, 100, 0, ranked)
        return [int(article.url.rpartition("/")[2]) for article in ordered]


@pytest.mark.parametrize(
    ("typed", "told", "expected"),
    [
        # a headline stands above a dek, be that newer and full of the word
        ("crane", [("A crane in the port", "Three"), ("Idle", "Crane on crane on crane")], [0, 1]),
        # a headline with one of the words stands above a dek with both
        ("crane port", [("Port", "A crane"), ("Idle here", "Port and crane")], [0, 1]),
        # more hits in the dek stand above fewer
        ("crane", [("Idle", "Crane and crane"), ("Idle", "Crane and ship")], [0, 1]),
        # a filter and what is excluded rank nothing
        ("crane -ship after:2020", [("Crane", "b"), ("Crane", "b")], [1, 0]),
        # a prefix longer than the stem ranks, too
        ("denuclearizat*", [("Of denuclearization", "a"), ("Idle here", "b")], [0]),
    ],
)
async def test_what_says_more_of_the_words_stands_first(
    store: Database, typed: str, told: list[tuple[str, str]], expected: list[int]
) -> None:
    assert await order(store, typed, *told) == expected


async def test_equals_stand_with_the_newest_first(store: Database) -> None:
    told = [("The crane is idle", "Three ports wait")] * 4

    assert await order(store, "crane", *told) == [3, 2, 1, 0]


async def test_more_topics_make_no_article_longer(store: Database) -> None:
    """bm25 prefers the shorter text; the index holds topics beside words."""
    sections = (ECONOMY, FOREIGN, MILITARY)
    found = [
        replace(teaser(number, "The crane is idle", "Three ports wait"), sections=sections[:number])
        for number in range(4)
    ]
    async with store.writing() as records:
        await fill(records, found)
        ordered = await records.articles.search_ranked(parse_query("crane", SITE_ZONE), 9, 0, 9)

    assert [len(article.topics) for article in ordered] == [3, 2, 1, 0]


async def test_only_the_newest_are_ranked(store: Database) -> None:
    told = [("Crane", "Crane"), ("Idle", "A crane"), ("Idle", "A crane")]

    assert await order(store, "crane", *told, ranked=2) == [2, 1]


@pytest.mark.parametrize("typed", ["section:economy", "after:2024", "-crane", "", "crane OR -port"])
async def test_without_words_there_is_no_relevance(store: Database, typed: str) -> None:
    query = parse_query(typed, SITE_ZONE)

    assert order_for(query, Order.RELEVANCE) is Order.NEWEST
    async with store.reading() as records:
        with pytest.raises(ValueError, match="ranked"):
            await records.articles.search_ranked(query, 1, 0, 1)
