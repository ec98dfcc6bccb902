"""Two invented newsrooms' month of news, labelled: which articles go on with which.

`tests/domain/newsrooms` holds scenes. Each scene has stories of several articles, and single
articles that go on with nothing though they have much in common with the stories: the same people
and places, another launch, another visit, the next month's figures. An article is
`[day, headline, dek, sections]`; a story's articles stand in their order.

A scene's name decides in which newsroom it happens: the rules of `bot.domain.story` are tuned on
the news of the one and held against those of the other. So tuning never sees what is judged.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from bot.domain.fingerprint import Fingerprint, fingerprint

FOLDER: Final = Path(__file__).resolve().parents[1] / "domain" / "newsrooms"
#: When day 0 begins.
_BEGIN: Final = datetime(2026, 3, 1, 9, tzinfo=UTC)
#: So many times as fast, 35 days are over before a story ends.
_CROWDED: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One article of a newsroom."""

    #: Its place in the newsroom's month, from 1.
    number: int
    scene: str
    #: The name of its story; its own headline where it is a single article.
    story: str
    headline: str
    dek: str
    at: datetime
    fingerprint: Fingerprint


def tuning() -> tuple[Told, ...]:
    """Return the month that the rules are tuned on, in the order of publication."""
    return _newsroom(0)


def held_out() -> tuple[Told, ...]:
    """Return the month that nothing was tuned on, in the order of publication."""
    return _newsroom(1)


def crowded(month: Iterable[Told]) -> tuple[Told, ...]:
    """Return the month as if all of it had happened within the days of one story.

    Whatever is told apart only because weeks lie between has to be told apart by its words.
    """
    return tuple(replace(one, at=_BEGIN + (one.at - _BEGIN) / _CROWDED) for one in month)


def _newsroom(number: int) -> tuple[Told, ...]:
    told = [
        (scene, story, article)
        for scene, told in _scenes()
        if crc32(scene.encode()) % 2 == number
        for story, article in _articles(told)
    ]
    told.sort(key=lambda one: one[2][0])
    return tuple(_told(place, *one) for place, one in enumerate(told, start=1))


def _scenes() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(file.read_text(encoding="utf-8")).items()


def _articles(scene: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    for story, articles in scene["stories"].items():
        yield from ((story, article) for article in articles)
    yield from ((article[1], article) for article in scene["singles"])


def _told(number: int, scene: str, story: str, article: list[Any]) -> Told:
    day, headline, dek, sections = article
    return Told(
        number=number,
        scene=scene,
        story=story,
        headline=headline,
        dek=dek,
        # Those of one day keep their order.
        at=_BEGIN + timedelta(days=day, seconds=number),
        fingerprint=fingerprint(headline, dek, sections.split()),
    )
