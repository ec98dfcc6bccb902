"""What administrators are told of readers, articles and deliveries, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.subscriber import ChatKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    active: int
    paused: int
    retired: int
    #: First met since a moment; may be retired again.
    new: int
    #: How many there are of each kind, the retired left out.
    kinds: Mapping[ChatKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Deliveries that were settled within a stretch of time."""

    sent: int = 0
    #: Refused by Telegram for good.
    failed: int = 0
    #: Tried again though an earlier try may have arrived.
    ambiguous: int = 0
    #: How many of the sent ones were to come at once: those whose latency counts.
    at_once: int = 0
    #: Between owed and sent: half of those took at most so long, 95 of 100 at most so long.
    #: None where there are none.
    median: timedelta | None = None
    p95: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    day: date
    traffic: Traffic


def last_days(now: datetime, zone: tzinfo, count: int) -> list[date]:
    """Return so many days of the zone, the oldest first; the last is today."""
    today = now.astimezone(zone).date()
    return [today - timedelta(days=back) for back in reversed(range(count))]


def bounds_of(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when the day begins in the zone, and when the next one does."""
    first, following = (
        datetime.combine(one, time.min, tzinfo=zone) for one in (day, day + timedelta(days=1))
    )
    return first, following
