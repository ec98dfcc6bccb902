"""How often something may happen, whoever wishes it: a burst at once, then one at a time.

The generic cell rate algorithm in its form of virtual scheduling (ITU-T I.371, annex A): what is
remembered is one moment, at which all that was used is regained. Moments are seconds of a clock
that never goes back.
"""

from dataclasses import dataclass, replace
from math import inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    #: So many may come at once.
    burst: int
    #: Seconds until one more may come.
    every: float
    #: Seconds between any two at least.
    pause: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """In any stretch of T seconds there are never more than `burst + T / every`."""

    pace: Pace
    #: When all that was used is regained.
    regained_at: float = -inf
    rests_until: float = -inf

    def free_at(self) -> float:
        """Return from which moment on the next one may come."""
        return max(self.regained_at - (self.pace.burst - 1) * self.pace.every, self.rests_until)

    def used(self, now: float) -> "Allowance":
        """Return what is left behind one that comes now."""
        regained_at = max(self.regained_at, now) + self.pace.every
        return replace(self, regained_at=regained_at, rests_until=now + self.pace.pause)

    def resting(self, until: float) -> "Allowance":
        """Return it with nothing allowed before that moment."""
        return replace(self, rests_until=max(self.rests_until, until))
