"""The scheduler asks for each next reading, by a wall clock of the test's."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.app.pulse import JITTER, Pulse
from bot.domain.rhythm import HOURS, PARTS, Rhythm
from bot.domain.tempo import MOST, Tempo, fixed, tempo_of
from tests.aids.clock import FakeClock

SEOUL: Final = ZoneInfo("Asia/Seoul")
INTERVAL: Final = timedelta(minutes=5)
MINUTE: Final = timedelta(minutes=1)
#: A Monday, nine in Seoul: the hour in which all news comes.
NINE: Final = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
NIGHT: Final = NINE + timedelta(hours=12)


def busy_at_nine() -> Tempo:
    hours = tuple(1e3 if hour == 9 else 1.0 for hour in range(HOURS))
    rhythm = Rhythm(hours=hours, parts=(1.0,) * PARTS, articles=100, weeks=5)
    return tempo_of(rhythm, INTERVAL, MINUTE, SEOUL)


class Beat:
    """A pulse, and what it is made of."""

    def __init__(self, now: datetime = NINE) -> None:
        self.wall = FakeClock(now)
        self.clock = FakeClock(now)
        self.tempo = busy_at_nine()
        self.fresh_for: timedelta | None = None
        self.pulse = Pulse(
            lambda: self.tempo, lambda: self.fresh_for, clock=self.clock, wall=self.wall
        )

    def next(self, previous: datetime, now: datetime | None = None) -> timedelta:
        self.wall.now = self.clock.now = now or previous
        return self.pulse.get_next_fire_time(previous, now or previous) - previous


def test_each_reading_comes_at_the_tempo_of_its_hour_with_a_little_jitter() -> None:
    beat = Beat()
    at_nine = {beat.next(NINE) for _ in range(50)}
    at_night = {beat.next(NIGHT) for _ in range(50)}

    assert MINUTE <= min(at_nine) < max(at_nine) <= MINUTE * (1 + JITTER)
    assert INTERVAL < min(at_night) < max(at_night) <= INTERVAL * MOST * (1 + JITTER)


def test_a_tempo_that_was_learned_meanwhile_holds_from_the_next_reading() -> None:
    beat = Beat()
    beat.tempo = fixed(INTERVAL, SEOUL)

    assert INTERVAL <= beat.next(NINE) <= INTERVAL * (1 + JITTER)
    assert beat.pulse.interval == INTERVAL


def test_what_the_server_asked_for_is_waited_for_within_the_operators_interval() -> None:
    beat = Beat()
    beat.fresh_for = timedelta(minutes=3)
    some = beat.next(NINE)
    beat.fresh_for = timedelta(hours=3)
    more = beat.next(NINE)

    assert (some, more) == (timedelta(minutes=3), INTERVAL)


def test_readings_that_a_sleeping_machine_missed_are_one() -> None:
    """However long it slept, the next moment lies ahead, and is found at once."""
    beat = Beat()
    woken = NINE + timedelta(days=700)

    planned = NINE + beat.next(NINE, woken)

    assert woken < planned <= woken + INTERVAL * MOST * (1 + JITTER)


def test_a_clock_that_was_put_back_does_not_hold_the_source_up() -> None:
    beat = Beat()
    back = NINE - timedelta(hours=5)

    planned = NINE + beat.next(NINE, back)

    assert back < planned <= back + INTERVAL * MOST * (1 + JITTER)


def test_a_tempo_goes_by_the_bots_clock_and_the_plan_by_the_walls() -> None:
    beat = Beat()
    beat.clock.now, beat.wall.now = NINE, NIGHT

    planned = beat.pulse.get_next_fire_time(NIGHT, NIGHT)

    assert MINUTE <= planned - NIGHT <= MINUTE * (1 + JITTER)
