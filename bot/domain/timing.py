"""When a delivery is due, and how it comes.

The rules, in their order:

1. In a chat without editions alerts are loud, unless the reader said otherwise of the follow or
   the standing search; in a chat with editions everything comes in these, and a sound is for what
   the reader made loud.
2. Loud comes at once. Silent comes at once and without a sound, or where there are editions in the
   next one. Digest comes in the next edition; of the evening, where the chat has none.
3. Nothing comes in quiet hours. What would have come at once comes at their end, in the catch-up;
   an edition waits for their end too.
4. Never more than three messages of alerts go to a chat within a minute. More than three alerts
   due at once become one message; when a minute has had its three, all wait until the oldest is a
   minute old. A catch-up is held to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from bot.domain.article import require_aware
from bot.domain.editions import EVENING_EDITION, Editions, next_edition
from bot.domain.quiet import QuietHours, quiet_until
from bot.domain.urgency import Urgency

#: More alerts than this, due at once for one chat, come as one message.
MOST_SINGLE_ALERTS: Final = 3
BURST_WINDOW: Final = timedelta(minutes=1)


class Lot(StrEnum):
    """What a delivery comes with."""

    #: By itself, unless there is a burst.
    INSTANT = "instant"
    #: In the edition of its moment.
    EDITION = "edition"
    #: With all else that waited for the end of quiet hours.
    CATCH_UP = "catch-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a chat wants its alerts."""

    zone: tzinfo
    #: None without quiet hours.
    quiet: QuietHours | None = None
    #: None for alerts at once.
    editions: Editions | None = None

    @property
    def usual(self) -> Urgency:
        """What holds for follows and standing searches of which the reader did not say it."""
        return Urgency.DIGEST if self.editions else Urgency.LOUD


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    #: Aware; now or later. In UTC, where it is later.
    at: datetime
    #: Whether it comes without a sound; a message of several does where all of them do.
    silent: bool
    lot: Lot


def when(urgency: Urgency | None, timing: Timing, now: datetime) -> Due:
    """Return when a delivery of that urgency (None: as usual) is due (rules 1 to 3)."""
    require_aware(now)
    wanted = timing.usual if urgency is None else urgency
    silent = wanted is Urgency.SILENT
    at_once = wanted is Urgency.LOUD or (silent and not timing.editions)
    planned = now if at_once else next_edition(timing.editions or EVENING_EDITION, now, timing.zone)
    wait = quiet_until(timing.quiet, planned, timing.zone)
    if not at_once:
        return Due(at=wait or planned, silent=silent, lot=Lot.EDITION)
    lot = Lot.CATCH_UP if wait else Lot.INSTANT
    return Due(at=wait or planned, silent=silent, lot=lot)


@dataclass(frozen=True, slots=True)
class Singles:
    """So many of the due alerts go now, the oldest first, each as a message of its own."""

    count: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """All due alerts go now, as one message."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing goes until then."""

    until: datetime


def decide_burst(recent: Sequence[datetime], due: int, now: datetime) -> Singles | Bundle | Wait:
    """Decide how the alerts that are due for one chat go (rule 4).

    `recent` is when messages of alerts went to the chat of late, singles and bundles alike, in any
    order; what is older than a minute does not count. Ask again for what `Singles` leaves over.
    """
    require_aware(now)
    sent = sorted(min(moment, now) for moment in recent if now - moment < BURST_WINDOW)
    if due and len(sent) >= MOST_SINGLE_ALERTS:
        return Wait(sent[-MOST_SINGLE_ALERTS] + BURST_WINDOW)
    if due > MOST_SINGLE_ALERTS:
        return Bundle()
    return Singles(min(due, MOST_SINGLE_ALERTS - len(sent)))
