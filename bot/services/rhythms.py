"""At which tempo each source is read: learned from what it published, once a day.

What is learned is kept in memory only: it comes from the archive within milliseconds.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final, Protocol

import structlog

from bot.domain.rhythm import MOST_WEEKS, WEEK, Rhythm, learn
from bot.domain.tempo import Tempo, fixed, least_interval, tempo_of
from bot.services.ports import Clock, SourceKey, Store

log = structlog.get_logger(__name__)

#: Seconds between two sources, for whoever else wants the processor.
_BREATH: Final = 0.1


class TimedSource(Protocol):
    """A source, as far as it matters when it is read."""

    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def interval(self) -> timedelta: ...
    @property
    def least_interval(self) -> timedelta | None:
        """As the profile wants it; None where it leaves that open."""

    @property
    def fresh_for(self) -> timedelta | None:
        """For how long the server called its last answer fresh; None where it did not say."""


class Rhythms:
    """Knows the tempo of each source: the fixed interval until something is learned."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        zone: tzinfo,
        sources: Sequence[TimedSource],
        *,
        adaptive: bool = True,
    ) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self._sources = tuple(sources)
        self._adaptive = adaptive
        self._stopped = False
        self._tempos = {_key(one): fixed(one.interval, zone) for one in sources}

    def tempo(self, source: SourceKey) -> Tempo:
        return self._tempos[source]

    def stop(self) -> None:
        """Give up what is under way: it ends soon."""
        self._stopped = True

    async def learn(self, on_learned: Callable[[SourceKey], None] = lambda _: None) -> None:
        """Learn every source's tempo anew, one after another and off the event loop.

        `on_learned` is told of those whose tempo is not, or was not, the fixed one. Raises
        DatabaseError; what was learned by then holds.
        """
        for source in self._sources if self._adaptive else ():
            if self._stopped:
                return
            tempo = await learned(self._store, source, self._zone, self._clock())
            is_told = tempo.rhythm is not None or self._tempos[_key(source)].rhythm is not None
            self._tempos[_key(source)] = tempo
            if is_told:
                on_learned(_key(source))
                _tell(source, tempo)
            await asyncio.sleep(_BREATH)


def is_fixed(source: TimedSource) -> bool:
    """Return whether the source may not be read more often than it is at its fixed interval."""
    return _least(source) >= source.interval


async def learned(store: Store, source: TimedSource, zone: tzinfo, now: datetime) -> Tempo:
    """Return the tempo for what the source has published, worked out off the event loop."""
    if is_fixed(source):
        return fixed(source.interval, zone)
    async with store.reading() as records:
        known = await records.sources.find(*_key(source))
        if known is None:
            return fixed(source.interval, zone)
        beginning = now - MOST_WEEKS * WEEK
        moments = await records.publications.since(known.id, beginning)

    def work() -> Tempo:
        return tempo_of(learn(moments, zone, now), source.interval, _least(source), zone)

    return await asyncio.to_thread(work)


def _least(source: TimedSource) -> timedelta:
    return least_interval(source.interval, source.least_interval, source.fresh_for)


def _key(source: TimedSource) -> SourceKey:
    return source.url, source.kind


def _tell(source: TimedSource, tempo: Tempo) -> None:
    rhythm: Rhythm | None = tempo.rhythm
    log.info(
        "tempo_learned",
        source=source.url,
        articles=rhythm.articles if rhythm else 0,
        shortest=round(1 / max(tempo.densities)),
        longest=round(1 / min(tempo.densities)),
    )
