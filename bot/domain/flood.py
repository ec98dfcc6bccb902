"""How much one user may ask in a row: a bucket that fills slowly.

1. A full bucket serves twenty at once; another one comes in with each second.
2. What finds the bucket empty is not served. The first of a burst is told so, the others are not.
3. The burst is over when the bucket is full again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

BURST: Final = 20
PER_SECOND: Final = 1.0
_A_SECOND: Final = timedelta(seconds=1)


class Verdict(Enum):
    """What happens to something that a user asks."""

    SERVED = auto()
    #: Not served, and the first of its burst.
    SLOWED = auto()
    #: Not served, as others before it.
    PASSED_OVER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """How much a user may still ask at once."""

    level: float = BURST
    #: When it was looked at last. Aware.
    at: datetime
    #: Whether the user was told in the present burst.
    told: bool = False

    def is_full(self, now: datetime) -> bool:
        """Return whether nothing needs to be remembered of the user any more."""
        return self.refilled(now).level >= BURST

    def refilled(self, now: datetime) -> "Bucket":
        """Return the bucket as it is by now; a clock that goes back fills nothing."""
        seconds = max((now - self.at) / _A_SECOND, 0.0)
        level = min(self.level + seconds * PER_SECOND, BURST)
        return Bucket(level=level, at=now, told=self.told and level < BURST)


def ask(bucket: Bucket | None, now: datetime) -> tuple[Verdict, Bucket]:
    """Decide on one thing more that a user asks; None for a user who asked nothing of late."""
    bucket = (bucket or Bucket(at=now)).refilled(now)
    if bucket.level >= 1:
        return Verdict.SERVED, replace(bucket, level=bucket.level - 1)
    verdict = Verdict.PASSED_OVER if bucket.told else Verdict.SLOWED
    return verdict, replace(bucket, told=True)
