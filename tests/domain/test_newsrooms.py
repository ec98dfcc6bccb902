"""The rules of stories against labelled news, of which half was never tuned on.

The newsrooms and their split: `tests/aids/newsrooms.py`. All figures: `benchmarks/stories.py`.
"""

from functools import cache
from itertools import combinations

import pytest

from bot.domain.fingerprint import fingerprint
from bot.domain.likeness import likeness
from tests.aids.newsrooms import Told, crowded, held_out, tuning
from tests.aids.seed import seed_articles
from tests.aids.threads import GROWN, Placing, archive_of, muted, placings, tally

MONTHS = {"tuning": tuning(), "held out": held_out()}
AGES = {"young": 1, "grown": GROWN}

months = pytest.mark.parametrize("month", list(MONTHS))
ages = pytest.mark.parametrize("age", list(AGES))
paces = pytest.mark.parametrize("pace", ["as it was", "crowded"])


@cache
def placed(month: str, age: str, pace: str) -> tuple[Placing, ...]:
    told = MONTHS[month]
    archive = archive_of(told, AGES[age])
    return tuple(placings(crowded(told) if pace == "crowded" else told, archive))


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
@paces
def test_no_mute_holds_back_an_article_of_another_story(month: str, age: str, pace: str) -> None:
    held_back = muted(placed(month, age, pace), archive_of(MONTHS[month], AGES[age]))

    assert [pair for pair in held_back if pair[0].story != pair[1].story] == []
    assert len(held_back) > 20


@months
@ages
def test_what_is_joined_to_a_story_belongs_to_it(month: str, age: str) -> None:
    """In the month for tuning without exception; else one in twenty may be wrong."""
    assert tally(placed(month, age, "as it was")).precision >= (1 if month == "tuning" else 0.95)


@months
@ages
def test_nine_in_ten_belong_even_where_a_month_happens_within_days(month: str, age: str) -> None:
    assert tally(placed(month, age, "crowded")).precision >= 0.9


@months
@ages
@paces
def test_most_of_what_goes_on_with_a_story_is_joined_to_it(month: str, age: str, pace: str) -> None:
    assert tally(placed(month, age, pace)).recall >= 0.6


@pytest.mark.parametrize("name", ["weekly-series", "regular-features"])
@ages
def test_the_parts_of_a_series_do_not_go_on_with_one_another(name: str, age: str) -> None:
    told = [one for one in scene(name) if one.story == one.headline]
    archive = archive_of(scene(name), AGES[age])
    for one, other in combinations(told, 2):
        found = likeness(one.fingerprint, other.fingerprint, archive)

        assert not found.is_story(), (one.headline, other.headline, found)


def test_the_articles_of_a_real_page_are_ten_stories() -> None:
    told = [fingerprint(one.headline, one.dek, ["foreign-relations"]) for one in seed_articles()]
    archive = archive_of([*MONTHS["tuning"], *MONTHS["held out"]])
    for one, other in combinations(told, 2):
        found = likeness(one, other, archive)

        assert not found.is_story(), found
