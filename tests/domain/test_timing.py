from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.editions_parser import stored_editions
from bot.domain.quiet import quiet_until
from bot.domain.quiet_parser import stored_quiet
from bot.domain.timing import (
    BURST_WINDOW,
    Bundle,
    Due,
    Lot,
    Singles,
    Timing,
    Wait,
    decide_burst,
    when,
)
from bot.domain.urgency import Urgency

SEOUL = ZoneInfo("Asia/Seoul")


def timing(quiet: str = "", editions: str = "") -> Timing:
    return Timing(zone=SEOUL, quiet=stored_quiet(quiet), editions=stored_editions(editions))


INSTANT = timing()
QUIET = timing("22:00-07:00")
EDITIONS = timing("", "daily 08:00 18:00")
BOTH = timing("22:00-07:00", "daily 06:00 18:00")


@pytest.mark.parametrize(
    ("preferences", "urgency", "now", "at", "silent", "lot"),
    [
        (INSTANT, None, "12:00", "04 12:00", False, "instant"),
        (INSTANT, "LOUD", "12:00", "04 12:00", False, "instant"),
        (INSTANT, "SILENT", "12:00", "04 12:00", True, "instant"),
        (INSTANT, "DIGEST", "12:00", "04 18:00", False, "edition"),  # of the evening
        (INSTANT, "DIGEST", "18:00", "05 18:00", False, "edition"),
        (QUIET, None, "21:59", "04 21:59", False, "instant"),
        (QUIET, "LOUD", "22:00", "05 07:00", False, "catch-up"),
        (QUIET, "SILENT", "03:00", "04 07:00", True, "catch-up"),
        (QUIET, "DIGEST", "23:00", "05 18:00", False, "edition"),
        (EDITIONS, None, "12:00", "04 18:00", False, "edition"),
        (EDITIONS, "DIGEST", "19:00", "05 08:00", False, "edition"),
        (EDITIONS, "SILENT", "12:00", "04 18:00", True, "edition"),
        (EDITIONS, "LOUD", "12:00", "04 12:00", False, "instant"),
        (BOTH, None, "23:00", "05 07:00", False, "edition"),  # that of six waits for seven
        (BOTH, "LOUD", "23:00", "05 07:00", False, "catch-up"),
    ],
)
def test_every_urgency_has_its_time_in_every_chat(
    preferences: Timing, urgency: str | None, now: str, at: str, *, silent: bool, lot: str
) -> None:
    moment = datetime.fromisoformat(f"2026-03-04 {now}").replace(tzinfo=SEOUL)
    due = when(Urgency[urgency] if urgency else None, preferences, moment)

    assert due.at.astimezone(SEOUL).strftime("%d %H:%M") == at
    assert (due.silent, due.lot) == (silent, Lot(lot))


@given(
    st.sampled_from([*Urgency, None]),
    st.sampled_from([INSTANT, QUIET, EDITIONS, BOTH, timing("weekends; 22:00-07:00", "sat 09:00")]),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_nothing_is_due_in_the_past_or_in_quiet_hours(
    urgency: Urgency | None, preferences: Timing, now: datetime
) -> None:
    due = when(urgency, preferences, now)

    assert isinstance(due, Due)
    assert due.at >= now
    assert quiet_until(preferences.quiet, due.at, SEOUL) is None


NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def seconds_ago(*seconds: float) -> list[datetime]:
    return [NOW - timedelta(seconds=each) for each in seconds]


@pytest.mark.parametrize(
    ("recent", "due", "decision"),
    [
        ([], 0, Singles(0)),
        ([], 1, Singles(1)),
        ([], 3, Singles(3)),
        ([], 4, Bundle()),
        ([10], 3, Singles(2)),
        ([10, 20], 4, Bundle()),
        ([10, 20, 50], 1, Wait(NOW + timedelta(seconds=10))),
        ([10, 20, 50], 9, Wait(NOW + timedelta(seconds=10))),
        ([50, 10, 20, 55], 1, Wait(NOW + timedelta(seconds=10))),  # the third last of four
        ([10, 20, 60], 9, Bundle()),  # the oldest is a minute old
        ([-30, -30, -30], 1, Wait(NOW + timedelta(seconds=60))),  # the clock was put back
        ([1, 2, 3], 0, Singles(0)),
    ],
)
def test_a_minute_has_room_for_three_messages(
    recent: list[float], due: int, decision: Singles | Bundle | Wait
) -> None:
    assert decide_burst(seconds_ago(*recent), due, NOW) == decision


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 20))
def test_however_alerts_come_no_minute_sees_more_than_three_messages_and_none_is_left(
    gaps: list[int], patience: int
) -> None:
    """A chat's alerts come in after so many seconds each; time passes until all went."""
    arrivals = [sum(gaps[: count + 1]) for count in range(len(gaps))]
    sent: list[datetime] = []
    second, waiting, arrived = 0, 0, 0
    while waiting or arrived < len(arrivals):
        now = NOW + timedelta(seconds=second)
        due = sum(at <= second for at in arrivals)
        waiting, arrived = waiting + due - arrived, due
        decision = decide_burst(sent, waiting, now)
        match decision:
            case Singles(count):
                sent += [now] * count
                waiting -= count
            case Bundle():
                sent.append(now)
                waiting = 0
            case Wait(until):
                assert now < until <= now + BURST_WINDOW
        second += patience

    for first, fourth in zip(sent, sent[3:], strict=False):
        assert fourth - first >= BURST_WINDOW
