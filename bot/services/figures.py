"""Gathers what is counted by looking, when somebody asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.errors import DatabaseError
from bot.domain.readiness import Connection, SourceReadings
from bot.services.ports import Clock, Source, Store
from bot.services.readiness import readings
from bot.services.records import OpenFigures
from bot.services.shared_look import SharedLook

#: Seconds; less than the ten that Prometheus waits by default.
_PATIENCE: Final = 5.0
#: Seconds for which a look is good.
_KEEPS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the database holds at one moment."""

    at: datetime
    deliveries: OpenFigures
    sources: tuple[SourceReadings, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    #: None where the database could not be read in time.
    stored: Stored | None
    connection: Connection


class Figures:
    """May be asked at any time, by any number."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sources: Sequence[Source],
        connection: Callable[[], Connection],
        patience: float = _PATIENCE,
        keeps: float = _KEEPS,
    ) -> None:
        self._store = store
        self._clock = clock
        self._sources = tuple(sources)
        self._connection = connection
        self._reading = SharedLook(self._read, patience=patience, keeps=keeps)

    async def look(self) -> Snapshot:
        try:
            stored = await self._reading.ask()
        except (DatabaseError, TimeoutError):
            stored = None
        return Snapshot(stored=stored, connection=self._connection())

    async def close(self) -> None:
        """Wait for a look that is under way: the database is to be closed."""
        await self._reading.close()

    async def _read(self) -> Stored:
        now = self._clock()
        async with self._store.reading() as records:
            deliveries = await records.outbox.open_figures(now)
            sources = readings(self._sources, await records.sources.every())
        return Stored(at=now, deliveries=deliveries, sources=sources)
