"""What the rules of `bot.domain.story` make of a newsroom's month, and how much of it is right."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

from bot.domain.likeness import RULES, Archive, Rules
from bot.domain.story import Candidate, Continuation, same_story, strands
from bot.domain.words import stems
from tests.aids.newsrooms import Told

#: How many times as large as the month an archive has grown.
GROWN: Final = 40
#: Words of one scene only become more by a part of that.
_SELDOM: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """One article, and what it was found to go on with."""

    told: Told
    #: The first article of the story that it was given; itself where it was given none.
    head: Told
    found: Continuation | None
    #: Whether an earlier article tells the same story.
    goes_on: bool

    @property
    def is_joined(self) -> bool:
        return self.found is not None

    @property
    def is_right(self) -> bool:
        """Whether it goes on with something, and was given that."""
        return self.is_joined and self.head.story == self.told.story


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of the articles that were joined are right, and how many were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@cache
def wire() -> tuple[tuple[str, str, str], ...]:
    """Return the demo's invented news as section, headline and dek; no two tell one story."""
    told: dict[str, list[Any]] = tomllib.loads(
        (files("bot.demo.newsroom") / "wire.toml").read_text(encoding="utf-8")
    )
    return tuple(
        (section, article[0], article[1]) for section, all_of in told.items() for article in all_of
    )


def archive_of(month: Iterable[Told], growth: int = 1) -> Archive:
    """Return an archive that holds the month and the demo's news.

    With `growth` it is as if it had been kept for as many months: what is told of in several
    scenes is told of in every month, and what only one scene has, seldom.
    """
    texts = [*((one.scene, one.headline, one.dek) for one in month), *wire()]
    counts: Counter[str] = Counter()
    scenes: dict[str, set[str]] = defaultdict(set)
    for scene, headline, dek in texts:
        for term in set(stems(f"{headline} {dek}")):
            counts[term] += 1
            scenes[term].add(scene)
    rest = max(growth // _SELDOM, 1)
    grown = {term: n * (growth if len(scenes[term]) > 1 else rest) for term, n in counts.items()}
    return Archive(frequency=lambda term: grown.get(term, 0), total=len(texts) * growth)


def placings(month: Sequence[Told], archive: Archive, rules: Rules = RULES) -> Iterator[Placing]:
    """Place one article after the other, as the planner does."""
    heads: dict[int, Told] = {}
    earlier: list[Candidate] = []
    told: set[str] = set()
    for one in month:
        found = same_story(one.fingerprint, one.at, earlier, archive, rules)
        head = heads[found.candidate.article_id] if found else one
        heads[one.number] = head
        earlier.append(_candidate(one, head))
        yield Placing(told=one, head=head, found=found, goes_on=one.story in told)
        told.add(one.story)


def muted(
    placed: Iterable[Placing], archive: Archive, rules: Rules = RULES
) -> list[tuple[Told, Told]]:
    """Return whatever a mute holds back: the muted article, and a later one."""
    stories: dict[int, list[Told]] = defaultdict(list)
    for one in placed:
        stories[one.head.number].append(one.told)
    return [pair for story in stories.values() for pair in _muted_of(story, archive, rules)]


def _muted_of(story: Sequence[Told], archive: Archive, rules: Rules) -> Iterator[tuple[Told, Told]]:
    of_strand = strands([_candidate(one, story[0]) for one in story], archive, rules)
    for one, later in combinations(story, 2):
        if of_strand[one.number] == of_strand[later.number]:
            yield one, later


def _candidate(told: Told, head: Told) -> Candidate:
    return Candidate(
        article_id=told.number, story_id=head.number, fingerprint=told.fingerprint, at=told.at
    )


def tally(placed: Iterable[Placing]) -> Tally:
    all_of = list(placed)
    right = sum(one.is_right for one in all_of)
    return Tally(
        right=right,
        wrong=sum(one.is_joined for one in all_of) - right,
        missed=sum(one.goes_on and not one.is_right for one in all_of),
    )
