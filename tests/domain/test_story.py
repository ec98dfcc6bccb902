import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fingerprint import Fingerprint, fingerprint
from bot.domain.likeness import Archive, likeness
from bot.domain.story import (
    STORY_WINDOW,
    Candidate,
    most_alike,
    same_story,
    strands,
    within_reach,
)
from bot.domain.words import stems
from tests.aids.threads import wire

STORIES: dict[str, list[Any]] = tomllib.loads(
    (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8")
)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
NEW = Archive(frequency=lambda _: 0, total=0)


def archive_of(texts: list[tuple[str, str]]) -> Archive:
    counts = Counter(term for headline, dek in texts for term in set(stems(f"{headline} {dek}")))
    return Archive(frequency=lambda term: counts[term], total=len(texts))


def told_by(articles: list[Any]) -> list[Fingerprint]:
    return [fingerprint(*article) for article in articles]


ARCHIVE = archive_of(
    [(article[0], article[1]) for told in STORIES.values() for article in told]
    + [(headline, dek) for _, headline, dek in wire()]
)
FOLLOWED = sorted(name for name, told in STORIES.items() if len(told) > 1)


@pytest.mark.parametrize("story", FOLLOWED)
def test_every_later_article_goes_on_with_its_story(story: str) -> None:
    """All first articles of the other stories went to the chat on the same day."""
    others = [
        Candidate(article_id=number, story_id=number, fingerprint=fingerprint(*told[0]), at=NOW)
        for number, (name, told) in enumerate(STORIES.items(), start=1_000)
        if name != story
    ]
    own = [
        Candidate(article_id=number, story_id=1, fingerprint=each, at=NOW + timedelta(days=number))
        for number, each in enumerate(told_by(STORIES[story]), start=1)
    ]
    for number, later in enumerate(own[1:], start=1):
        found = same_story(later.fingerprint, later.at, [*others, *own[:number]], ARCHIVE)

        assert found is not None
        assert found.candidate in own[:number]
        assert found.likeness.shared_terms


def test_articles_of_two_stories_are_told_apart() -> None:
    for (_, told), (_, others) in combinations(STORIES.items(), 2):
        for one in told_by(told):
            for other in told_by(others):
                found = likeness(one, other, ARCHIVE)

                assert not found.is_story(), found


def test_no_two_articles_of_the_demo_tell_the_same_story() -> None:
    told = [fingerprint(headline, dek, [section]) for section, headline, dek in wire()]
    for one, other in combinations(told, 2):
        found = likeness(one, other, ARCHIVE)

        assert not found.is_story(), found


def candidate(number: int, headline: str, *, story: int = 0, days: float = 0) -> Candidate:
    return Candidate(
        article_id=number,
        story_id=story or number,
        fingerprint=fingerprint(headline, ""),
        at=NOW - timedelta(days=days),
    )


HEADLINE = "Dredger sinks near Unpo lighthouse"


def test_a_story_ends_after_some_days() -> None:
    new = fingerprint(HEADLINE, "")
    days = STORY_WINDOW / timedelta(days=1)

    assert same_story(new, NOW, [candidate(1, HEADLINE, days=days)], NEW)
    assert not same_story(new, NOW, [candidate(1, HEADLINE, days=days + 0.01)], NEW)


def test_the_most_alike_is_answered_and_of_equals_the_latest() -> None:
    earlier = [
        candidate(1, "Dredger sinks near Unpo"),
        candidate(2, HEADLINE, days=2),
        candidate(3, HEADLINE, days=1),
        candidate(4, HEADLINE, days=1),
    ]
    for order in (earlier, list(reversed(earlier))):
        found = same_story(fingerprint(HEADLINE, ""), NOW, order, NEW)

        assert found is not None
        assert found.candidate.article_id == 4


def test_a_story_takes_nothing_that_only_one_of_its_articles_is_like() -> None:
    """A round-up got into the ferry's story; the dam is like the round-up, and like no ferry."""
    round_up = candidate(4, "Dredger sinks near Unpo, Ryongso dam leaks after tremor", story=1)
    ferry = [
        candidate(1, "Dredger sinks near Unpo lighthouse"),
        candidate(2, "Captain of sunken dredger blames Unpo lighthouse", story=1),
        candidate(3, "Unpo mourns crew of sunken dredger", story=1),
    ]
    dam = fingerprint("Tremor leaves leaks in Ryongso dam", "")

    assert same_story(dam, NOW, [round_up], NEW)
    assert same_story(dam, NOW, [*ferry, round_up], NEW) is None
    alone = candidate(5, "Ryongso dam leaks")
    found = same_story(dam, NOW, [*ferry, round_up, alone], NEW)
    assert found is not None
    assert found.candidate == alone


#: A story, what is surely of the same, and what is perhaps.
FIRST = "Dredger sinks near Unpo lighthouse, crew rescued by fishermen"
SURE = "Crew of dredger that sank near Unpo lighthouse thanks fishermen"
PERHAPS = "Rescue of crew near Unpo puts fishermen on stage"


def test_a_strand_holds_only_what_is_surely_of_one_story() -> None:
    story = [
        candidate(1, FIRST, story=1),
        candidate(2, SURE, story=1),
        candidate(3, PERHAPS, story=1),
        candidate(4, f"{PERHAPS} with a brass band from Unpo", story=1),
    ]
    perhaps = most_alike(story[2], story[:2], NEW)
    assert perhaps is not None
    assert perhaps.likeness.is_story()
    assert not perhaps.likeness.is_sure()

    assert strands(story, NEW) == {1: 1, 2: 1, 3: 3, 4: 3}
    assert strands([], NEW) == {}


def test_a_strand_ends_where_days_without_an_article_lie_between() -> None:
    assert strands([candidate(1, FIRST, days=6), candidate(2, FIRST, story=1)], NEW) == {1: 1, 2: 2}


ARTICLES = st.lists(
    st.builds(
        candidate,
        st.integers(1, 10_000),
        st.lists(st.sampled_from([*FIRST.split(), *PERHAPS.split()]), max_size=9).map(" ".join),
        story=st.integers(1, 3),
        days=st.floats(0, 9),
    ),
    max_size=6,
    unique_by=lambda one: one.article_id,
)


@given(ARTICLES, ARTICLES)
def test_what_is_out_of_reach_decides_nothing(new: list[Candidate], old: list[Candidate]) -> None:
    for one in new:
        near = within_reach(one.fingerprint, one.at, old, NEW)
        found = same_story(one.fingerprint, one.at, old, NEW)

        assert found == same_story(one.fingerprint, one.at, near, NEW)
        assert found is None or found.candidate in near


@given(ARTICLES)
def test_later_articles_change_no_strand(story: list[Candidate]) -> None:
    whole = strands(story, NEW)
    for place, article in enumerate(story):
        assert strands(story[: place + 1], NEW)[article.article_id] == whole[article.article_id]
    assert all(whole[strand] == strand for strand in whole.values())
