"""Sends what the outbox owes: claims, sends, settles.

The order of steps matters:

1. A delivery is claimed before it is sent, so that nothing sends it a second time meanwhile.
2. It is settled after Telegram's answer, never before: a crash in between sends it again rather
   than losing it.
3. A chat's messages go one after another, and the place of a message among the concurrent ones
   is free again only when its result is committed. So a crash repeats at most as many messages as
   were being sent at that moment.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import structlog

from bot.domain.errors import BotRefusedError, DatabaseError
from bot.services.letters import Letters
from bot.services.meter import Meter
from bot.services.ports import Clock, Messenger, Records, Store
from bot.services.records import Dispatchable
from bot.services.serving import Counter
from bot.services.settling import Settler

log = structlog.get_logger(__name__)

_LEASE: Final = timedelta(minutes=10)
#: What is due may change without anybody waking the dispatcher: look again after this.
_LONGEST_NAP: Final = 30.0
_RETRY_DATABASE: Final = 2.0
#: Claiming one delivery takes as long as claiming a hundred. Where fewer places than this share are
#: free, a claim waits for more of them, but no longer than so many seconds; what it would claim
#: waits for the lane.
_FEW: Final = 0.25
_GATHER: Final = 0.25


class Dispatcher:
    """Runs until stopped; `wake` it when deliveries became due."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        letters: Letters,
        clock: Clock,
        *,
        max_age: timedelta,
        places: int,
        retractions: Sequence[re.Pattern[str]] = (),
        on_settled: Callable[[], None] = lambda: None,
        meter: Meter | None = None,
    ) -> None:
        """`on_settled` is called where something may be told to those who set chats up.

        `max_age` is how old an alert may be that comes unasked when a chat's silence ends.
        """
        self._store = store
        self._clock = clock
        #: How many chats are written to at once.
        self._places = places
        self._woken = asyncio.Event()
        #: Set where enough places for a claim became free.
        self._room = asyncio.Event()
        self._counter = Counter(
            messenger,
            letters,
            Settler(store, clock, max_age, retractions, meter),
            clock,
            on_owed=self._woken.set,
            on_settled=on_settled,
            meter=meter,
        )
        self._sending: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def waiting(self) -> int:
        """How many chats wait for their turn, with nothing under way."""
        return self._counter.waiting

    @property
    def _free(self) -> int:
        return self._places - len(self._sending)

    @property
    def is_busy(self) -> bool:
        """Whether alerts are being sent."""
        return bool(self._sending)

    @property
    def sent_at(self) -> datetime | None:
        """When the last message went out; None before the first."""
        return self._counter.sent_at

    def wake(self) -> None:
        """Say that deliveries may be due."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `stop` is called.

        Raises BotRefusedError when Telegram refuses the bot itself; what is owed stays owed.
        """
        resumed = claimed = False
        while not self._stopping:
            self._woken.clear()
            try:
                resumed = resumed or await self._resume()
                if claimed or not await self._nap():
                    claimed = await self._claim()
            except DatabaseError as error:
                log.debug("dispatch_waits_for_database", fault=str(error))
                await asyncio.sleep(_RETRY_DATABASE)
        await self._finish()

    async def stop(self) -> None:
        """Send nothing new; what is in flight is settled before `run` returns."""
        self._stopping = True
        self._woken.set()
        self._room.set()
        self._counter.close()

    def give_up(self) -> None:
        """Let go of what is in flight after `stop`: it stays owed, and `run` returns."""
        if given_up := self._counter.give_up():
            log.warning("alerts_given_up", messages=given_up)

    async def drain(self) -> None:
        """Send all that is due now, and return when it is settled; for a single round."""
        while await self._claim():
            await self._finish()

    async def _resume(self) -> bool:
        """Take up what an earlier process had claimed."""
        async with self._store.writing() as records:
            released = await records.outbox.release_all(self._clock())
        if released:
            log.info("deliveries_resumed", deliveries=released)
        return True

    async def _finish(self) -> None:
        if self._sending:
            await asyncio.gather(*self._sending)
        if self._counter.refused is not None:
            raise BotRefusedError(self._counter.refused)

    async def _claim(self) -> bool:
        """Start sending what is due, as far as there are places; return whether there was any."""
        await self._gather()
        if self._stopping:
            return False
        free = self._free
        if free <= 0:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            return True
        now = self._clock()
        async with self._store.writing() as records:
            claimed = await records.outbox.claim(now, now + _LEASE, free)
            claimed = await _threaded(records, claimed)
        by_chat = sorted(claimed, key=lambda one: one.subscriber.id)
        for chat, due in groupby(by_chat, key=lambda one: one.subscriber.id):
            if self._counter.queue(list(due)):
                self._start(chat)
        return bool(claimed)

    async def _gather(self) -> None:
        """Wait until a claim is worth its while."""
        if self._has_room or self._stopping:
            return
        self._room.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._room.wait(), _GATHER)

    @property
    def _has_room(self) -> bool:
        return self._free >= self._places * _FEW

    def _start(self, chat: int) -> None:
        task = asyncio.create_task(self._counter.serve(chat))
        self._sending.add(task)
        task.add_done_callback(self._served)

    def _served(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if self._has_room:
            self._room.set()
        if self._counter.refused is not None:
            self._stopping = True
            self._woken.set()

    async def _nap(self) -> bool:
        """Sleep until something may be due, and return True; return False where something is.

        It only reads: there is one turn to write at a time, and nearly every wake is for nothing.
        """
        async with self._store.reading() as records:
            due_at = await records.outbox.next_due()
        seconds = _LONGEST_NAP
        if due_at is not None:
            seconds = min((due_at - self._clock()).total_seconds(), seconds)
        if seconds <= 0:
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)
        return True


async def _threaded(records: Records, claimed: list[Dispatchable]) -> list[Dispatchable]:
    """Have each article of a story that its chat got already answer the message on it."""
    pairs = {
        (one.subscriber.id, one.article.story)
        for one in claimed
        if one.article.story_id is not None
    }
    if not pairs:
        return claimed
    earlier = await records.stories.earlier_messages(sorted(pairs))
    return [
        replace(one, reply_to=earlier.get((one.subscriber.id, one.article.story)))
        for one in claimed
    ]
