from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parse_fault import FaultKey, ParseFault
from bot.domain.pausing import LONGEST_PAUSE, Indefinitely, parse_pause

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 12, tzinfo=BERLIN)  # a Wednesday
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("90m", "Wed 2026-03-04 13:30"),
        ("1h30m", "Wed 2026-03-04 13:30"),
        ("an hour and 5 minutes", "Wed 2026-03-04 13:05"),
        ("3d", "Sat 2026-03-07 12:00"),
        ("2 Days", "Fri 2026-03-06 12:00"),
        ("for 2 weeks", "Wed 2026-03-18 12:00"),
        ("4w", "Wed 2026-04-01 12:00"),  # the same time of day, over the change to summer time
        ("1 month", "Fri 2026-04-03 12:00"),
        ("until monday", "Mon 2026-03-09 08:00"),
        ("next mon", "Mon 2026-03-09 08:00"),
        ("until wednesday", "Wed 2026-03-11 08:00"),  # never today
        ("until friday 18:00", "Fri 2026-03-06 18:00"),
        ("18:00 on friday", "Fri 2026-03-06 18:00"),
        ("until 18:00", "Wed 2026-03-04 18:00"),
        ("until 11:00", "Thu 2026-03-05 11:00"),  # today's is over
        ("until 5", "Thu 2026-03-05 05:00"),
        ("until noon", "Thu 2026-03-05 12:00"),
        ("tonight at 8pm", "Wed 2026-03-04 20:00"),
        ("until tomorrow", "Thu 2026-03-05 08:00"),
        ("tomorrow 6:30pm", "Thu 2026-03-05 18:30"),
        ("until 2026-12-01", "Tue 2026-12-01 08:00"),
        ("2026-12-01 14:00", "Tue 2026-12-01 14:00"),
        ("until the 1st of December", "Tue 2026-12-01 08:00"),
        ("Dec 1, 2026", "Tue 2026-12-01 08:00"),
        ("1.12.2026", "Tue 2026-12-01 08:00"),
        ("until 1.2.", "Mon 2027-02-01 08:00"),  # this year's is over
        ("until 2026-03-29 02:30", "Sun 2026-03-29 03:00"),  # in a gap
    ],
)
def test_a_pause_ends_when_the_reader_says(typed: str, end: str) -> None:
    found = parse_pause(typed, NOW, BERLIN)

    assert isinstance(found, datetime)
    assert found.astimezone(BERLIN).strftime("%a %Y-%m-%d %H:%M") == end


@pytest.mark.parametrize("typed", ["", "  ", "forever", "Indefinitely"])
def test_nothing_typed_is_a_pause_without_an_end(typed: str) -> None:
    assert parse_pause(typed, NOW, BERLIN) == Indefinitely()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("until", "not-understood"),
        ("5", "not-understood"),  # hours, days or a time?
        ("until 2026", "not-understood"),  # a year, not 20:26
        ("a while", "not-understood"),
        ("3 dogs", "not-understood"),
        ("1.5d", "not-understood"),
        ("until 30 Feb", "not-understood"),
        ("until 1 brumaire", "not-understood"),
        ("monday monday", "not-understood"),
        ("一週間", "not-understood"),
        ("today", "time-missing"),
        ("0d", "no-length"),
        ("2026-03-01", "past"),
        ("today 11:59", "past"),
        ("0001-01-01", "past"),
        ("367d", "too-long"),
        ("99999999999999 weeks", "too-long"),
        ("until 2028-01-01", "too-long"),
        ("until 9999-12-31 23:00", "too-long"),
    ],
)
def test_a_fault_has_a_key_and_what_was_typed(typed: str, key: str) -> None:
    assert parse_pause(typed, NOW, BERLIN) == ParseFault(FaultKey(key), typed)


TIMES = ["until", "for", "tomorrow", "today", "monday", "18:00", "noon", "2026-12-01", "and"]
WORDS = st.sampled_from([*TIMES, "1", "30", "d", "days", "h", "month", "dec", "1.", "2."])
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=5).map(" ".join))


@given(TEXTS, MOMENTS, ZONES)
def test_whatever_is_typed_a_pause_ends_within_a_year_if_it_ends(
    typed: str, now: datetime, zone: ZoneInfo
) -> None:
    found = parse_pause(typed, now, zone)

    if isinstance(found, datetime):
        assert now < found <= now + LONGEST_PAUSE
    else:
        assert isinstance(found, Indefinitely | ParseFault)


@given(st.integers(1, 365), MOMENTS, ZONES)
def test_days_keep_the_time_of_day_but_for_skipped_ones(
    days: int, now: datetime, zone: ZoneInfo
) -> None:
    end = parse_pause(f"{days}d", now, zone)
    wanted = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)

    assert isinstance(end, datetime)
    shown = end.astimezone(zone).replace(tzinfo=None)
    assert shown == wanted or (shown > wanted and shown - wanted <= timedelta(days=1))
