"""What a query finds in the archive is what the pure evaluator says of each article."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Teaser
from bot.domain.query import answers, document_of
from bot.domain.query_parser import parse_query
from bot.storage.database import Database
from tests.aids.any_archive import archive, queries, teasers
from tests.conftest import SITE_ZONE


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=st.lists(teasers, max_size=6), typed=st.lists(queries, min_size=1, max_size=8))
def test_the_index_and_the_evaluator_agree_on_any_query(
    database_path: Path, found: list[Teaser], typed: list[str]
) -> None:
    async def compare() -> None:
        async with archive(database_path, found) as records:
            every = await records.articles.latest(None, 100, 0)
            for one in typed:
                query = parse_query(one, SITE_ZONE)
                by_index = await records.articles.search(query, 100, 0)

                by_evaluator = [one for one in every if answers(query, document_of(one))]
                assert by_index == by_evaluator

    asyncio.run(compare())


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*b*", "^", "NEAR(a b)", "headline : x", "{x} : y", "a AND b", "x' --", "\\"],
)
async def test_the_index_own_operators_are_mere_text(store: Database, typed: str) -> None:
    async with store.reading() as records:
        found = await records.articles.search(parse_query(typed, SITE_ZONE), 5, 0)

    assert found == []
