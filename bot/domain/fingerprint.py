"""What an article is recognised by: its terms, its names, and the forms that it comes in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Final

from bot.domain.porter import stem
from bot.domain.story_words import ANY_NEWS, MONTHS
from bot.domain.words import stems, words

#: With hyphens and apostrophes, as in Mi-sol and O'Hara.
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?:;\u2013\u2014]|^['\"\u2018\u201c]")
#: What parts a headline into a series' name, a title, an episode's number.
_PART: Final = re.compile(r"\s*[:|]\s+|\s+[|\u2013\u2014-]\s+")
#: Where more of the long words have capitals, these say nothing (Title Case).
_MOST_CAPITALS: Final = 0.75
_LONG: Final = 4
_SHORTEST: Final = 2
#: A new article is compared with those of some days, again and again the same ones.
_REMEMBERED: Final = 2_000


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
    #: The headline's words between colons, bars and dashes, without numbers; empty for one part.
    parts: frozenset[tuple[str, ...]] = frozenset()
    #: The dek's words in their order, without numbers.
    dek: tuple[str, ...] = ()
    #: The months that the headline names.
    months: frozenset[str] = frozenset()


def fingerprint(headline: str, dek: str, sections: Iterable[str] = ()) -> Fingerprint:
    return _fingerprint(headline, dek, frozenset(sections))


@lru_cache(maxsize=_REMEMBERED)
def _fingerprint(headline: str, dek: str, sections: frozenset[str]) -> Fingerprint:
    in_headline = _terms(headline)
    return Fingerprint(
        headline=frozenset(in_headline),
        terms=frozenset((*in_headline, *_terms(dek))),
        names=tuple(dict.fromkeys((*_names(headline), *_names(dek)))),
        sections=sections,
        parts=_parts(headline),
        dek=_plain(dek),
        months=MONTHS & set(words(headline)),
    )


def form(one: Fingerprint, other: Fingerprint) -> frozenset[str]:
    """Return the stems that both have only because they are of one series.

    Headlines that have a part word for word, numbers aside, are of one series ("Peninsula Podcast:
    … - Episode 301"); then the words with which both deks begin are the series' as well.
    """
    shared = one.parts & other.parts
    if not shared:
        return frozenset()
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one.dek, other.dek, strict=False))
    said = (word for part in shared for word in part)
    return frozenset(stem(word) for word in (*said, *(word for word, _ in same)))


def as_written(terms: Sequence[str], text: str) -> list[str]:
    """Return, for each of the stems that the text has, the word that it has it as."""
    spelled: dict[str, str] = {}
    for word in _WORD.findall(text):
        for term in stems(word):
            spelled.setdefault(term, word)
    return list(dict.fromkeys(spelled[term] for term in terms if term in spelled))


def _terms(text: str) -> list[str]:
    return [stem(word) for word in words(text) if _is_term(word)]


def _is_term(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in ANY_NEWS and not any(map(str.isdigit, word))


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if not any(map(str.isdigit, word)))


def _parts(headline: str) -> frozenset[tuple[str, ...]]:
    found = [_plain(part) for part in _PART.split(headline)]
    return frozenset(part for part in found if part) if len(found) > 1 else frozenset()


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
