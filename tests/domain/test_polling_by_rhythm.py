"""What adaptive polling is for, played through for weeks of invented news."""

from datetime import timedelta

import pytest

from tests.aids.desks import LONDON, SEOUL, Desk, at_random, releases
from tests.aids.polled import Polled, poll_adaptively, poll_at_fixed_intervals

WEEKS = timedelta(weeks=4)


@pytest.mark.parametrize(
    "desk",
    [Desk(zone=SEOUL, articles=20), Desk(zone=LONDON, articles=60, weekend=0.5)],
    ids=["Seoul", "London, where clocks are put forward"],
)
def test_with_as_many_requests_news_is_seen_sooner(desk: Desk) -> None:
    news = releases(desk, seed=7)

    fixed = poll_at_fixed_intervals(news, desk.zone, 7, WEEKS)
    adaptive = poll_adaptively(news, desk.zone, 7, WEEKS)

    assert are_as_many(fixed, adaptive)
    assert adaptive.share(50) < 0.75 * fixed.share(50)
    assert adaptive.share(95) < fixed.share(95)


def test_where_there_is_no_rhythm_nothing_is_lost() -> None:
    news = at_random(20, seed=7)

    fixed = poll_at_fixed_intervals(news, SEOUL, 7, WEEKS)
    adaptive = poll_adaptively(news, SEOUL, 7, WEEKS)

    assert are_as_many(fixed, adaptive)
    assert adaptive.mean < 1.05 * fixed.mean
    assert adaptive.share(95) < 1.05 * fixed.share(95)


def are_as_many(one: Polled, other: Polled) -> bool:
    return abs(one.requests - other.requests) < 0.02 * one.requests
