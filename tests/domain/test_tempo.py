from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readiness import overdue_after
from bot.domain.rhythm import HOURS, PARTS, WEEK, Rhythm, learn
from bot.domain.tempo import MOST, Tempo, allot, fixed, least_interval, tempo_of

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
#: Clocks are shifted by half an hour there.
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = [SEOUL, NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kathmandu")]
MINUTE = timedelta(minutes=1)
INTERVAL = 10 * MINUTE
LEAST = 2 * MINUTE
#: A quiet week in all these zones; and those with clocks put forward and back in New York.
QUIET = datetime(2026, 1, 12, tzinfo=UTC)
FORWARD = datetime(2026, 3, 6, tzinfo=UTC)
BACK = datetime(2026, 10, 30, tzinfo=UTC)

rates = st.lists(st.floats(1e-6, 1e6), min_size=2, max_size=60)
rhythms = st.builds(
    lambda hours, parts: Rhythm(hours=hours, parts=parts, articles=100, weeks=5),
    st.tuples(*[st.sampled_from((1e-3, 0.1, 1.0, 8.0, 300.0))] * HOURS),
    st.tuples(*[st.sampled_from((0.2, 1.0, 9.0))] * PARTS),
)


def readings(tempo: Tempo, begin: datetime, end: datetime, share: float = 1.0) -> list[datetime]:
    moments = [begin]
    while moments[-1] < end:
        moments.append(tempo.after(moments[-1], share))
    return moments[:-1]


def gaps(moments: Sequence[datetime]) -> list[timedelta]:
    return [later - one for one, later in pairwise(moments)]


def tempo(rhythm: Rhythm, zone: ZoneInfo = SEOUL) -> Tempo:
    return tempo_of(rhythm, INTERVAL, LEAST, zone)


@given(rates)
def test_the_budget_is_spent_and_the_bounds_are_kept(rates: list[float]) -> None:
    found = allot(rates, 600, 120)

    assert sum(1 / gap for gap in found) == pytest.approx(len(rates) / 600)
    assert min(found) >= 120 * (1 - 1e-9)
    assert max(found) <= 600 * MOST * (1 + 1e-9)


@given(rates, st.data())
def test_more_news_at_a_time_never_lengthens_its_interval(
    rates: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rates) - 1))
    more = list(rates)
    more[place] *= data.draw(st.floats(1, 1000))

    assert allot(more, 600, 120)[place] <= allot(rates, 600, 120)[place] * (1 + 1e-9)


@given(rates, st.data())
def test_no_other_intervals_with_the_same_budget_make_news_wait_less(
    rates: list[float], data: st.DataObject
) -> None:
    """Moving requests from one time to another, within the bounds, lengthens the delay."""
    found = allot(rates, 600, 120)
    one, other = (data.draw(st.integers(0, len(rates) - 1)) for _ in range(2))
    moved = data.draw(st.floats(0, 1)) * min(
        1 / found[one] - 1 / (600 * MOST), 1 / 120 - 1 / found[other]
    )
    changed = list(found)
    if one == other or moved <= 0:
        return
    changed[one], changed[other] = 1 / (1 / found[one] - moved), 1 / (1 / found[other] + moved)

    def delay(intervals: list[float]) -> float:
        return sum(rate * gap for rate, gap in zip(rates, intervals, strict=True))

    assert delay(changed) >= delay(found) * (1 - 1e-6)


def test_four_times_the_news_is_read_twice_as_often() -> None:
    usual, busy = allot([1.0, 4.0], 600, 1)

    assert usual / busy == pytest.approx(sqrt(4))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(rhythm=rhythms, hours=st.integers(0, 100))
def test_any_seven_days_have_the_requests_of_the_fixed_interval(
    zone: ZoneInfo, rhythm: Rhythm, hours: int
) -> None:
    begin = QUIET + timedelta(hours=hours)

    found = readings(tempo(rhythm, zone), begin, begin + WEEK)

    assert abs(len(found) - WEEK / INTERVAL) <= 1
    assert min(gaps(found)) >= LEAST - timedelta(milliseconds=1)
    assert max(gaps(found)) <= MOST * INTERVAL + timedelta(milliseconds=1)


@pytest.mark.parametrize("zone", [NEW_YORK, LORD_HOWE], ids=str)
@pytest.mark.parametrize("begin", [FORWARD, BACK, datetime(2026, 4, 2, tzinfo=UTC)], ids=str)
@given(rhythm=rhythms)
def test_a_week_in_which_clocks_are_changed_keeps_bounds_and_budget_but_for_its_hour(
    zone: ZoneInfo, begin: datetime, rhythm: Rhythm
) -> None:
    found = readings(tempo(rhythm, zone), begin, begin + WEEK)

    assert abs(len(found) - WEEK / INTERVAL) <= timedelta(hours=1) / LEAST
    assert min(gaps(found)) >= LEAST - timedelta(milliseconds=1)
    assert max(gaps(found)) <= MOST * INTERVAL + timedelta(milliseconds=1)


