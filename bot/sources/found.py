"""What a reader finds in one body."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.domain.topic import Topic
from bot.sources.hub_links import NO_LINKS, Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Teasers in the order of the body, no article twice."""

    teasers: tuple[Teaser, ...]
    #: What was left out and why, in words for the operator.
    notes: tuple[str, ...] = ()
    #: What a feed says of itself.
    links: Links = NO_LINKS
    #: How many more there are that have not changed since the last reading, and are left out.
    unchanged: int = 0

    @property
    def count(self) -> int:
        return len(self.teasers) + self.unchanged

    def within(self, section: Topic | None) -> Self:
        """Return the same with this section put before each teaser's own."""
        if section is None:
            return self
        return replace(self, teasers=tuple(teaser.within(section) for teaser in self.teasers))


def unique_teasers(teasers: Iterable[Teaser]) -> tuple[Teaser, ...]:
    """Return each article once: its first teaser."""
    kept: dict[str, Teaser] = {}
    for teaser in teasers:
        kept.setdefault(teaser.key, teaser)
    return tuple(kept.values())


def counted(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return one note per reason, with how often it was met."""
    return tuple(f"{count} x {reason}" for reason, count in Counter(reasons).items())


def found_of(entries: Iterable[Teaser | str], *notes: str) -> Found:
    """Return what entries came to: each a teaser, or the reason why it is none.

    Raises SourceError `no-teasers` where there are entries and none is an article.
    """
    entries = list(entries)
    teasers = unique_teasers(entry for entry in entries if isinstance(entry, Teaser))
    reasons = counted(entry for entry in entries if isinstance(entry, str))
    if reasons and not teasers:
        raise SourceError(
            "no-teasers", f"No entry is an article of the site: {', '.join(reasons)}."
        )
    return Found(teasers=teasers, notes=(*notes, *reasons))
