"""What a benchmark notes, and what it promises of it."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A bound on the median; None where there is none on that side."""

    at_most: float | None = None
    at_least: float | None = None

    def is_met(self, median: float) -> bool:
        above = self.at_least is None or median >= self.at_least
        return above and (self.at_most is None or median <= self.at_most)


@dataclass(slots=True, kw_only=True)
class Figure:
    """One quantity, as often as it was measured."""

    what: str
    unit: str
    goal: Goal | None = None
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def greatest(self) -> float:
        return max(self.values)

    def as_json(self) -> dict[str, Any]:
        goal = {"at_most": self.goal.at_most, "at_least": self.goal.at_least} if self.goal else None
        return {
            "what": self.what,
            "unit": self.unit,
            "values": self.values,
            "median": self.median,
            "least": self.least,
            "greatest": self.greatest,
            "goal": goal,
        }


class Notes:
    """Collects a benchmark's figures, in the order in which they first come."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(
        self,
        what: str,
        value: float,
        unit: str,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Note one value; the same `what` in the next round is the same figure."""
        if what not in self._figures:
            has_goal = at_most is not None or at_least is not None
            goal = Goal(at_most=at_most, at_least=at_least) if has_goal else None
            self._figures[what] = Figure(what=what, unit=unit, goal=goal)
        self._figures[what].values.append(value)

    @property
    def figures(self) -> list[Figure]:
        return list(self._figures.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A workload that can be measured."""

    name: str
    #: What is done, with how much, and what is counted: in a few sentences for the reader.
    workload: str
    #: Measures that many rounds; what all rounds share it sets up once.
    measure: Callable[[Notes, int], None]
    rounds: int = 3


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all does not exceed; ValueError where there is none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
