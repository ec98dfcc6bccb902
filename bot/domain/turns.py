"""What a chat's calendar says until it says something else.

A fan-out plans for hundreds of thousands of chats in one statement, which knows no calendars. So
each chat carries what `bot.domain.timing.when` would find for it, worked out anew when a turn
comes: an edition, or the beginning or the end of quiet hours.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.editions import EVENING_EDITION, next_edition
from bot.domain.quiet import next_change, quiet_until
from bot.domain.timing import Timing, when
from bot.domain.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    #: The end of the present quiet stretch; None where it is not quiet.
    quiet_until: datetime | None
    #: When what waits for an edition now will come.
    next_edition_at: datetime
    #: When the two above are to be worked out anew.
    turns_at: datetime


def turn(timing: Timing, now: datetime) -> Turn:
    """Return what holds from now until the next turn."""
    edition = next_edition(timing.editions or EVENING_EDITION, now, timing.zone)
    change = next_change(timing.quiet, now, timing.zone)
    return Turn(
        quiet_until=quiet_until(timing.quiet, now, timing.zone),
        next_edition_at=when(Urgency.DIGEST, timing, now).at,
        turns_at=min(edition, change) if change else edition,
    )
