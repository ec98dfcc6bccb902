"""What reading a source yields, and what is remembered of it for the next time."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.article import Teaser
from bot.domain.hub import HubLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes a request conditional (RFC 9110, section 13); as the server gave it."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between two readings."""

    validators: Validators = Validators()
    #: What stands for the last body, and for how it was read; the reader's own matter.
    body_hash: str | None = None
    #: How many teasers a reading usually yields; None before the first.
    usual_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source's teasers, in its order; without those that the last stored reading had alike."""

    teasers: tuple[Teaser, ...]
    #: To be remembered for the next reading.
    state: SourceState
    #: For how long the server calls its answer fresh; None where it does not say.
    fresh_for: timedelta | None = None
    #: What was left out and why, in words for the operator.
    notes: tuple[str, ...] = ()
    #: What it says of itself to those who want to be told of news; None where it names no hub.
    hub: HubLink | None = None
    #: How many more it shows, the same as before.
    unchanged: int = 0

    @property
    def count(self) -> int:
        """How many articles the source shows."""
        return len(self.teasers) + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source shows what it showed before; a hub that it named it names still."""

    state: SourceState
    #: For how long the server calls its answer fresh; None where it does not say.
    fresh_for: timedelta | None = None
