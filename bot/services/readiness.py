"""Looks at what tells whether the bot does its work; `bot.domain.readiness` judges it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.errors import DatabaseError
from bot.domain.readiness import (
    Check,
    Condition,
    Connection,
    SourceReadings,
    judge_deliveries,
    judge_sources,
    judge_telegram,
)
from bot.services.ports import Clock, Source, Store
from bot.services.records import SourceRecord
from bot.services.shared_look import SharedLook

#: Seconds; who supervises the bot seldom waits longer.
_PATIENCE: Final = 2.0
#: Seconds for which a look is good.
_KEEPS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What the database knows."""

    oldest_due: datetime | None
    sources: tuple[SourceReadings, ...]


class Readiness:
    """May be asked at any time, by any number."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sources: Sequence[Source],
        connection: Callable[[], Connection],
        sent_at: Callable[[], datetime | None],
        patience: float = _PATIENCE,
        keeps: float = _KEEPS,
    ) -> None:
        """`sent_at` tells when the last message went out."""
        self._store = store
        self._clock = clock
        self._sources = tuple(sources)
        self._connection = connection
        self._sent_at = sent_at
        self._started_at = clock()
        self._writing = SharedLook(self._write, patience=patience, keeps=keeps)
        self._reading = SharedLook(self._read, patience=patience, keeps=keeps)

    async def look(self) -> list[Check]:
        """Return every check, the database first."""
        database, stored = await asyncio.gather(self._written(), self._stored())
        now = self._clock()
        telegram = judge_telegram(self._connection(), self._started_at, now)
        if isinstance(stored, Check):
            return [stored, telegram]
        deliveries = judge_deliveries(stored.oldest_due, self._sent_at(), self._started_at, now)
        sources = judge_sources(stored.sources, self._started_at, now)
        return [database, deliveries, telegram, *sources]

    async def close(self) -> None:
        """Wait for a look that is under way: the database is to be closed."""
        await self._writing.close()
        await self._reading.close()

    async def _stored(self) -> _Stored | Check:
        """Return what the database knows, or what keeps it from telling."""
        try:
            return await self._reading.ask()
        except (DatabaseError, TimeoutError) as error:
            text = str(error) or "The database does not answer."
            return Check(name="database", condition=Condition.FAILED, text=text)

    async def _written(self) -> Check:
        """Return whether the database can be written."""
        try:
            await self._writing.ask()
        except TimeoutError:
            text = "The database takes no writing: another program or a slow disk holds it."
        except DatabaseError as error:
            text = str(error)
        else:
            return Check(name="database", condition=Condition.OK, text="It can be written.")
        return Check(name="database", condition=Condition.FAILED, text=text)

    async def _write(self) -> None:
        async with self._store.writing() as records:
            await records.touch()

    async def _read(self) -> _Stored:
        now = self._clock()
        async with self._store.reading() as records:
            oldest_due = await records.outbox.oldest_due(now)
            sources = readings(self._sources, await records.sources.every())
        return _Stored(oldest_due=oldest_due, sources=sources)


def readings(
    sources: Sequence[Source], records: Iterable[SourceRecord]
) -> tuple[SourceReadings, ...]:
    """Return what is known of each source's readings; one without a record had none.

    What is switched off is left out: it is not read, and so never late.
    """
    known = {(one.url, one.kind): one for one in records}
    pairs = ((one, known.get((one.url, one.kind))) for one in sources)
    return tuple(
        _readings(source, record)
        for source, record in pairs
        if record is None or record.switched_off_at is None
    )


def _readings(source: Source, record: SourceRecord | None) -> SourceReadings:
    return SourceReadings(
        url=source.url,
        kind=source.kind,
        interval=source.interval,
        read_at=record.read_at if record else None,
        failures=record.failures if record else 0,
    )
