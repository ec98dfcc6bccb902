"""Which of many standing searches an article may answer: few, of which each is then looked at.

Every search is filed under something that no answer can be without: a word, a beginning, a topic;
where OR joins several, under each of them. An article brings up what is filed under its own words,
their beginnings and its topics. What is filed nowhere (only dates, or only exclusions) always comes
up. Nothing is ever taken out: what a search said before brings it up needlessly, which costs a
look; so it is safe to file it before, after or while others ask.
"""

from collections.abc import Iterator
from typing import Final, TypeVar

from bot.domain.query import Carries, Document, Literal, Phrase, Prefix, Query, Term
from bot.domain.topic import Identity, TopicKind

#: What share of articles has a topic, roughly: what is rarer brings fewer searches up in vain.
_TOPIC_SHARES: Final = {TopicKind.AUTHOR: 0.02, TopicKind.SECTION: 0.1, TopicKind.LABEL: 0.2}
#: Long words are rare: every letter more makes a word half as frequent, and less so a beginning,
#: which many words share.
_RARER_WORD: Final = 2.0
_RARER_START: Final = 1.5
#: No article need have any of it.
_NEEDLESS: Final = 2.0

#: One number, or several: most keys have only one, and fifty thousand lists would be heavy.
_Filed = int | list[int]
_Key = TypeVar("_Key", str, Identity)


class StandingIndex:
    """Standing searches by what brings them up."""

    def __init__(self) -> None:
        self._by_stem: dict[str, _Filed] = {}
        self._by_start: dict[str, _Filed] = {}
        self._by_topic: dict[Identity, _Filed] = {}
        self._always: set[int] = set()
        self._longest_start = 0

    def file(self, number: int, query: Query) -> None:
        """File a search by its number; one that was changed is filed once more."""
        group = min(query.groups, key=_share, default=())
        if not group or any(_share_of(literal) is _NEEDLESS for literal in group):
            self._always.add(number)
            return
        for literal in group:
            self._file(number, literal.term)

    def brought_up(self, found: Document) -> set[int]:
        """Return the numbers of all searches that the article may answer."""
        words = {*found.headline, *found.dek}
        up = set(self._always)
        for word in words:
            up.update(_numbers(self._by_stem.get(word)))
        starts = {start for word in (*words, *found.inflected) for start in self._starts(word)}
        for start in starts:
            up.update(_numbers(self._by_start.get(start)))
        for identity in found.topics:
            up.update(_numbers(self._by_topic.get(identity)))
        return up

    def _file(self, number: int, term: Term) -> None:
        match term:
            case Phrase(stems):
                _put(self._by_stem, max(stems, key=len), number)
            case Prefix(start):
                _put(self._by_start, start, number)
                self._longest_start = max(self._longest_start, len(start))
            case Carries(kind, key):
                _put(self._by_topic, (kind, key), number)
            case _:
                raise TypeError(term)

    def _starts(self, word: str) -> Iterator[str]:
        for length in range(1, min(len(word), self._longest_start) + 1):
            yield word[:length]


def _put(where: dict[_Key, _Filed], key: _Key, number: int) -> None:
    filed = where.get(key)
    if filed is None:
        where[key] = number
    elif isinstance(filed, list):
        if filed[-1] != number:
            filed.append(number)
    elif filed != number:
        where[key] = [filed, number]


def _numbers(filed: _Filed | None) -> list[int]:
    if filed is None:
        return []
    return filed if isinstance(filed, list) else [filed]


def _share(group: tuple[Literal, ...]) -> float:
    """Return about which share of all articles one of these brings up; over 1 for all of them."""
    return sum(_share_of(literal) for literal in group)


def _share_of(literal: Literal) -> float:
    if literal.negated:
        return _NEEDLESS
    match literal.term:
        case Phrase(stems):
            return 1 / _RARER_WORD ** max(len(stem) for stem in stems)
        case Prefix(start):
            return 1 / _RARER_START ** len(start)
        case Carries(kind, _):
            return _TOPIC_SHARES[kind]
    return _NEEDLESS
