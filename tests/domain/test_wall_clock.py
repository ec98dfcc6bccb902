from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.wall_clock import day_exists, first_moment, last_moment, local_day

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
DAYS = st.dates(date(1975, 1, 1), date(2090, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
BERLIN = ZoneInfo("Europe/Berlin")
SAMOA = ZoneInfo("Pacific/Apia")
NUUK = ZoneInfo("America/Nuuk")


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@given(DAYS, TIMES, ZONES)
@example(date(2026, 3, 29), time(2, 30), BERLIN)  # a gap
@example(date(2026, 10, 25), time(2, 30), BERLIN)  # a fold
@example(date(2011, 12, 30), time(8), SAMOA)  # a skipped day
@example(date(2024, 3, 30), time(23, 30), NUUK)  # a gap before midnight
@example(date(2026, 4, 5), time(1, 45), ZoneInfo("Australia/Lord_Howe"))  # half an hour's fold
def test_before_the_first_moment_no_clock_has_shown_the_time_and_after_it_one_has(
    day: date, clock: time, zone: ZoneInfo
) -> None:
    wanted = datetime.combine(day, clock)
    moment = first_moment(day, clock, zone)

    assert shown(moment, zone) >= wanted
    assert all(
        shown(moment - timedelta(seconds=1, minutes=minutes), zone) < wanted
        for minutes in range(0, 26 * 60, 15)
    )


@given(DAYS, TIMES, ZONES)
@example(date(2026, 10, 25), time(2, 30), BERLIN)
@example(date(2026, 3, 29), time(2, 30), BERLIN)
@example(date(2011, 12, 30), time(8), SAMOA)
def test_from_the_last_moment_on_clocks_show_that_time_or_later_ones_only(
    day: date, clock: time, zone: ZoneInfo
) -> None:
    wanted = datetime.combine(day, clock)
    moment = last_moment(day, clock, zone)

    assert shown(moment - timedelta(seconds=1), zone) < wanted
    assert all(
        shown(moment + timedelta(minutes=minutes), zone) >= wanted
        for minutes in range(0, 26 * 60, 15)
    )


def test_a_gap_ends_at_its_first_moment() -> None:
    assert first_moment(date(2026, 3, 29), time(2, 30), BERLIN) == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )


def test_a_fold_has_a_first_and_a_last_moment() -> None:
    night, clock = date(2026, 10, 25), time(2, 30)

    assert first_moment(night, clock, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert last_moment(night, clock, BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_samoa_had_no_30th_of_december_2011() -> None:
    days = [date(2011, 12, 29) + timedelta(days=step) for step in range(3)]

    assert [day_exists(day, SAMOA) for day in days] == [True, False, True]


def test_a_naive_moment_has_no_local_day() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        local_day(datetime(2026, 1, 1), BERLIN)  # noqa: DTZ001 - that is the point
