"""The search grammar: what a query means, and whether an article answers it.

A query is a row of groups, all of which must hold; a group is a row of literals joined by OR, one
of which must hold. OR joins only its neighbours: `a b OR c` is a and (b or c). A literal is one
term, or with a hyphen before it the term's absence:

- `word`: the word occurs, in any inflection; `Kim-Yo` is the phrase "Kim Yo"
- `"a phrase"`: the words occur one after another, in the headline or in the dek
- `prefix*`: a word begins so, either as it stands or by its stem
- `section:KEY`, `author:"A Name"`, `label:KEY`: the article carries the topic
- `after:2024-01-31`: published when that day is over; `before:2024-03`: before that month begins.
  A year, a month or a day, in the site's zone.

`bot.domain.query_parser` reads it; `bot.storage.search` asks the index the same question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.article import Article
from bot.domain.topic import Topic, TopicKind
from bot.domain.words import inflected, stems


@dataclass(frozen=True, slots=True)
class Phrase:
    """One stem, or several that follow one another."""

    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The folded beginning of a word."""

    start: str


@dataclass(frozen=True, slots=True)
class Carries:
    """The article carries the topic."""

    kind: TopicKind
    key: str


@dataclass(frozen=True, slots=True)
class From:
    """Published at that moment or later."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Until:
    """Published before that moment."""

    moment: datetime


Term = Phrase | Prefix | Carries | From | Until


@dataclass(frozen=True, slots=True)
class Literal:
    term: Term
    negated: bool = False


class Fault(StrEnum):
    """What is wrong with a part of a query; the reader is told, and the part is left out."""

    NO_DATE = "no-date"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Problem:
    fault: Fault
    #: The part as the reader typed it.
    part: str


@dataclass(frozen=True, slots=True)
class Query:
    groups: tuple[tuple[Literal, ...], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as the index sees it."""

    headline: Sequence[str]
    dek: Sequence[str]
    #: The words that differ from their stems.
    inflected: Sequence[str]
    topics: frozenset[tuple[TopicKind, str]]
    published: datetime


def document(headline: str, dek: str, topics: Sequence[Topic], published: datetime) -> Document:
    return Document(
        headline=stems(headline),
        dek=stems(dek),
        inflected=inflected(f"{headline} {dek}"),
        topics=frozenset(topic.identity for topic in topics),
        published=published,
    )


def document_of(article: Article) -> Document:
    return document(article.headline, article.dek, article.topics, article.published.at)


def answers(query: Query, found: Document) -> bool:
    """Return whether the article answers the query; one without groups is answered by all."""
    return all(any(_holds(literal, found) for literal in group) for group in query.groups)


def _holds(literal: Literal, found: Document) -> bool:
    return _occurs(literal.term, found) is not literal.negated


def _occurs(term: Term, found: Document) -> bool:
    match term:
        case Phrase(wanted):
            return any(_follow(wanted, text) for text in (found.headline, found.dek))
        case Prefix(start):
            return any(word.startswith(start) for word in _every_word(found))
        case Carries(kind, key):
            return (kind, key) in found.topics
        case From(moment):
            return found.published >= moment
        case Until(moment):
            return found.published < moment
    assert_never(term)


def _follow(wanted: tuple[str, ...], text: Sequence[str]) -> bool:
    if wanted[0] not in text:  # most often, and quickly found
        return False
    length = len(wanted)
    if length == 1:
        return True
    starts = range(len(text) - length + 1)
    return any(tuple(text[start : start + length]) == wanted for start in starts)


def _every_word(found: Document) -> Iterator[str]:
    yield from found.headline
    yield from found.dek
    yield from found.inflected
