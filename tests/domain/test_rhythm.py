from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rhythm import LEAST_ARTICLES, Rhythm, learn

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
#: A Monday, noon in Seoul.
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def weekly(*hours: int, weeks: int = 10, minute: int = 20, each: int = 3) -> list[datetime]:
    """Return what a site in Seoul publishes at these hours of every Tuesday."""
    tuesday = datetime(2026, 2, 24, tzinfo=SEOUL)
    return [
        (tuesday - timedelta(weeks=week)).replace(hour=hour, minute=minute, second=second)
        for week in range(weeks)
        for hour in hours
        for second in range(each)
    ]


def learned(moments: Sequence[datetime], now: datetime = NOW) -> Rhythm:
    rhythm = learn(moments, SEOUL, now)
    assert rhythm is not None
    return rhythm


def hour(day: int, clock: int) -> int:
    return day * 24 + clock


def test_news_is_likeliest_in_the_hour_of_the_week_that_brought_it() -> None:
    rhythm = learned(weekly(9, 15))

    best = sorted(range(168), key=rhythm.hours.__getitem__)[-2:]
    assert sorted(best) == [hour(1, 9), hour(1, 15)]
    assert rhythm.articles == 60
    assert rhythm.weeks == 10


def test_an_hour_that_brought_nothing_has_something_of_its_day_and_that_of_its_week() -> None:
    """On Wednesday at nine more is to be expected than at ten, and there than on Sunday."""
    rhythm = learned(weekly(9, 15))

    assert rhythm.hours[hour(2, 9)] > rhythm.hours[hour(6, 9)]
    assert rhythm.hours[hour(2, 9)] > rhythm.hours[hour(2, 10)] > 0


def test_chance_alone_makes_no_rhythm() -> None:
    """Of news at any time hardly anything is believed: no hour gets twice what another has."""
    chance = Random(1)  # noqa: S311 - invented news is no secret
    moments = [NOW - timedelta(weeks=26 * chance.random()) for _ in range(2000)]

    rhythm = learned(moments)

    assert max(rhythm.hours) < 2 * min(rhythm.hours)
    assert max(rhythm.parts) < 1.5 * min(rhythm.parts)


def test_a_newsroom_that_changes_its_hours_is_followed() -> None:
    """Eight weeks of the new hours weigh as much as sixteen of the old ones, nine weigh more."""
    before = [at - timedelta(weeks=9) for at in weekly(9, weeks=16)]

    rhythm = learned(before + weekly(15, weeks=9))

    assert rhythm.hours[hour(1, 15)] > rhythm.hours[hour(1, 9)]


def test_the_minutes_that_an_editor_schedules_for_are_learned() -> None:
    rhythm = learned(weekly(9, 10, 15, 16, minute=30))

    assert max(rhythm.parts) == rhythm.parts[10]
    assert sum(rhythm.parts) / len(rhythm.parts) == pytest.approx(1)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        weekly(9)[: LEAST_ARTICLES - 1],
        weekly(9, weeks=2, each=40),  # two weeks are no habit
        [NOW + timedelta(hours=number) for number in range(100)],  # not yet
        [NOW - timedelta(weeks=27, hours=number) for number in range(100)],  # too long ago
    ],
    ids=["nothing", "too few", "too short", "future", "too old"],
)
def test_too_little_is_no_rhythm(moments: list[datetime]) -> None:
    assert learn(moments, SEOUL, NOW) is None


def test_dates_without_a_time_are_no_midnight_news() -> None:
    """Neither as the site's midnight nor as that of UTC, which a feed may write instead."""
    in_seoul = [
        datetime(2026, 2, 24, tzinfo=SEOUL) - timedelta(days=number) for number in range(90)
    ]
    in_utc = [datetime(2026, 2, 24, tzinfo=UTC) - timedelta(days=number) for number in range(90)]

    assert learn(in_seoul, SEOUL, NOW) is None
    assert learn(in_utc, SEOUL, NOW) is None
    assert learned(weekly(15, each=6) + in_seoul) == learned(weekly(15, each=6))


def test_nine_in_seoul_is_no_date_though_it_is_midnight_in_utc() -> None:
    nine = [at.replace(minute=0, second=0) for at in weekly(9)]

    rhythm = learned(nine + weekly(15))

    assert rhythm.hours[hour(1, 9)] == pytest.approx(rhythm.hours[hour(1, 15)])


def test_an_hour_is_that_of_the_sites_clocks_in_summer_and_in_winter() -> None:
    """A site that publishes at nine does so before and after the change of the clocks."""
    begin = datetime(2026, 2, 9, 9, 5, tzinfo=NEW_YORK)
    moments = [
        begin + timedelta(weeks=week, seconds=second) for week in range(8) for second in range(10)
    ]

    rhythm = learn(moments, NEW_YORK, datetime(2026, 4, 6, tzinfo=UTC))

    assert rhythm is not None
    assert max(rhythm.hours) == rhythm.hours[hour(0, 9)]


histories = st.lists(
    st.integers(0, 26 * 7 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    min_size=80,
    max_size=300,
)


@given(histories, st.randoms(use_true_random=False))
def test_a_rhythm_depends_on_what_came_out_when_and_on_nothing_else(
    moments: list[datetime], chance: Random
) -> None:
    """All rates are above zero, and no order of the same articles makes another rhythm."""
    shuffled = list(moments)
    chance.shuffle(shuffled)

    rhythm, again = learn(moments, SEOUL, NOW), learn(shuffled, SEOUL, NOW)

    assert (rhythm is None) is (again is None)
    if rhythm is not None and again is not None:
        assert min(rhythm.hours) > 0
        assert min(rhythm.parts) > 0
        assert rhythm.hours == pytest.approx(again.hours)
        assert rhythm.parts == pytest.approx(again.parts)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        learn([], SEOUL, datetime(2026, 3, 2))  # noqa: DTZ001 - the point
