from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.estimate import Pace, estimate


@pytest.mark.parametrize(
    ("count", "days", "value", "pace"),
    [
        (0, 90, 0, "never"),
        (1, 90, 0, "seldom"),
        (2, 90, 0, "seldom"),
        (3, 90, 1, "month"),
        (9, 90, 3, "month"),
        (13, 90, 1, "week"),
        (31, 90, 2, "week"),
        (51, 90, 4, "week"),
        (90, 90, 7, "week"),
        (180, 90, 2, "day"),
        (900, 90, 10, "day"),
        (5, 0.01, 5, "day"),  # an archive of a quarter of an hour
        (-1, 90, 0, "never"),
    ],
)
def test_a_rate_is_told_in_a_number_that_people_can_picture(
    count: int, days: float, value: int, pace: str
) -> None:
    told = estimate(count, timedelta(days=days))

    assert (told.value, told.pace) == (value, Pace(pace))


LENGTHS = {Pace.DAY: 1, Pace.WEEK: 7, Pace.MONTH: 30.4}


@given(st.integers(0, 100_000), st.integers(1, 4_000))
def test_what_is_told_is_about_what_was(count: int, days: int) -> None:
    told = estimate(count, timedelta(days=days))

    assert (told.count, told.days) == (count, days)
    if told.pace in LENGTHS:
        assert told.value >= 1
        assert told.value == pytest.approx(count / days * LENGTHS[told.pace], abs=0.51)
    else:
        assert count / days * 30.4 < 1
