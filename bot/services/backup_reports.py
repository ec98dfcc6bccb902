"""What backups, restores, upgrades and prunings report."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a database's file was found to hold, when it was opened and looked over."""

    #: The schema's revision.
    revision: str
    articles: int
    subscribers: int
    #: Deliveries, settled ones too.
    deliveries: int
    #: Deliveries that are not settled.
    open_deliveries: int
    #: The latest moment that it knows of: the last reading, publication or delivery. Aware.
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """A copy that was made, and opened to see that it is good."""

    #: The copy's path.
    file: str
    #: In bytes.
    size: int
    #: How long it took, with the looking over.
    seconds: float
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """What is in the database's place now."""

    file: str
    database: str
    contents: Contents
    #: The database that was there before; None where there was none.
    kept: str | None
    #: Open deliveries that are too old to be sent, or not to be sent on request.
    dropped: int
    #: Open deliveries that stay owed.
    still_owed: int
    #: What the schema was brought up to date with, oldest first.
    steps: tuple[str, ...]
    #: Whether what may have been sent since the backup is never sent again.
    no_repeats: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeReport:
    """How a database was brought up to date."""

    #: The steps that were taken, oldest first.
    steps: tuple[str, ...] = ()
    #: The copy of what was there before; None where none was made.
    copy: str | None = None
    #: Why none was made, though one was wanted; empty otherwise.
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneReport:
    """What was deleted because it is over; or of a dry run, what would be."""

    #: Articles that alert no more, and are not corrected any more.
    closed: int = 0
    #: Settled deliveries.
    deliveries: int = 0
    articles: int = 0
    #: Codes of /move, set-ups of channels, and broadcasts, that ended long ago.
    expired: int = 0
    #: By how many bytes the file became smaller.
    freed: int = 0

    @property
    def is_empty(self) -> bool:
        return self == PruneReport()
