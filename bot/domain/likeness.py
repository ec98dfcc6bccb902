"""How alike two articles are, and by which words one can tell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from bot.domain.fingerprint import Fingerprint, form
from bot.domain.story_words import EVERYDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The measures of the rules in `bot.domain.story`, which `benchmarks/stories.py` tunes."""

    #: How alike two articles of one story are at least.
    least_score: float = 0.26
    #: How much evidence there is at least that they are of one story.
    least_evidence: int = 4
    #: How alike they are at least, and how many telling terms they share, where they are so surely
    #: of one story that a mute of the one holds back the other.
    sure_score: float = 0.35
    sure_telling: int = 2
    #: A term is rare from here on; 0 is in every article, 1 in none.
    rare: float = 0.2
    #: What a term weighs more in a headline, and as a name.
    in_headline: float = 1.5
    name: float = 1.4
    #: What articles without a section in common keep of their likeness.
    other_sections: float = 0.7
    #: How much of `least_score` an article reaches, on average, with the others of a story.
    others: float = 0.4


RULES: Final = Rules()


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
class Likeness:
    """How alike two articles are, and why."""

    #: From 0 to 1.
    score: float
    #: The shared stems, the weightiest first.
    shared_terms: tuple[str, ...]
    #: How many of them are rare and telling, a name's words counted as one.
    telling: int
    #: How many of them are rare, the telling ones counted twice.
    evidence: int

    def is_story(self, rules: Rules = RULES) -> bool:
        """Return whether they are of one story."""
        enough = self.telling > 0 and self.evidence >= rules.least_evidence
        return enough and self.score >= rules.least_score

    def is_sure(self, rules: Rules = RULES) -> bool:
        """Return whether they are so beyond doubt."""
        beyond_doubt = self.score >= rules.sure_score and self.telling >= rules.sure_telling
        return beyond_doubt and self.is_story(rules)


_NOTHING: Final = Likeness(score=0.0, shared_terms=(), telling=0, evidence=0)


def likeness(
    one: Fingerprint, other: Fingerprint, archive: Archive, rules: Rules = RULES
) -> Likeness:
    """Return how alike two articles are; the same whichever comes first."""
    if one.months and other.months and not one.months & other.months:
        return _NOTHING
    apart = form(one, other)
    left, right = _weights(one, apart, archive, rules), _weights(other, apart, archive, rules)
    products = {term: left[term] * right[term] for term in left.keys() & right.keys()}
    shared = sorted(products, key=lambda term: (-products[term], term))
    # Sums in one order: the last bits of a float depend on it.
    dot = sum(products[term] for term in shared)
    score = min(dot / (_length(left) * _length(right)), 1.0) if dot else 0.0
    if one.sections and other.sections and not one.sections & other.sections:
        score *= rules.other_sections
    names = (*one.names, *other.names)
    rare = {term for term in shared if archive.rarity(term) >= rules.rare}
    telling = _count(rare - EVERYDAY, names)
    return Likeness(
        score=score,
        shared_terms=tuple(shared),
        telling=telling,
        evidence=_count(rare, names) + telling,
    )


def _weights(
    of: Fingerprint, apart: frozenset[str], archive: Archive, rules: Rules
) -> Mapping[str, float]:
    in_names: dict[str, int] = {}
    for name in of.names:
        for term in name:
            in_names[term] = min(in_names.get(term, len(name)), len(name))
    return {
        term: archive.rarity(term)
        * (rules.in_headline if term in of.headline else 1.0)
        * (rules.name / in_names[term] if term in in_names else 1.0)
        for term in of.terms - apart
    }


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weights[term] ** 2 for term in sorted(weights)))


def _count(terms: Iterable[str], names: Sequence[frozenset[str]]) -> int:
    """Return how many of the terms there are, where those of one name count once."""
    left = set(terms)
    count = 0
    for name in sorted(names, key=lambda name: (-len(name), sorted(name))):
        if left & name:
            left -= name
            count += 1
    return count + len(left)
