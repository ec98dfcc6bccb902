"""The rules of stories against labelled news that they were not tuned on.

The newsrooms and their split: `tests/aids/newsrooms.py`; all figures: `python -m benchmarks stories`.
"""

from itertools import combinations

import pytest

from bot.domain.fingerprint import fingerprint
from bot.domain.likeness import RULES, likeness
from bot.domain.story import is_sure
from tests.aids.newsrooms import Told, held_out, tuning
from tests.aids.seed import seed_articles
from tests.aids.threads import GROWN, archive_of, placings, swallowed, tally

MONTHS = {"tuning": tuning(), "held out": held_out()}
AGES = {"young": 1, "grown": GROWN}

months = pytest.mark.parametrize("month", MONTHS.values(), ids=list(MONTHS))
ages = pytest.mark.parametrize("growth", AGES.values(), ids=list(AGES))


def scene(name: str) -> list[Told]:
    return [one for month in MONTHS.values() for one in month if one.scene == name]


def test_the_two_newsrooms_have_enough_news_and_share_no_scene() -> None:
    for month in MONTHS.values():
        stories = [one.story for one in month]
        followed = {story for story in stories if stories.count(story) > 1}
        assert len(followed) >= 30
        assert len(set(stories) - followed) >= 75
    scenes = [{one.scene for one in month} for month in MONTHS.values()]
    assert not scenes[0] & scenes[1]


@months
@ages
def test_no_mute_holds_back_an_article_of_another_story(
    month: tuple[Told, ...], growth: int
) -> None:
    archive = archive_of(month, growth)

    assert swallowed(placings(month, archive), archive) == []


@months
@ages
def test_no_two_stories_are_so_alike_that_a_mute_would_join_them(
    month: tuple[Told, ...], growth: int
) -> None:
    archive = archive_of(month, growth)
    for one, other in combinations(month, 2):
        if one.story != other.story:
            found = likeness(one.fingerprint, other.fingerprint, archive)

            assert not is_sure(found), (one.headline, other.headline, found)


@months
@ages
def test_what_is_joined_to_a_story_belongs_to_it(month: tuple[Told, ...], growth: int) -> None:
    """In the month for tuning without exception; else one in twenty may be wrong."""
    found = tally(placings(month, archive_of(month, growth)))

    assert found.precision >= (1 if month is MONTHS["tuning"] else 0.95)


@months
@ages
def test_most_of_what_goes_on_with_a_story_is_joined_to_it(
    month: tuple[Told, ...], growth: int
) -> None:
    assert tally(placings(month, archive_of(month, growth))).recall >= 0.55


@pytest.mark.parametrize("name", ["weekly-series", "regular-features"])
@ages
def test_the_parts_of_a_series_do_not_go_on_with_one_another(name: str, growth: int) -> None:
    told = [one for one in scene(name) if one.story == one.headline]
    archive = archive_of(scene(name), growth)
    for one, other in combinations(told, 2):
        found = likeness(one.fingerprint, other.fingerprint, archive)

        assert found.score < RULES.least_score or found.evidence < RULES.least_terms, (
            one.headline,
            other.headline,
            found,
        )


def test_the_articles_of_a_real_page_are_ten_stories() -> None:
    told = [fingerprint(one.headline, one.dek, ["foreign-relations"]) for one in seed_articles()]
    archive = archive_of([*MONTHS["tuning"], *MONTHS["held out"]])
    for one, other in combinations(told, 2):
        found = likeness(one, other, archive)

        assert found.score < RULES.least_score or found.evidence < RULES.least_terms, found
