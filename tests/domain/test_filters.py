"""A filter is put into a query and taken out again, and the rest keeps its meaning."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filters import (
    Filter,
    filters_of,
    narrowed,
    recent_part,
    topic_part,
    widened,
)
from bot.domain.query import Carries, From, Literal, Until
from bot.domain.query_parser import parse_query
from bot.domain.topic import Topic, TopicKind, author, section
from tests.aids.any_archive import queries
from tests.aids.prose import prose

SEOUL = ZoneInfo("Asia/Seoul")
ECONOMY = Carries(TopicKind.SECTION, "economy")
#: Whatever a reader may type, with the filters and the joints that make it hard.
typed = st.one_of(
    queries,
    st.lists(
        st.sampled_from(
            ["section:economy", "-section:economy", "label:nk-pro", "after:2024", "after:soon",
             "OR", "|", "-", '"', '"a b"', "crane", "(", "before:2024-02", "section:"]
        ),
        max_size=9,
    ).map(" ".join),
    st.text('OR|-" ():acehnoist', max_size=24),
)  # fmt: skip
parts = st.sampled_from(["section:economy", 'author:"Ada Lindqvist"', "after:2024-01-31"])


@given(typed, parts)
def test_what_is_put_in_joins_nothing_and_the_rest_keeps_its_meaning(text: str, part: str) -> None:
    (new,) = parse_query(part, SEOUL).groups

    assert parse_query(narrowed(text, part, SEOUL), SEOUL).groups == (
        new,
        *parse_query(text, SEOUL).groups,
    )


@given(typed, st.sets(st.integers(0, 3)))
def test_what_is_taken_out_is_gone_and_the_rest_keeps_its_meaning(
    text: str, places: set[int]
) -> None:
    found = filters_of(text, SEOUL)
    unwanted = {one for place, one in enumerate(found) if place in places}
    alone = {(Literal(one),) for one in unwanted}

    left = widened(text, unwanted, SEOUL)

    kept = tuple(group for group in parse_query(text, SEOUL).groups if group not in alone)
    assert parse_query(left, SEOUL).groups == kept
    assert filters_of(left, SEOUL) == [one for one in found if one not in unwanted]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("crane section:economy", [ECONOMY]),
        ("section:Economy section:economy", [ECONOMY]),  # one, typed twice
        ("-section:economy", []),  # excluded
        ("section:economy OR crane", []),  # joined
        (
            "after:2024-01-31 before:2024-03",
            [
                From(datetime(2024, 2, 1, tzinfo=SEOUL)),
                Until(datetime(2024, 3, 1, tzinfo=SEOUL)),
            ],
        ),
        ('"section:economy"', []),  # mere words
    ],
)
def test_a_filter_stands_by_itself(text: str, filters: list[Filter]) -> None:
    assert filters_of(text, SEOUL) == filters


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("crane", "section:economy crane"),
        ('"supply chain', 'section:economy "supply chain'),
        ("OR crane", "section:economy crane"),
        ("after:soon | crane OR ship", "section:economy crane OR ship"),
        ("", "section:economy"),
    ],
)
def test_a_filter_stands_before_the_rest(text: str, after: str) -> None:
    assert narrowed(text, "section:economy", SEOUL) == after


def test_a_filter_leaves_no_trace_when_it_is_taken_out() -> None:
    text = 'crane "idle port" -china'

    assert widened(narrowed(text, "section:economy", SEOUL), [ECONOMY], SEOUL) == text


@given(st.sampled_from(TopicKind), prose | st.text(max_size=20))
def test_a_topic_is_written_so_that_it_is_read_as_itself(kind: TopicKind, name: str) -> None:
    topic = author(name) if kind is TopicKind.AUTHOR else section(name)

    part = topic_part(topic)

    if part is not None:
        ((read,),) = parse_query(part, UTC).groups
        assert read == Literal(Carries(topic.kind, topic.key))


@pytest.mark.parametrize(
    ("topic", "part"),
    [
        (author("Chad O'Carroll"), 'author:"Chad O\'Carroll"'),
        (author("Ada"), 'author:"Ada"'),
        (author("김 여정"), 'author:"김 여정"'),
        (author("Mad “Dog” Byrne"), "author:mad-dog-byrne"),  # quotation marks cannot be quoted
        (author("A. " * 40 + "Byrne"), f"author:{'a-' * 40}byrne"),
        (author("Ad\u202ea"), "author:ad-a"),  # turns the direction of what follows
        (section("Foreign Relations"), "section:foreign-relations"),
        (section("Trade", key="t r"), None),  # a key that no text has
        (section("!!!"), None),
    ],
)
def test_an_author_is_written_by_name_and_a_section_by_key(topic: Topic, part: str | None) -> None:
    assert topic_part(topic) == part


@pytest.mark.parametrize(
    ("now", "part", "since"),
    [
        # still the day before in UTC
        (datetime(2026, 3, 4, 20, tzinfo=UTC), "after:2026-02-03", datetime(2026, 2, 4)),  # noqa: DTZ001 - a day of the zone
        (datetime(2026, 3, 4, 2, tzinfo=UTC), "after:2026-02-02", datetime(2026, 2, 3)),  # noqa: DTZ001 - a day of the zone
    ],
)
def test_the_last_30_days_are_days_of_the_sites_zone(
    now: datetime, part: str, since: datetime
) -> None:
    recent = From(since.replace(tzinfo=SEOUL))

    assert recent_part(now, SEOUL) == (part, recent)
    assert filters_of(part, SEOUL) == [recent]
