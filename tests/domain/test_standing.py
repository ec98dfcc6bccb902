"""What an article brings up holds all standing searches that it answers, and few others."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article import Teaser
from bot.domain.query import Document, answers, document
from bot.domain.query_parser import parse_query
from bot.domain.standing import StandingIndex
from bot.domain.topic import author, label, section
from tests.aids.any_archive import queries, teasers

PUBLISHED = datetime(2024, 2, 10, tzinfo=UTC)
FOUND = document(
    "Sanctions stop the trade",
    "Kim Yo Jong warns of denuclearization talks",
    (section("Economy"), label("NK PRO"), author("Ada Lindqvist")),
    PUBLISHED,
)


def document_of(teaser: Teaser) -> Document:
    at = teaser.published.at if teaser.published else PUBLISHED
    return document(teaser.headline, teaser.dek, teaser.topics, at)


@given(
    typed=st.lists(queries, max_size=20),
    told=st.lists(teasers, min_size=1, max_size=4),
)
def test_to_look_at_what_is_brought_up_is_to_look_at_all(
    typed: list[str], told: list[Teaser]
) -> None:
    index = StandingIndex()
    parsed = [parse_query(text, UTC) for text in typed]
    for number, query in enumerate(parsed):
        index.file(number, query)

    for teaser in told:
        found = document_of(teaser)
        up = index.brought_up(found)
        assert {number for number in up if answers(parsed[number], found)} == {
            number for number, query in enumerate(parsed) if answers(query, found)
        }


@given(was=queries, now=queries, told=teasers)
def test_a_search_that_is_filed_again_is_found_by_what_it_says_now(
    was: str, now: str, told: Teaser
) -> None:
    index = StandingIndex()
    query, found = parse_query(now, UTC), document_of(told)
    index.file(1, parse_query(was, UTC))
    index.file(1, query)

    assert 1 in index.brought_up(found) or not answers(query, found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trade", True),
        ("trade embargo", False),  # filed under the longer word
        ("kim embargo", False),
        ("trade section:military", True),  # a long word is rarer than a section
        ("ban section:economy author:beom", False),  # an author is rarer than a short word
        ('"trade embargo"', False),
        ("sanctions OR embargo", True),
        ("kim missiles OR embargo", False),  # two long words are rarer than a short one
        ("denuclearizat*", True),  # longer than the stem
        ("denuclearized*", False),
        ("missile -trade", False),
        ("-trade", True),  # nothing that an answer must have
        ("trade OR -kim", True),
        ("after:2030", True),
        ("label:nk-pro after:2030", True),
        ("label:column after:2030", False),
    ],
)
def test_a_search_comes_up_by_the_rarest_of_what_it_needs(typed: str, *, expected: bool) -> None:
    index = StandingIndex()
    index.file(1, parse_query(typed, UTC))

    assert (1 in index.brought_up(FOUND)) is expected
