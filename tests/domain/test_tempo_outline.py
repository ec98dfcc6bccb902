from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.rhythm import HOURS, PARTS, Rhythm
from bot.domain.tempo import fixed, tempo_of
from bot.domain.tempo_outline import outline
from bot.domain.weekdays import WEEKEND, WORKING_DAYS

SEOUL = ZoneInfo("Asia/Seoul")
INTERVAL = timedelta(minutes=5)
FLAT = (1.0,) * PARTS


def rhythm(busy: dict[int, float], parts: tuple[float, ...] = FLAT) -> Rhythm:
    """Return one with these rates at hours of each working day, and little at all others."""
    hours = [
        busy.get(hour % 24, 0.1) if hour // 24 in WORKING_DAYS else 0.1 for hour in range(HOURS)
    ]
    return Rhythm(hours=tuple(hours), parts=parts, articles=100, weeks=5)


def test_the_busy_stretch_reaches_over_a_lunch_break() -> None:
    hours = dict.fromkeys(range(9, 18), 9.0) | {12: 2.0}

    told = outline(tempo_of(rhythm(hours), INTERVAL, timedelta(minutes=1), SEOUL))

    (busy,) = told.busy
    assert (busy.days, busy.first, busy.end) == (WORKING_DAYS, 9, 18)
    assert busy.interval < INTERVAL < told.otherwise


def test_a_desk_that_works_at_night_has_a_stretch_over_midnight() -> None:
    told = outline(
        tempo_of(rhythm({22: 9.0, 23: 9.0, 0: 9.0, 1: 9.0}), INTERVAL, INTERVAL / 5, SEOUL)
    )

    assert [(busy.first, busy.end) for busy in told.busy] == [(22, 2)]


def test_parts_of_a_day_spend_what_the_whole_week_has() -> None:
    """What is told adds up: busy and other hours together make the budget."""
    told = outline(tempo_of(rhythm({9: 50.0, 10: 50.0}), INTERVAL, INTERVAL / 5, SEOUL))

    (busy,) = told.busy
    spent = 10 / busy.interval.total_seconds() + (HOURS - 10) / told.otherwise.total_seconds()
    assert spent == pytest.approx(HOURS / INTERVAL.total_seconds())


def test_weekends_are_told_where_they_are_busy() -> None:
    hours = [9.0 if hour // 24 in WEEKEND and hour % 24 == 20 else 0.1 for hour in range(HOURS)]
    weekly = Rhythm(hours=tuple(hours), parts=FLAT, articles=100, weeks=5)

    told = outline(tempo_of(weekly, INTERVAL, INTERVAL / 5, SEOUL))

    assert [(busy.days, busy.first, busy.end) for busy in told.busy] == [(WEEKEND, 20, 21)]


def test_minutes_that_bring_twice_the_news_are_told() -> None:
    parts = tuple(5.0 if part in {0, 10} else 0.5 for part in range(PARTS))

    told = outline(tempo_of(rhythm({9: 9.0}, parts), INTERVAL, INTERVAL / 5, SEOUL))

    assert told.minutes == ((0, 2), (30, 32))


def test_where_all_hours_are_alike_no_stretch_is_told() -> None:
    flat = Rhythm(hours=(1.0,) * HOURS, parts=FLAT, articles=100, weeks=5)

    for tempo in (tempo_of(flat, INTERVAL, INTERVAL / 5, SEOUL), fixed(INTERVAL, SEOUL)):
        told = outline(tempo)
        assert (told.busy, told.minutes) == ((), ())
        assert told.otherwise.total_seconds() == pytest.approx(300)
