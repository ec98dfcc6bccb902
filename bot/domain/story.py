"""Whether an article goes on with a story that a chat already got, and by which words one can tell.

The rules, in their order:

1. An article's terms are the stems of its headline and dek, without numbers, single letters and
   the words that any news has (`bot.domain.story_words`).
2. A term weighs the more, the fewer articles of the archive have it; more again in a headline, and
   as a name, which is a word with a capital where no sentence begins. The words of one name share
   one name's weight.
3. Two articles are alike by the cosine of their terms' weights: 0 for nothing in common, 1 for the
   same terms. Where both have sections and share none, that counts for less.
4. They tell the same story when they are alike enough, are published within a few days, and share
   several rare terms, of which the words of one name are one: a name is not yet a story.
5. Of several earlier articles the most alike is answered; of equals the latest.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import log, sqrt
from typing import Final

from bot.domain.article import require_aware
from bot.domain.porter import stem
from bot.domain.story_words import ANY_NEWS
from bot.domain.words import words

#: How long after an article another may go on with its story.
STORY_WINDOW: Final = timedelta(days=5)
#: How alike two articles of one story are at least; tuned on a corpus of invented headlines.
LEAST_SCORE: Final = 0.27
#: How many rare terms they share at least.
LEAST_TERMS: Final = 3
#: A term is rare from here on; 0 is in every article, 1 in none.
_RARE: Final = 0.25
_IN_HEADLINE: Final = 1.5
_NAME: Final = 1.4
_OTHER_SECTIONS: Final = 0.7
#: With hyphens and apostrophes, as in Mi-sol and O'Hara.
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?:;\u2013\u2014]|^['\"\u2018\u201c]")
#: Where more of the long words have capitals, these say nothing (Title Case).
_MOST_CAPITALS: Final = 0.75
_LONG: Final = 4
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What an article is recognised by."""

    #: Stems of the headline.
    headline: frozenset[str]
    #: Stems of headline and dek.
    terms: frozenset[str]
    #: The stems of each name that was found in the text.
    names: tuple[frozenset[str], ...] = ()
    #: Keys of the sections.
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """How common terms are."""

    #: How many articles have the stem in headline or dek.
    frequency: Callable[[str], int]
    #: How many articles there are.
    total: int

    def rarity(self, term: str) -> float:
        """Return 1 for a term that no article has, down to 0 for one that all have."""
        common = log(1 + max(self.frequency(term), 0)) / log(2 + max(self.total, 0))
        return max(0.0, 1.0 - common)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that the chat got."""

    article_id: int
    fingerprint: Fingerprint
    #: When it was published. Aware.
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two articles are, and why."""

    #: From 0 to 1.
    score: float
    #: The shared stems, the weightiest first.
    shared_terms: tuple[str, ...]
    #: How many of them are rare, a name's words counted as one.
    evidence: int

    @property
    def is_same_story(self) -> bool:
        return self.score >= LEAST_SCORE and self.evidence >= LEAST_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """The earlier article whose story goes on."""

    candidate: Candidate
    likeness: Likeness


def fingerprint(headline: str, dek: str, sections: Iterable[str] = ()) -> Fingerprint:
    in_headline = _terms(headline)
    return Fingerprint(
        headline=frozenset(in_headline),
        terms=frozenset((*in_headline, *_terms(dek))),
        names=tuple(dict.fromkeys((*_names(headline), *_names(dek)))),
        sections=frozenset(sections),
    )


def likeness(one: Fingerprint, other: Fingerprint, archive: Archive) -> Likeness:
    """Return how alike two articles are; the same whichever comes first."""
    left, right = _weights(one, archive), _weights(other, archive)
    products = {term: left[term] * right[term] for term in left.keys() & right.keys()}
    shared = sorted(products, key=lambda term: (-products[term], term))
    # Sums in one order: the last bits of a float depend on it.
    dot = sum(products[term] for term in shared)
    score = min(dot / (_length(left) * _length(right)), 1.0) if dot else 0.0
    if one.sections and other.sections and not one.sections & other.sections:
        score *= _OTHER_SECTIONS
    rare = {term for term in shared if archive.rarity(term) >= _RARE}
    evidence = _evidence(rare, (*one.names, *other.names))
    return Likeness(score=score, shared_terms=tuple(shared), evidence=evidence)


def same_story(
    new: Fingerprint, at: datetime, earlier: Sequence[Candidate], archive: Archive
) -> Continuation | None:
    """Return which of the earlier articles tells the story that the new one goes on with, if any.

    `at` is when the new article was published; what came later than that counts as well, since
    sources tell of articles out of order.
    """
    require_aware(at)
    near = (candidate for candidate in earlier if abs(candidate.at - at) <= STORY_WINDOW)
    found = (
        Continuation(candidate=each, likeness=likeness(new, each.fingerprint, archive))
        for each in near
    )
    return max((each for each in found if each.likeness.is_same_story), key=_rank, default=None)


def _rank(found: Continuation) -> tuple[float, datetime, int]:
    return found.likeness.score, found.candidate.at, found.candidate.article_id


def _terms(text: str) -> list[str]:
    return [stem(word) for word in words(text) if _is_term(word)]


def _is_term(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in ANY_NEWS and not any(map(str.isdigit, word))


def _names(text: str) -> list[frozenset[str]]:
    """Return the names: runs of words with capitals that are not due to a sentence's beginning."""
    found = list(_WORD.finditer(text))
    capitals = [word[0][:1].isupper() for word in found]
    if _is_title_case(found):
        return []
    runs: list[list[str]] = [[]]
    for place, word in enumerate(found):
        between = text[found[place - 1].end() : word.start()] if place else text[: word.start()]
        begins = not place or bool(_SENTENCE_END.search(between))
        if between.strip() or not capitals[place]:
            runs.append([])
        if capitals[place] and (not begins or _goes_on(found, capitals, place)):
            runs[-1].append(word[0])
    named = (frozenset(_terms(" ".join(run))) for run in runs)
    return [stems for stems, _ in groupby(named) if stems]


def _is_title_case(found: Sequence[re.Match[str]]) -> bool:
    long_words = [word[0] for word in found if len(word[0]) >= _LONG]
    capitals = sum(word[:1].isupper() for word in long_words)
    return capitals > _MOST_CAPITALS * len(long_words)


def _goes_on(found: Sequence[re.Match[str]], capitals: Sequence[bool], place: int) -> bool:
    """Return whether the word at a sentence's beginning is part of a name, or an acronym."""
    followed = place + 1 < len(found) and capitals[place + 1]
    return followed or (found[place][0].isupper() and len(found[place][0]) >= _SHORTEST)


def _weights(of: Fingerprint, archive: Archive) -> Mapping[str, float]:
    in_names: dict[str, int] = {}
    for name in of.names:
        for term in name:
            in_names[term] = min(in_names.get(term, len(name)), len(name))
    return {
        term: archive.rarity(term)
        * (_IN_HEADLINE if term in of.headline else 1.0)
        * (_NAME / in_names[term] if term in in_names else 1.0)
        for term in of.terms
    }


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weights[term] ** 2 for term in sorted(weights)))


def _evidence(rare: Iterable[str], names: Sequence[frozenset[str]]) -> int:
    """Return how many of the terms there are, where those of one name count once."""
    left = set(rare)
    count = 0
    for name in sorted(names, key=lambda name: (-len(name), sorted(name))):
        if left & name:
            left -= name
            count += 1
    return count + len(left)
