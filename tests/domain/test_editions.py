from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.editions import Editions, editions, next_edition
from bot.domain.editions_parser import parse_editions, stored_editions
from bot.domain.parse_fault import ParseFault

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
ENTRIES = st.tuples(DAYS, st.lists(TIMES, min_size=1, max_size=5))
EDITIONS = st.lists(ENTRIES, min_size=1, max_size=3).map(editions)
MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def found(text: str) -> Editions:
    read = stored_editions(text)
    assert read is not None
    return read


def following(text: str, after: str, count: int = 1) -> list[str]:
    moment = datetime.fromisoformat(after).replace(tzinfo=BERLIN)
    told = []
    for _ in range(count):
        moment = next_edition(found(text), moment, BERLIN)
        told.append(moment.astimezone(BERLIN).strftime("%a %d %H:%M"))
    return told


@pytest.mark.parametrize(
    ("text", "after", "told"),
    [
        ("weekdays 08:00 18:00", "2026-03-06 12:00", ["Fri 06 18:00", "Mon 09 08:00"]),
        ("weekdays 08:00 18:00", "2026-03-06 08:00", ["Fri 06 18:00", "Mon 09 08:00"]),
        ("mon 09:00", "2026-03-02 09:00", ["Mon 09 09:00", "Mon 16 09:00"]),
        ("daily 02:30", "2026-03-28 12:00", ["Sun 29 03:00", "Mon 30 02:30"]),  # a gap
        ("daily 02:30", "2026-10-24 12:00", ["Sun 25 02:30", "Mon 26 02:30"]),  # a fold: once
        ("hourly", "2026-03-29 00:30", ["Sun 29 01:00", "Sun 29 03:00"]),
        ("daily 02:10 02:50 03:00", "2026-03-29 00:00", ["Sun 29 03:00", "Mon 30 02:10"]),
    ],
)
def test_the_next_edition_is_the_first_after_the_moment(
    text: str, after: str, told: list[str]
) -> None:
    assert following(text, after, 2) == told


@given(EDITIONS, MOMENTS, ZONES)
def test_consecutive_editions_increase_and_miss_none(
    timetable: Editions, after: datetime, zone: ZoneInfo
) -> None:
    """Whatever moment lies between two editions has the later one as its next."""
    first = next_edition(timetable, after, zone)
    second = next_edition(timetable, first, zone)

    assert after < first < second
    assert next_edition(timetable, first + (second - first) / 2, zone) == second
    assert next_edition(timetable, second - timedelta(microseconds=1), zone) == second


@given(
    DAYS,
    st.sampled_from([(8,), (8, 18), (3, 7, 12), (0, 6, 20)]),
    st.integers(1975, 2090),
    st.integers(1, 12),
    ZONES,
)
def test_every_local_day_gets_exactly_its_editions(
    days: frozenset[int], hours: tuple[int, ...], year: int, month: int, zone: ZoneInfo
) -> None:
    """A month of editions, counted by the local day on which they come."""
    assume((year, month) not in {(2011, 12), (1993, 8), (1994, 12), (1995, 1)})  # skipped days
    timetable = editions([(days, [time(hour) for hour in hours])])
    start = datetime(year, month, 1, tzinfo=zone)
    end = start + timedelta(days=28)
    counts: dict[int, int] = {}
    moment = next_edition(timetable, start - timedelta(microseconds=1), zone)
    while moment < end.astimezone(UTC):
        counts[moment.astimezone(zone).day] = counts.get(moment.astimezone(zone).day, 0) + 1
        moment = next_edition(timetable, moment, zone)

    calendar = [start + timedelta(days=step) for step in range(28)]
    assert counts == {day.day: len(hours) for day in calendar if day.weekday() in days}


def test_a_skipped_day_has_no_edition() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    friday = next_edition(found("fri 08:00"), datetime(2011, 12, 26, tzinfo=samoa), samoa)

    assert friday.astimezone(samoa).strftime("%Y-%m-%d %H:%M") == "2012-01-06 08:00"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("weekdays 08:00 18:00", "weekdays 08:00 18:00"),
        ("18:00, 8am weekdays", "weekdays 08:00 18:00"),
        ("mon 09:00", "mon 09:00"),
        ("mon, 9", "mon 09:00"),
        ("hourly", "hourly"),
        ("every hour", "hourly"),
        ("weekdays hourly", "weekdays hourly"),
        ("daily 7am", "daily 07:00"),
        ("7", "daily 07:00"),
        ("mon, wed and fri at 9", "mon,wed,fri 09:00"),
        ("weekdays 8, weekends 10", "weekdays 08:00; weekends 10:00"),
        ("8 weekdays, 10 weekends", "weekdays 08:00; weekends 10:00"),
        ("weekdays 8\nsat noon; sun 20.30", "weekdays 08:00; sat 12:00; sun 20:30"),
        ("mon 8; mon 8; mon 9", "mon 08:00 09:00"),
        ("weekdays 8; weekends 8", "daily 08:00"),
    ],
)
def test_editions_are_read_leniently_and_written_canonically(typed: str, canonical: str) -> None:
    assert str(parse_editions(typed)) == canonical


@pytest.mark.parametrize("typed", ["off", "Instant", "none"])
def test_off_is_no_editions(typed: str) -> None:
    assert parse_editions(typed) is None


@pytest.mark.parametrize(
    ("typed", "key", "part"),
    [
        ("", "empty", ""),
        ("weekdays", "time-missing", "weekdays"),
        ("weekdays 8; sat", "time-missing", "sat"),
        ("mon 8-18", "not-understood", "8-18"),
        ("mon 8 tue", "not-understood", "tue"),
        ("mon 25", "no-such-time", "25"),
        ("manchmal 8", "not-understood", "manchmal"),
        (" ".join(f"8:{minute}" for minute in range(10, 40)), "too-many", None),
    ],
)
def test_a_fault_names_the_part_as_typed(typed: str, key: str, part: str | None) -> None:
    read = parse_editions(typed)

    assert isinstance(read, ParseFault)
    assert read.key == key
    assert part is None or read.part == part


@given(EDITIONS)
def test_the_canonical_text_reads_back_the_same(timetable: Editions) -> None:
    assert stored_editions(str(timetable)) == timetable


def test_editions_without_a_time_are_refused() -> None:
    with pytest.raises(ValueError, match="a day and a time"):
        editions([(frozenset({0}), [])])
    with pytest.raises(ValueError, match="no editions"):
        stored_editions("weekdays")
    assert stored_editions("") is None
