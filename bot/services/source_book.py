"""Keeps at hand what the database knows of sources that are well, so that a 304 costs it nothing.

Most polls bring nothing: to look a source up and to write down that it was read took four fifths of
a poll's time. The rules, in their order:

1. At hand is only what waits for nothing: a source that was read, did not fail and is not switched
   off. Everything else is looked up each time.
2. Whatever a reading changes but its own moment is written at once. The moment is put down with the
   others' by `write_down`, and at once where `keeps` have passed since that was done last.
3. What is at hand is dropped by what changes it here, and looked up anew by `write_down`: other
   commands change sources, too.
4. A kill costs the last moments. They are for people and for the watch of sources that are overdue,
   which counts in minutes; nothing is read twice for it, and nothing lost.
"""

import time
from datetime import datetime, timedelta

from bot.domain.errors import DatabaseError
from bot.domain.reading import SourceState
from bot.services.ports import Clock, Source, SourceKey, Store
from bot.services.records import SourceRecord


class SourceBook:
    """With no time to keep anything, every look is one into the database, and so is every word."""

    def __init__(self, store: Store, clock: Clock, keeps: timedelta = timedelta(0)) -> None:
        self._store = store
        self._clock = clock
        self._keeps = keeps.total_seconds()
        self._at_hand: dict[SourceKey, SourceRecord] = {}
        #: When sources were read that showed nothing new, by their ids.
        self._read_at: dict[int, datetime] = {}
        self._written = 0.0

    async def find(self, source: Source) -> SourceRecord:
        """Return what is known of the source, which is known from now on."""
        key = source.url, source.kind
        if key in self._at_hand:
            return self._at_hand[key]
        async with self._store.reading() as records:
            known = await records.sources.find(*key)
        if known is None:
            async with self._store.writing() as records:
                known = await records.sources.ensure(*key)
        self._remember(known)
        return known

    async def unchanged(self, record: SourceRecord, state: SourceState) -> None:
        """Put down that the source was read and showed nothing new."""
        if not (self._keeps and _is_well(record) and record.state == state):
            self.forget((record.url, record.kind))
            async with self._store.writing() as records:
                await records.sources.succeeded(record.id, state, self._clock())
            return
        self._read_at[record.id] = self._clock()
        if time.monotonic() - self._written >= self._keeps:
            await self.write_down()

    def forget(self, source: SourceKey) -> None:
        """Look the source up again before it is read."""
        self._at_hand.pop(source, None)

    async def write_down(self) -> None:
        """Write what is only at hand, and look everything up anew; raises DatabaseError."""
        self._written = time.monotonic()
        if self._read_at:
            await self._write()
        before = dict(self._at_hand)
        if not before:
            return
        async with self._store.reading() as records:
            found = {(one.url, one.kind): one for one in await records.sources.every()}
        for key, record in before.items():
            if self._at_hand.get(key) is record:  # else it was changed beside this look
                del self._at_hand[key]
                if key in found:
                    self._remember(found[key])

    async def _write(self) -> None:
        read_at, self._read_at = self._read_at, {}
        now = self._clock()
        try:
            async with self._store.writing() as records:
                # Where the clock was put back meanwhile, that has been noticed by what was written.
                await records.sources.seen({one: min(at, now) for one, at in read_at.items()})
        except DatabaseError:
            self._read_at = read_at | self._read_at
            raise

    def _remember(self, record: SourceRecord) -> None:
        if self._keeps and _is_well(record):
            self._at_hand[record.url, record.kind] = record


def _is_well(record: SourceRecord) -> bool:
    return (
        record.baselined_at is not None
        and record.failing_since is None
        and not record.failures
        and record.due_at is None
        and record.switched_off_at is None
        and record.retry_at is None
    )
