from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.quiet import (
    LONGEST_STRETCH,
    QuietHours,
    QuietSpan,
    fills_the_week,
    next_change,
    quiet_hours,
    quiet_until,
)
from bot.domain.quiet_parser import stored_quiet

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
SPANS = (
    st.tuples(DAYS, TIMES, TIMES)
    .filter(lambda parts: parts[1] != parts[2] or parts[1] == time())
    .map(lambda parts: QuietSpan(days=parts[0], start=parts[1], end=parts[2]))
)
QUIET = st.lists(SPANS, min_size=1, max_size=3).map(quiet_hours)
MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def quiet(text: str) -> QuietHours:
    found = stored_quiet(text)
    assert found is not None
    return found


def until(text: str, now: str, zone: ZoneInfo = BERLIN) -> str | None:
    moment = datetime.fromisoformat(now).replace(tzinfo=zone)
    end = quiet_until(quiet(text), moment, zone)
    return end.astimezone(zone).strftime("%Y-%m-%d %H:%M") if end else None


@pytest.mark.parametrize(
    ("text", "now", "end"),
    [
        ("22:00-07:00", "2026-03-04 23:00", "2026-03-05 07:00"),
        ("22:00-07:00", "2026-03-04 06:59", "2026-03-04 07:00"),
        ("22:00-07:00", "2026-03-04 22:00", "2026-03-05 07:00"),
        ("22:00-07:00", "2026-03-04 07:00", None),  # the end is no part of it
        ("22:00-07:00", "2026-03-04 12:00", None),
        ("weekends", "2026-03-07 09:00", "2026-03-09 00:00"),
        ("weekends", "2026-03-06 23:59", None),
        ("weekends; 22:00-07:00", "2026-03-06 23:00", "2026-03-09 07:00"),  # merged
        ("mon-fri 21:00-06:30", "2026-03-07 06:00", "2026-03-07 06:30"),  # begun on Friday
        ("mon-fri 21:00-06:30", "2026-03-07 22:00", None),
        ("12:00-13:00; 13:00-14:00", "2026-03-04 12:30", "2026-03-04 14:00"),  # they touch
        ("22:00-02:30", "2026-03-28 23:00", "2026-03-29 03:00"),  # the end is in the gap
        ("02:30-07:00", "2026-03-29 03:00", "2026-03-29 07:00"),  # the start is in the gap
        ("02:10-02:50", "2026-03-29 03:00", None),  # all of it is in the gap
    ],
)
def test_it_is_quiet_until_the_end_of_the_stretch(text: str, now: str, end: str | None) -> None:
    assert until(text, now) == end


def test_a_time_shown_twice_is_quiet_twice() -> None:
    """02:30 comes at 00:30 and at 01:30 UTC; the quiet hours end with the second one."""
    for minutes in (0, 30, 45, 60, 89):
        now = datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minutes)

        assert quiet_until(quiet("22:00-02:30"), now, BERLIN) == datetime(
            2026, 10, 25, 1, 30, tzinfo=UTC
        )


@given(QUIET, MOMENTS, ZONES)
def test_what_clocks_show_as_quiet_is_quiet(
    hours: QuietHours, now: datetime, zone: ZoneInfo
) -> None:
    local = now.astimezone(zone)
    today, clock = local.weekday(), local.time()
    yesterday = (today - 1) % 7
    expected = any(
        (span.start <= clock and (clock < span.end or span.ends_next_day) and today in span.days)
        or (clock < span.end and span.ends_next_day and yesterday in span.days)
        for span in hours.spans
    )
    changed = {(local + timedelta(days=step)).utcoffset() for step in (-2, -1, 0, 1)}
    assume(len(changed) == 1 or expected)
    assume(local.year not in {2011, 1993, 1994})  # skipped days

    assert (quiet_until(hours, now, zone) is not None) == expected


@given(QUIET, MOMENTS, ZONES)
@example(quiet("daily 00:00-23:59"), datetime(2026, 3, 29, tzinfo=UTC), BERLIN)
def test_a_stretch_ends_where_it_is_not_quiet_and_not_before(
    hours: QuietHours, now: datetime, zone: ZoneInfo
) -> None:
    end = quiet_until(hours, now, zone)
    assume(end is not None)
    assert end is not None

    assert now < end <= now + LONGEST_STRETCH
    if end < now + LONGEST_STRETCH:
        assert quiet_until(hours, end, zone) is None
        assert quiet_until(hours, now + (end - now) / 2, zone) == end


@given(QUIET, MOMENTS, ZONES)
def test_between_now_and_the_next_change_nothing_changes(
    hours: QuietHours, now: datetime, zone: ZoneInfo
) -> None:
    change = next_change(hours, now, zone)
    assert change is not None
    assert change > now

    is_quiet = quiet_until(hours, now, zone) is not None
    for part in (0.25, 0.5, 0.999):
        between = now + (change - now) * part
        assert (quiet_until(hours, between, zone) is not None) == is_quiet
    if change < now + LONGEST_STRETCH:
        assert (quiet_until(hours, change, zone) is not None) != is_quiet


def test_without_quiet_hours_it_is_never_quiet_and_nothing_changes(now: datetime) -> None:
    assert quiet_until(None, now, BERLIN) is None
    assert next_change(None, now, BERLIN) is None


@given(QUIET)
def test_the_canonical_text_reads_back_the_same(hours: QuietHours) -> None:
    assume(not fills_the_week(hours))

    assert stored_quiet(str(hours)) == hours


def test_equal_hours_are_equal_whatever_the_order() -> None:
    monday, night = frozenset({0}), (time(22), time(7))
    spans = [QuietSpan(days=frozenset({day}), start=night[0], end=night[1]) for day in (0, 1)]

    assert quiet_hours(spans) == quiet_hours(reversed(spans))
    assert str(quiet_hours(spans)) == "mon,tue 22:00-07:00"
    assert fills_the_week(
        quiet_hours([QuietSpan(days=frozenset(range(7)), start=time(), end=time())])
    )
    assert not fills_the_week(quiet_hours([QuietSpan(days=monday, start=time(1), end=time(0, 59))]))


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [(set(), time(1), time(2)), ({7}, time(1), time(2)), ({0}, time(1), time(1))],
)
def test_a_span_without_days_or_length_is_refused(days: set[int], start: time, end: time) -> None:
    with pytest.raises(ValueError, match=r"no weekdays|no length"):
        QuietSpan(days=frozenset(days), start=start, end=end)


def test_a_skipped_day_is_not_quiet_on_another() -> None:
    """Samoa skipped Friday, 30 December 2011."""
    samoa = ZoneInfo("Pacific/Apia")
    saturday = datetime.combine(date(2011, 12, 31), time(3), samoa)

    assert quiet_until(quiet("fri 02:00-04:00"), saturday, samoa) is None
