"""What the command line shows of a round's work."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.article import Teaser


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that `check` looked at."""

    subject: str
    verdict: Verdict
    #: What was found.
    text: str
    #: What to do about it; empty where all is well.
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one source yielded."""

    #: The source's address.
    source: str
    kind: str
    #: baseline, read, unchanged, failed or switched off.
    outcome: str
    #: Without those that the last reading had alike.
    teasers: tuple[Teaser, ...] = ()
    #: How many more articles the source shows.
    unchanged: int = 0
    #: How many articles were not known before.
    new: int = 0
    #: How many of them are matched with subscribers.
    alerts: int = 0
    #: What went wrong; empty where nothing did.
    fault: str = ""

    @property
    def count(self) -> int:
        """How many articles the source shows."""
        return len(self.teasers) + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What `import` brought into the archive."""

    #: Teasers in all files.
    read: int
    new: int
    #: One line for each file that could not be read.
    faults: tuple[str, ...] = ()
