"""Endless invented articles, the same ones for the same seed."""

import re
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any, Final

from bot.demo.newsroom.article import (
    SiteArticle,
    address_slug,
    label_named,
    section_named,
)
from bot.demo.newsroom.deck import dealt, shuffled
from bot.domain.topic import Topic

_SLOT: Final = re.compile(r"{(\w+)(:cap)?}")
#: Of the first articles, this many out of ten are written by hand.
_WRITTEN_SHARE: Final = 6
_AUTHORS: Final = (1, 1, 1, 1, 2, 2, 3)
#: A section waits for this many stories of others, unless so many draws find no other.
_TURNS: Final = 4
_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class Story:
    """A headline and its dek; templates have slots in both."""

    section: str
    headline: str
    dek: str
    label: str | None = None


class Invention:
    """Invents one article after the other: headlines never repeat, authors take turns."""

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)  # noqa: S311 - stories, not secrets
        parts = _loaded("parts.toml")
        self._words: dict[str, list[str]] = parts["words"]
        self._neighbors: dict[str, list[str]] = parts["neighbors"]
        self._names: list[str] = parts["bylines"]["names"]
        self._desk: str = parts["bylines"]["desk"]
        self._written = shuffled(self._random, _stories(_loaded("wire.toml")))
        self._templates = dealt(self._random, _stories(parts["templates"]))
        self._decks: dict[str, Iterator[str]] = {}
        self._told: set[str] = set()
        self._stock = frozenset(self._written)
        #: The sections of the latest stories.
        self._recent: deque[str] = deque(maxlen=_TURNS)

    def article(self, at: datetime) -> SiteArticle:
        """Invent the next article, published at this (aware) moment."""
        story = self._next_story()
        main = section_named(story.section)
        return SiteArticle(
            headline=story.headline,
            dek=story.dek,
            authors=self._byline(),
            sections=self._sections(main),
            labels=(label_named(story.label),) if story.label else (),
            published=at,
        )

    def past(self, count: int, *, until: datetime) -> list[SiteArticle]:
        """Invent what was published before `until`, oldest first, a few pieces a day."""
        moments = [until]
        for _ in range(count):
            moments.append(moments[-1] - timedelta(minutes=self._random.randint(40, 400)))
        return [self.article(at) for at in reversed(moments[1:])]

    def _next_story(self) -> Story:
        """Return a story of a section that was not served just now, if one soon turns up."""
        story = self._any_story()
        for _ in range(_TRIES):
            if story.section not in self._recent:
                break
            if story in self._stock:
                self._written.insert(0, story)
            story = self._any_story()
        self._recent.append(story.section)
        self._told.add(address_slug(story.headline))
        return story

    def _any_story(self) -> Story:
        if self._written and self._random.randrange(10) < _WRITTEN_SHARE:
            return self._written.pop()
        return self._composed()

    def _composed(self) -> Story:
        """Fill templates until a headline is new: with thousands of fillings, nearly at once."""
        while True:
            template = next(self._templates)
            drawn: dict[str, str] = {}
            headline = self._filled(template.headline, drawn)
            if address_slug(headline) not in self._told:
                dek = self._filled(template.dek, drawn)
                return Story(template.section, headline, dek, template.label)

    def _filled(self, template: str, drawn: dict[str, str]) -> str:
        """Fill the slots; headline and dek share what was drawn, but for numbers."""

        def fill(slot: re.Match[str]) -> str:
            word, capital = slot[1], slot[2]
            value = self._number(word) or drawn.setdefault(word, self._drawn(word))
            return value[:1].upper() + value[1:] if capital else value

        text = _SLOT.sub(fill, template)
        return text[:1].upper() + text[1:]

    def _number(self, word: str) -> str | None:
        if word == "p":
            return str(self._random.randint(3, 48))
        return (
            str(self._random.choice((4, 6, 7, 8, 9, 14, 17, 19, 26, 38))) if word == "n" else None
        )

    def _drawn(self, word: str) -> str:
        """Draw from a deck of the words, so that all are used before one comes again."""
        if word not in self._decks:
            self._decks[word] = dealt(self._random, self._words[word])
        return next(self._decks[word])

    def _byline(self) -> tuple[str, ...]:
        """One to three authors, or now and then nobody but the desk."""
        if not self._random.randrange(20):
            return (self._desk,)
        return tuple(self._random.sample(self._names, self._random.choice(_AUTHORS)))

    def _sections(self, main: Topic) -> tuple[Topic, ...]:
        """Return the section, and for every fourth article or so a second one."""
        if self._random.randrange(4):
            return (main,)
        return (main, section_named(self._random.choice(self._neighbors[main.key])))


def _stories(table: dict[str, list[list[str]]]) -> list[Story]:
    return [Story(section, *story) for section, stories in table.items() for story in stories]


def _loaded(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