moments = st.builds(
    lambda week, hour, minute: (
        QUIET - timedelta(weeks=week) + timedelta(hours=hour, minutes=minute)
    ),
    st.integers(1, 26),
    st.integers(0, HOURS - 1) | st.sampled_from((24, 25, 48, 49, 72, 130)),
    st.integers(1, 59),
)


@given(st.lists(moments, min_size=80, max_size=250), st.data())
def test_more_articles_in_an_hour_of_the_week_never_lengthen_its_intervals(
    history: list[datetime], data: st.DataObject
) -> None:
    """From the articles to the interval: shrinking takes nothing back of what it was shown."""
    hour = data.draw(st.integers(0, HOURS - 1))
    weeks = data.draw(st.lists(st.integers(1, 26), min_size=1, max_size=20))
    more = [QUIET - timedelta(weeks=week) + timedelta(hours=hour, minutes=30) for week in weeks]

    before, after = (
        tempo_of(learn(found, UTC, QUIET), INTERVAL, LEAST, SEOUL)
        for found in (history, history + more)
    )

    if before.rhythm is not None:
        assert spent(after, hour) >= spent(before, hour) * (1 - 1e-6)


def spent(tempo: Tempo, hour: int) -> float:
    """Return the requests of an hour of the week."""
    return sum(tempo.densities[hour * PARTS : (hour + 1) * PARTS])


def test_nobody_sleeps_into_a_busy_hour() -> None:
    """A reading in the last quiet minute before nine is followed as soon as nine's news asks."""
    hours = [1e-3] * HOURS
    hours[9] = 1e3  # Monday's
    busy = tempo(Rhythm(hours=tuple(hours), parts=(1.0,) * PARTS, articles=100, weeks=5))
    before = datetime(2026, 1, 12, 8, 59, tzinfo=SEOUL)

    quiet = busy.after(datetime(2026, 1, 12, 3, 0, tzinfo=SEOUL)) - datetime(
        2026, 1, 12, 3, 0, tzinfo=SEOUL
    )
    assert busy.after(before) - before < 4 * MINUTE < INTERVAL < quiet


def test_jitter_waits_for_more_than_one_request() -> None:
    moment = QUIET
    plain = fixed(INTERVAL, SEOUL)

    assert plain.after(moment, 1.1) - moment == 1.1 * INTERVAL
    assert plain.longest == INTERVAL


@given(st.integers(1, 86_400))
def test_no_plan_lets_a_source_become_overdue(seconds: int) -> None:
    """With all jitter, a reading comes before monitoring says that it is missing."""
    interval = timedelta(seconds=seconds)

    assert 1.1 * MOST * interval < overdue_after(interval)


@pytest.mark.parametrize(
    ("interval", "wanted", "fresh_for", "least"),
    [
        (15 * MINUTE, None, None, 3 * MINUTE),  # a fifth
        (2 * MINUTE, None, None, MINUTE),  # a public site's minute
        (MINUTE / 2, None, None, MINUTE / 2),  # the operator's own wish counts
        (5 * MINUTE, MINUTE / 2, None, MINUTE / 2),  # as the profile has it
        (5 * MINUTE, None, 2 * MINUTE, 2 * MINUTE),  # as the server asked
        (5 * MINUTE, 3 * MINUTE, 2 * MINUTE, 3 * MINUTE),
        (5 * MINUTE, None, 60 * MINUTE, 5 * MINUTE),  # as it was before anything was learned
        (MINUTE, 2 * MINUTE, None, MINUTE),  # DEKBOT_POLL_INTERVAL overrides the profile
    ],
)
def test_the_least_interval_is_the_profiles_and_the_servers(
    interval: timedelta, wanted: timedelta | None, fresh_for: timedelta | None, least: timedelta
) -> None:
    assert least_interval(interval, wanted, fresh_for) == least


def test_without_a_rhythm_or_room_the_interval_is_fixed() -> None:
    rhythm = Rhythm(hours=(1.0,) * HOURS, parts=(1.0,) * PARTS, articles=100, weeks=5)

    assert tempo_of(None, INTERVAL, LEAST, SEOUL) == fixed(INTERVAL, SEOUL)
    assert tempo_of(rhythm, INTERVAL, INTERVAL, SEOUL) == fixed(INTERVAL, SEOUL)


def test_the_same_history_makes_the_same_tempo() -> None:
    moments = [QUIET - number * timedelta(hours=7, minutes=11) for number in range(300)]

    one, other = (tempo_of(learn(moments, SEOUL, QUIET), INTERVAL, LEAST, SEOUL) for _ in range(2))

    assert one == other
    assert one.rhythm is not None
