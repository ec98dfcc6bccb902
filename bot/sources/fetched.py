"""What a server answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.reading import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body, decompressed."""

    body: bytes
    #: As the server wrote it; empty where it did not.
    content_type: str
    #: Where the body was in the end; links in it are relative to this.
    url: str
    #: Where the source has moved for good, if it has.
    moved_to: str | None = None
    validators: Validators
    #: Names in any case.
    headers: Mapping[str, str]
    #: The lines of the `Link` header, of which there may be several.
    links: tuple[str, ...] = ()
    #: For how long the server calls it fresh; None where it does not say.
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The body is the one that the validators stand for."""

    validators: Validators
    #: For how long the server calls it fresh; None where it does not say.
    fresh_for: timedelta | None = None
