"""Whether a running bot does its work, judged by what is known anyway.

The rules, in their order:

1. The database has to be readable and writable, at once.
2. Alerts stand still where one has been due for `_STILL`, while the bot ran and sent nothing. Where
   others go out meanwhile, the backlog is long and the bot is well: that is worth a look.
3. Telegram is unreachable where nothing has been answered for `_SILENT`, though it was asked. A
   failure that nothing came after tells nothing about now, once it is `_STALE`.
4. A source is overdue when three of its intervals have passed without a reading that succeeded, and
   ten minutes at least. One that is overdue is worth a look, since the others are read; the bot is
   not ready where all are.
5. Whatever counts from an earlier life of the bot counts from its start: nothing is late that it
   had no time for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

_STILL: Final = timedelta(minutes=10)
_SILENT: Final = timedelta(minutes=1)
#: Longer than any pause between two tries.
_STALE: Final = timedelta(minutes=6)
_MOST_INTERVALS: Final = 3
_LEAST_OVERDUE: Final = timedelta(minutes=10)


class Condition(StrEnum):
    OK = "ok"
    #: The bot does its work; somebody should look all the same.
    DEGRADED = "degraded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    #: database, deliveries, telegram or source.
    name: str
    condition: Condition
    #: A sentence for the operator.
    text: str
    #: Which one, where there are several.
    subject: str = ""
    #: Age of what the sentence speaks of; None where there is none.
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What is known of the way to Telegram."""

    #: The last answer, whatever it said.
    answered_at: datetime | None = None
    #: The first failure since then; None where the last request was answered.
    failing_since: datetime | None = None
    #: The last failure since then.
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReadings:
    """How often a source is to be read, and when it was."""

    url: str
    kind: str
    interval: timedelta
    #: The last reading that succeeded.
    read_at: datetime | None = None
    #: Failures since then.
    failures: int = 0


def overall(checks: Sequence[Check]) -> Condition:
    """Return the worst condition."""
    found = {check.condition for check in checks}
    worst_first = (Condition.FAILED, Condition.DEGRADED)
    return next((one for one in worst_first if one in found), Condition.OK)


def judge_deliveries(
    oldest_due: datetime | None, sent_at: datetime | None, started_at: datetime, now: datetime
) -> Check:
    """Judge the outbox by its oldest due delivery and by the last message sent (rule 2)."""
    if oldest_due is None:
        return Check(name="deliveries", condition=Condition.OK, text="Nothing is due.")
    age = now - oldest_due
    still = now - max(oldest_due, started_at, sent_at or started_at)
    condition, text = Condition.OK, "Alerts are on their way."
    if still >= _STILL:
        condition, text = Condition.FAILED, "Alerts are due, and none goes out."
    elif age >= _STILL:
        condition, text = Condition.DEGRADED, "Alerts are late; what was due first goes out first."
    return Check(name="deliveries", condition=condition, text=text, seconds=_seconds(age))


def judge_telegram(known: Connection, started_at: datetime, now: datetime) -> Check:
    """Judge the way to Telegram by what became of the bot's own requests (rule 3)."""
    since = known.failing_since
    if since is None and known.answered_at is None:
        since = started_at
    if since is None or _is_stale(known.failed_at, now):
        age = _seconds(now - known.answered_at) if known.answered_at else None
        text = "Telegram answers." if since is None else "Nothing was asked of Telegram lately."
        return Check(name="telegram", condition=Condition.OK, text=text, seconds=age)
    silent = now - since >= _SILENT
    return Check(
        name="telegram",
        condition=Condition.FAILED if silent else Condition.DEGRADED,
        text="Telegram cannot be reached." if silent else "Telegram has not answered yet.",
        seconds=_seconds(now - since),
    )


def judge_sources(
    sources: Sequence[SourceReadings], started_at: datetime, now: datetime
) -> list[Check]:
    """Judge each source by its last successful reading (rule 4)."""
    checks = [_judged(source, started_at, now) for source in sources]
    if any(check.condition is Condition.OK for check in checks):
        return checks
    return [replace(check, condition=Condition.FAILED) for check in checks]


def overdue_after(interval: timedelta) -> timedelta:
    """Return how long a source that is read so often may go without a reading."""
    return max(_MOST_INTERVALS * interval, _LEAST_OVERDUE)


def _judged(source: SourceReadings, started_at: datetime, now: datetime) -> Check:
    allowed = overdue_after(source.interval)
    since = max(source.read_at or started_at, started_at)
    is_overdue = now - since >= allowed
    text = "It is read in time." if source.read_at else "It waits for its first reading."
    if is_overdue:
        text = (
            f"It was not read for {_told(allowed)} or more; failures in a row: {source.failures}."
        )
    return Check(
        name="source",
        subject=source.url,
        condition=Condition.DEGRADED if is_overdue else Condition.OK,
        text=text,
        seconds=_seconds(now - source.read_at) if source.read_at else None,
    )


def _is_stale(failed_at: datetime | None, now: datetime) -> bool:
    return failed_at is not None and now - failed_at >= _STALE


def _seconds(age: timedelta) -> float:
    """Return the age; a clock that was put back makes nothing younger than it is."""
    return max(round(age.total_seconds(), 3), 0.0)


def _told(span: timedelta) -> str:
    return f"{round(span.total_seconds() / 60)} minutes"
