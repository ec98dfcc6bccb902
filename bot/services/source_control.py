"""Sources as administrators see and steer them: read now, switched off and on.

The rules, in their order:

1. A source that is switched off is read by nobody: not by the running bot, not by `dekbot poll`,
   not on request. What is being read at that moment is still stored.
2. Switched on, it is read soon, whatever its back-off was; what it lists by then alerts as after
   any outage: not what is older than the oldest alert may be.
3. On request a source is read at once, beside its plan and never beside another reading of it; not
   within half a minute of the last one, and never before its server's own wish is granted.
4. Whoever asks waits a few seconds for the outcome; a reading that takes longer goes on.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import structlog

from bot.domain.backoff import readable_at
from bot.domain.condition import Condition, condition_of
from bot.services.ports import Clock, Rounds, SourceKey, Store
from bot.services.records import SourceRecord
from bot.services.reports import PollReport

log = structlog.get_logger(__name__)

#: Seconds; Telegram takes the answer to a pressed button for a while only.
_PATIENCE: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    record: SourceRecord
    condition: Condition
    #: When it is read next, as planned; None where that is not known, or never.
    next_reading: datetime | None

    @property
    def id(self) -> int:
        return self.record.id


class Refusal(StrEnum):
    """Why a source is not read now."""

    OFF = "switched off"
    TOO_SOON = "too soon"
    UNDER_WAY = "under way"
    #: The reading was begun, and goes on.
    STILL_READING = "still reading"
    #: The database or the bot itself kept it from being read; the log has it.
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking for a reading."""

    report: PollReport | None = None
    refusal: Refusal | None = None
    #: When it may be asked for, where that is too soon.
    until: datetime | None = None

    @property
    def outcome(self) -> str:
        """For the log."""
        return self.report.outcome if self.report else str(self.refusal)


class SourceControl:
    """Knows the sources that are polled, in the profile's order; no others can be steered."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        sources: Sequence[SourceKey],
        rounds: Callable[[], Rounds],
        patience: float = _PATIENCE,
    ) -> None:
        """Take the plan of the running bot from `rounds`, since it is made later than this."""
        self._store = store
        self._clock = clock
        self._sources = tuple(dict.fromkeys(sources))
        self._rounds = rounds
        self._patience = patience

    async def every(self) -> list[SourceView]:
        async with self._store.reading() as records:
            known = {(one.url, one.kind): one for one in await records.sources.every()}
        missing = [key for key in self._sources if key not in known]
        if missing:
            async with self._store.writing() as records:
                known |= {key: await records.sources.ensure(*key) for key in missing}
        return [self._view(known[key]) for key in self._sources]

    async def find(self, source_id: int) -> SourceView | None:
        return next((one for one in await self.every() if one.id == source_id), None)

    async def switch(self, view: SourceView, *, on: bool, by: int) -> bool:
        """Switch the source on or off; return False where it was so already."""
        record = view.record
        async with self._store.writing() as records:
            change = records.sources.switch_on if on else records.sources.switch_off
            is_changed = await change(record.id, self._clock())
        self._rounds().renew(_key(record))
        if is_changed:
            event = "source_switched_on" if on else "source_switched_off"
            log.info(event, source=record.url, by=by)
        if on:
            self._rounds().read_soon(_key(record))
        return is_changed

    async def read_now(self, view: SourceView, *, by: int) -> Asked:
        asked = await self._read(view)
        log.info("source_reading_asked", source=view.record.url, by=by, outcome=asked.outcome)
        return asked

    async def _read(self, view: SourceView) -> Asked:
        record, rounds = view.record, self._rounds()
        if record.switched_off_at is not None:
            return Asked(refusal=Refusal.OFF)
        if rounds.is_reading(_key(record)):
            return Asked(refusal=Refusal.UNDER_WAY)
        begun = max(filter(None, (rounds.begun_at(_key(record)), record.read_at)), default=None)
        until = readable_at(self._clock(), begun, record.retry_at)
        if until is not None:
            return Asked(refusal=Refusal.TOO_SOON, until=until)
        try:
            async with asyncio.timeout(self._patience):
                report = await rounds.read_now(_key(record))
        except TimeoutError:
            return Asked(refusal=Refusal.STILL_READING)
        return Asked(report=report) if report else Asked(refusal=Refusal.FAULT)

    def _view(self, record: SourceRecord) -> SourceView:
        condition = condition_of(
            read_at=record.read_at,
            failing_since=record.failing_since,
            switched_off_at=record.switched_off_at,
        )
        planned = self._rounds().next_at(_key(record))
        if condition is Condition.OFF:
            planned = None
        elif planned is not None and record.due_at is not None:
            planned = max(planned, record.due_at)
        return SourceView(record=record, condition=condition, next_reading=planned)


def _key(record: SourceRecord) -> SourceKey:
    return record.url, record.kind
