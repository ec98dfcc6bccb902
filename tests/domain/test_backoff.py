from datetime import datetime, timedelta

import pytest

from bot.domain.backoff import next_reading

FIVE_MINUTES = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (20, 360), (100_000, 360)],
)
def test_each_failure_doubles_the_pause_up_to_six_hours(
    now: datetime, failures: int, minutes: int
) -> None:
    assert next_reading(now, FIVE_MINUTES, failures, None) == now + timedelta(minutes=minutes)


def test_a_server_that_asks_for_more_patience_gets_it(now: datetime) -> None:
    assert next_reading(now, FIVE_MINUTES, 1, 900.0) == now + timedelta(seconds=900)
    assert next_reading(now, FIVE_MINUTES, 1, 10.0) == now + FIVE_MINUTES


def test_no_server_silences_a_source_for_more_than_a_day(now: datetime) -> None:
    assert next_reading(now, FIVE_MINUTES, 1, 1e12) == now + timedelta(hours=24)


def test_a_daily_source_keeps_its_interval(now: datetime) -> None:
    assert next_reading(now, timedelta(days=1), 9, None) == now + timedelta(days=1)
