"""How far back an archive tells of everything."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reach import Stretch, reach, stretches_back

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
LONGEST = timedelta(days=90)


def steady(first: float, last: float, step: float = 0.5) -> list[float]:
    """Return the ages, in days, of articles that came at a steady pace."""
    return [first + step * number for number in range(round((last - first) / step) + 1)]


def reached(ages: Sequence[float], longest: timedelta = LONGEST) -> float:
    """Return how many days back an archive with articles of these ages is whole."""
    told = [NOW - timedelta(days=age) for age in ages]
    stretches = []
    for beginning, end in stretches_back(NOW, longest):
        within = [moment for moment in told if beginning < moment <= end]
        stretches.append(Stretch(articles=len(within), first=min(within, default=None)))
    return reach(stretches, NOW, longest) / timedelta(days=1)


@pytest.mark.parametrize(
    ("ages", "days"),
    [
        pytest.param([], 1, id="nothing at all"),
        pytest.param([0.04], 1, id="one article, an hour old"),
        pytest.param(steady(0, 400), 90, id="years of articles"),
        pytest.param(steady(0, 12), 12, id="what the feeds showed at the beginning"),
        pytest.param([*steady(0, 12), 60], 12, id="with a stray article of last season"),
        pytest.param([*steady(0, 70, 0.05), 100], 70.1, id="months, and a stray article behind"),
        pytest.param([*steady(0, 12), 2_400], 12, id="with a stray article of years ago"),
        pytest.param([*steady(0, 3), 10], 3, id="with a stray article of last week"),
        pytest.param([*steady(0, 0.9, 0.1), 20], 1, id="a day, and a stray article"),
        pytest.param([*steady(0, 12), *steady(14, 90, 5)], 12, id="with a rare section of months"),
        pytest.param(steady(0, 400, 7), 90, id="a site that publishes weekly"),
        pytest.param([5, 35, 65, 95], 90, id="a site that publishes monthly"),
        pytest.param([*steady(0, 8), *steady(13, 400)], 90, id="holidays"),
        pytest.param(steady(10, 400), 90, id="holidays since ten days"),
        pytest.param([*steady(0, 2), *steady(32, 400)], 2, id="back after a month's outage"),
    ],
)
def test_estimates_reach_back_as_far_as_the_archive_is_whole(
    ages: list[float], days: float
) -> None:
    assert reached(ages) == pytest.approx(days)


def test_never_more_is_told_than_was_asked_for() -> None:
    assert reached(steady(0, 400), timedelta(days=30)) == 30


@given(
    st.integers(8, 80),
    st.sampled_from((0.05, 0.25, 0.5)),
    st.lists(st.floats(100, 9_000), max_size=3),
)
def test_an_archive_of_some_days_is_reached_most_of_the_way_and_hardly_further(
    whole: int, step: float, strays: list[float]
) -> None:
    days = reached([*steady(0, whole, step), *strays])

    # Three strays stand for a day and a half at the slowest of these paces.
    assert whole / 1.5 <= days <= whole + 2


@given(st.lists(st.floats(0, 400)), st.integers(1, 120))
def test_whatever_the_archive_holds_something_sensible_is_told(
    ages: list[float], longest: int
) -> None:
    assert 1 <= reached(ages, timedelta(days=longest)) <= longest
