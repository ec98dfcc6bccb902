"""Readings that are planned and made as a test says."""

import asyncio
from datetime import datetime, timedelta

from bot.services.ports import Clock, SourceKey
from bot.services.reports import PollReport


class FakeRounds:
    """Implements the `Rounds` port; what a source is to say is in `reports`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.reports: dict[SourceKey, PollReport] = {}
        self.begun: dict[SourceKey, datetime] = {}
        #: Being read now.
        self.busy: set[SourceKey] = set()
        #: A reading ends only when this is set.
        self.may_end = asyncio.Event()
        self.may_end.set()
        #: What was to be read soon, and what was read on request.
        self.soon: list[SourceKey] = []
        self.read: list[SourceKey] = []
        #: What is to be looked up again.
        self.renewed: list[SourceKey] = []

    def begun_at(self, source: SourceKey) -> datetime | None:
        return self.begun.get(source)

    def next_at(self, source: SourceKey) -> datetime | None:
        return self._clock() + timedelta(minutes=5)

    def is_reading(self, source: SourceKey) -> bool:
        return source in self.busy

    def renew(self, source: SourceKey) -> None:
        self.renewed.append(source)

    def read_soon(self, source: SourceKey) -> None:
        self.soon.append(source)

    async def read_now(self, source: SourceKey, *, on_call: bool = False) -> PollReport | None:
        self.read.append(source)
        self.begun[source] = self._clock()
        await self.may_end.wait()
        return self.reports.get(source)
