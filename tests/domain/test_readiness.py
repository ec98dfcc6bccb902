"""The rules of readiness."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.readiness import (
    Check,
    Condition,
    Connection,
    SourceReadings,
    judge_deliveries,
    judge_sources,
    judge_telegram,
    overall,
    overdue_after,
)

OK, DEGRADED, FAILED = Condition.OK, Condition.DEGRADED, Condition.FAILED
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=9)


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


def source(
    read_at: datetime | None, *, interval: timedelta = timedelta(minutes=5)
) -> SourceReadings:
    return SourceReadings(
        url="https://www.example.org/feed/", kind="feed", interval=interval, read_at=read_at
    )


@pytest.mark.parametrize(
    ("oldest_due", "sent_at", "started_at", "condition"),
    [
        (None, None, LONG_AGO, OK),
        (ago(minutes=9), None, LONG_AGO, OK),
        (ago(minutes=10), None, LONG_AGO, FAILED),
        (ago(minutes=10), ago(minutes=10), LONG_AGO, FAILED),
        # A fan-out to a large audience: what is due first goes out first, and there is much of it.
        (ago(minutes=50), ago(seconds=1), LONG_AGO, DEGRADED),
        # After a night switched off, the bot has time to begin.
        (ago(hours=9), None, ago(minutes=9), DEGRADED),
        (ago(hours=9), None, ago(minutes=10), FAILED),
    ],
)
def test_alerts_stand_still_where_one_is_due_and_none_goes_out(
    oldest_due: datetime | None,
    sent_at: datetime | None,
    started_at: datetime,
    condition: Condition,
) -> None:
    assert judge_deliveries(oldest_due, sent_at, started_at, NOW).condition is condition


@pytest.mark.parametrize(
    ("known", "started_at", "condition"),
    [
        (Connection(answered_at=ago(seconds=20)), LONG_AGO, OK),
        # Nothing was asked since: an answer stays good.
        (Connection(answered_at=ago(hours=5)), LONG_AGO, OK),
        (Connection(failing_since=ago(seconds=59), failed_at=ago(seconds=1)), LONG_AGO, DEGRADED),
        (Connection(failing_since=ago(seconds=60), failed_at=ago(seconds=1)), LONG_AGO, FAILED),
        # One reply failed, and nobody has asked for anything since.
        (Connection(failing_since=ago(hours=1), failed_at=ago(minutes=6)), LONG_AGO, OK),
        (Connection(), ago(seconds=59), DEGRADED),
        (Connection(), ago(seconds=60), FAILED),
    ],
)
def test_telegram_is_unreachable_where_it_was_asked_for_a_minute_and_answered_nothing(
    known: Connection, started_at: datetime, condition: Condition
) -> None:
    assert judge_telegram(known, started_at, NOW).condition is condition


def test_a_failure_of_long_ago_is_not_told_as_an_answer() -> None:
    known = Connection(failing_since=ago(hours=1), failed_at=ago(hours=1))

    assert judge_telegram(known, LONG_AGO, NOW).text == "Nothing was asked of Telegram lately."


@pytest.mark.parametrize(
    ("interval", "allowed"),
    [
        (timedelta(minutes=5), timedelta(minutes=15)),
        (timedelta(hours=1), timedelta(hours=3)),
        # Three intervals of ten seconds are nothing to be called for.
        (timedelta(seconds=10), timedelta(minutes=10)),
    ],
)
def test_a_source_is_overdue_after_three_intervals_and_ten_minutes_at_least(
    interval: timedelta, allowed: timedelta
) -> None:
    in_time = source(NOW - allowed + timedelta(seconds=1), interval=interval)
    overdue = source(NOW - allowed, interval=interval)

    assert overdue_after(interval) == allowed
    assert [one.condition for one in judge_sources([in_time, overdue], LONG_AGO, NOW)] == [
        OK,
        DEGRADED,
    ]


def test_the_bot_is_not_ready_where_every_source_is_overdue() -> None:
    checks = judge_sources([source(ago(hours=1)), source(None)], LONG_AGO, NOW)

    assert [check.condition for check in checks] == [FAILED, FAILED]


@pytest.mark.parametrize("read_at", [None, LONG_AGO], ids=["never read", "read long ago"])
def test_a_fresh_start_has_time_for_its_first_readings(read_at: datetime | None) -> None:
    (soon,) = judge_sources([source(read_at)], ago(minutes=14), NOW)
    (late,) = judge_sources([source(read_at)], ago(minutes=15), NOW)

    assert (soon.condition, late.condition) == (OK, FAILED)


def test_a_clock_that_was_put_back_makes_nothing_overdue_or_negative() -> None:
    (check,) = judge_sources([source(NOW + timedelta(hours=1))], LONG_AGO, NOW)

    assert (check.condition, check.seconds) == (OK, 0.0)


@pytest.mark.parametrize(
    ("conditions", "worst"),
    [([], OK), ([OK, OK], OK), ([OK, DEGRADED], DEGRADED), ([DEGRADED, FAILED, OK], FAILED)],
)
def test_the_whole_is_as_its_worst_part(conditions: list[Condition], worst: Condition) -> None:
    checks = [Check(name="source", condition=condition, text="") for condition in conditions]

    assert overall(checks) is worst
