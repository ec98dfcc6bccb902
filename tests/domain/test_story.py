import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fingerprint import Fingerprint, fingerprint
from bot.domain.likeness import RULES, Archive, likeness
from bot.domain.story import (
    LEAST_SCORE,
    STORY_WINDOW,
    Archive,
    Candidate,
    Fingerprint,
    fingerprint,
    likeness,
    same_story,
)
from bot.domain.words import stems

STORIES: dict[str, list[Any]] = tomllib.loads(
    (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8")
)
#: The demo's invented news, of which no two articles tell the same story.
WIRE: dict[str, list[Any]] = tomllib.loads(
    (files("bot.demo.newsroom") / "wire.toml").read_text(encoding="utf-8")
)
UNRELATED = [
    (article[0], article[1], [section]) for section, told in WIRE.items() for article in told
]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
UNKNOWN = Archive(frequency=lambda _: 0, total=0)


def archive_of(texts: list[tuple[str, str]]) -> Archive:
    counts = Counter(term for headline, dek in texts for term in set(stems(f"{headline} {dek}")))
    return Archive(frequency=lambda term: counts[term], total=len(texts))


def told_by(articles: list[Any]) -> list[Fingerprint]:
    return [fingerprint(*article) for article in articles]


ARCHIVE = archive_of(
    [(article[0], article[1]) for told in STORIES.values() for article in told]
    + [(headline, dek) for headline, dek, _ in UNRELATED]
)
FOLLOWED = sorted(name for name, told in STORIES.items() if len(told) > 1)


@pytest.mark.parametrize("story", FOLLOWED)
def test_every_later_article_goes_on_with_its_story(story: str) -> None:
    """All first articles of the other stories went to the chat on the same day."""
    others = [
        Candidate(article_id=1_000 + number, fingerprint=fingerprint(*told[0]), at=NOW)
        for number, (name, told) in enumerate(STORIES.items())
        if name != story
    ]
    own = [
        Candidate(article_id=number, fingerprint=each, at=NOW + timedelta(days=number))
        for number, each in enumerate(told_by(STORIES[story]))
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

                assert not found.is_same_story, found


def test_no_two_articles_of_the_demo_tell_the_same_story() -> None:
    for one, other in combinations(told_by(UNRELATED), 2):
        found = likeness(one, other, ARCHIVE)

        assert not found.is_same_story, found


def test_the_words_that_decided_are_told_the_weightiest_first() -> None:
    first, second = told_by(STORIES["satellite"])
    found = likeness(first, second, ARCHIVE)

    assert found.shared_terms[:2] == ("pukgang", "pier")
    assert set(found.shared_terms) == first.terms & second.terms


def candidate(number: int, headline: str, *, days: float = 0) -> Candidate:
    return Candidate(
        article_id=number, fingerprint=fingerprint(headline, ""), at=NOW - timedelta(days=days)
    )


HEADLINE = "Dredger sinks near Unpo lighthouse"


def test_a_story_ends_after_some_days() -> None:
    new = fingerprint(HEADLINE, "")
    days = STORY_WINDOW / timedelta(days=1)

    assert same_story(new, NOW, [candidate(1, HEADLINE, days=days)], UNKNOWN)
    assert not same_story(new, NOW, [candidate(1, HEADLINE, days=days + 0.01)], UNKNOWN)


def test_the_most_alike_is_answered_and_of_equals_the_latest() -> None:
    earlier = [
        candidate(1, "Dredger sinks near Unpo"),
        candidate(2, HEADLINE, days=2),
        candidate(3, HEADLINE, days=1),
        candidate(4, HEADLINE, days=1),
    ]
    for order in (earlier, list(reversed(earlier))):
        found = same_story(fingerprint(HEADLINE, ""), NOW, order, UNKNOWN)

        assert found is not None
        assert found.candidate.article_id == 4


def test_a_name_alone_is_not_a_story() -> None:
    one = fingerprint("Minister Cho Un-bi Han opens dam", "")
    other = fingerprint("Singer meets Cho Un-bi Han", "")
    found = likeness(one, other, UNKNOWN)

    assert set(found.shared_terms) == {"cho", "un", "bi", "han"}
    assert found.evidence < 3
    assert not found.is_same_story


def test_other_sections_make_articles_less_alike() -> None:
    one = fingerprint(HEADLINE, "", ["economy"])

    assert likeness(one, fingerprint(HEADLINE, "", ["economy", "society"]), UNKNOWN).score == (
        pytest.approx(1)
    )
    assert likeness(one, fingerprint(HEADLINE, "", ["society"]), UNKNOWN).score < 1
    assert likeness(one, fingerprint(HEADLINE, ""), UNKNOWN).score == pytest.approx(1)


def test_common_terms_say_less_than_rare_ones() -> None:
    archive = Archive(frequency=lambda term: 900 if term == "missil" else 2, total=1_000)
    common = likeness(fingerprint("missile dam", ""), fingerprint("missile pier", ""), archive)
    rare = likeness(fingerprint("dredger dam", ""), fingerprint("dredger pier", ""), archive)

    assert common.score < LEAST_SCORE < rare.score
    assert (common.evidence, rare.evidence) == (0, 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Envoy meets Ryu Han in Unpo", [{"ryu", "han"}, {"unpo"}]),
        ("Ryu Han meets envoy", [{"ryu", "han"}]),
        ("UNICEF sends doses", [{"unicef"}]),
        ("Doses sent. Nurses wait for more", []),
        ("Every Word Has Its Capital Here", []),  # capitals say nothing
        ("‘Neither thaw nor freeze’", []),
        ("", []),
    ],
)
def test_names_are_words_with_capitals_inside_sentences(text: str, names: list[set[str]]) -> None:
    assert [set(name) for name in fingerprint(text, "").names] == names


def test_numbers_and_words_of_any_news_are_no_terms() -> None:
    assert fingerprint("Official says 212 were aboard in 2026", "").terms == {"aboard"}


TEXTS = st.lists(
    st.sampled_from(["Unpo", "dredger", "sinks", "Ryu Han", "pier.", "dam", "to", "7", "‘ice’"]),
    max_size=8,
).map(" ".join)
PRINTS = st.builds(fingerprint, TEXTS, TEXTS, st.sets(st.sampled_from(["economy", "society"])))


@given(PRINTS, PRINTS)
def test_likeness_is_the_same_whichever_comes_first(one: Fingerprint, other: Fingerprint) -> None:
    found = likeness(one, other, ARCHIVE)

    assert found == likeness(other, one, ARCHIVE)
    assert 0 <= found.score <= 1
    assert (found.score > 0) == bool(found.shared_terms)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_like_itself_or_has_no_terms(headline: str, dek: str) -> None:
    one = fingerprint(headline, dek)

    assert likeness(one, one, UNKNOWN).score == pytest.approx(1) or not one.terms
