"""Figures of what happens, for whoever watches from outside."""

from typing import Protocol

from bot.domain.delivery import Outcome, State


class Meter(Protocol):
    """Takes down what happened; tells nobody, and costs next to nothing.

    Every text is one of a few, since each makes figures of its own.
    """

    def polled(self, source: str, kind: str, outcome: str) -> None:
        """Count a reading of a source; `outcome` is that of its report."""

    def ingested(self, *, new: int, alerting: int, reworded: int) -> None:
        """Count articles, as `bot.services.ingest.Intake` does."""

    def planned(self, deliveries: int) -> None:
        """Count deliveries that became owed."""

    def sent(self, outcome: Outcome, seconds: float) -> None:
        """Count an alert's message, and how long Telegram took for it."""

    def settled(self, state: State) -> None:
        """Count what became of a delivery by one try."""

    def alerted(self, seconds: float) -> None:
        """Note how long an alert was owed that was to come at once, until Telegram took it."""

    def edited(self, outcome: Outcome) -> None:
        """Count an edit of a message."""

    def throttled(self, pauses: str) -> None:
        """Count a 429 by what it pauses."""

    def asked(self, method: str, answer: str) -> None:
        """Count a request to Telegram by its answer's status, or by how it failed."""

    def received(self, kind: str) -> None:
        """Count an update."""

    def answered(self, kind: str, seconds: float) -> None:
        """Note how long after an update came it was answered."""

    def hook_called(self, outcome: str) -> None:
        """Count a publisher's call by what it was answered."""

    def used(self, work: str, seconds: float, *, failed: bool) -> None:
        """Note how long a transaction was open; `work` is reading or writing."""

    def waited(self, seconds: float) -> None:
        """Note how long the turn to write was waited for."""


class Unmetered:
    """The meter of whatever nobody watches."""

    def polled(self, source: str, kind: str, outcome: str) -> None: ...

    def ingested(self, *, new: int, alerting: int, reworded: int) -> None: ...

    def planned(self, deliveries: int) -> None: ...

    def sent(self, outcome: Outcome, seconds: float) -> None: ...

    def settled(self, state: State) -> None: ...

    def alerted(self, seconds: float) -> None: ...

    def edited(self, outcome: Outcome) -> None: ...

    def throttled(self, pauses: str) -> None: ...

    def asked(self, method: str, answer: str) -> None: ...

    def received(self, kind: str) -> None: ...

    def answered(self, kind: str, seconds: float) -> None: ...

    def hook_called(self, outcome: str) -> None: ...

    def used(self, work: str, seconds: float, *, failed: bool) -> None: ...

    def waited(self, seconds: float) -> None: ...
