"""Sends the copies of the broadcast that was begun: plans, claims, sends, settles.

The order of steps is that of `bot.services.dispatch`, and so is what a crash repeats. Beyond that:

1. All copies are in the database before the first is sent; each range of them is one transaction.
2. A copy waits behind the alerts (`Messenger.turn_behind`), so that a broadcast delays none of them
   by more than one message.
3. `halt` takes the turns back that are waited for. What is under way is settled.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.broadcast import Broadcast, Stage
from bot.domain.errors import BotRefusedError, DatabaseError
from bot.services.broadcast_post import Post
from bot.services.ports import Clock, Messenger, Store

log = structlog.get_logger(__name__)

_LEASE: Final = timedelta(minutes=10)
_LONGEST_NAP: Final = 30.0
_RETRY_DATABASE: Final = 2.0
#: Subscribers to a range; see `bot.services.fanout`.
RANGE: Final = 2_000


class BroadcastSender:
    """Runs until stopped; `wake` it when a broadcast was begun or is sent on."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        *,
        max_age: timedelta,
        places: int,
        width: int = RANGE,
        on_done: Callable[[], None] = lambda: None,
    ) -> None:
        """`max_age` is how old an alert may be that comes unasked when a silence ends.

        `on_done` is called when everyone has it whom it could reach.
        """
        self._store = store
        self._clock = clock
        #: How many chats are written to at once.
        self._places = places
        self._width = width
        self._on_done = on_done
        self._woken = asyncio.Event()
        self._post = Post(store, messenger, clock, max_age, on_owed=self._woken.set)
        self._sending: set[asyncio.Task[None]] = set()
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be something to be sent."""
        self._woken.set()

    def halt(self) -> None:
        """Send no copy that waits for its turn; called when the broadcast was stopped."""
        self._post.halt()

    async def stop(self) -> None:
        """Send nothing new; what is in flight is settled before `run` returns."""
        self._stopping = True
        self._woken.set()
        self._post.close()

    def give_up(self) -> None:
        """Let go of what is in flight after `stop`: it stays owed, and `run` returns."""
        if given_up := self._post.give_up():
            log.warning("broadcast_given_up", messages=given_up)

    async def run(self) -> None:
        """Send until `stop` is called.

        Raises BotRefusedError when Telegram refuses the bot itself; what is owed stays owed.
        """
        resumed = False
        while not self._stopping:
            self._woken.clear()
            try:
                resumed = resumed or await self._resume()
                if not await self._advance():
                    await self._nap()
            except DatabaseError as error:
                log.debug("broadcast_waits_for_database", fault=str(error))
                await asyncio.sleep(_RETRY_DATABASE)
        await self._finish()

    async def drain(self) -> None:
        """Send all that is due now, and return when it is settled."""
        while await self._advance():
            await self._finish()

    async def _resume(self) -> bool:
        """Take up what an earlier process had claimed."""
        async with self._store.writing() as records:
            released = await records.copies.release_all(self._clock())
        if released:
            log.info("broadcast_copies_resumed", copies=released)
        return True

    async def _finish(self) -> None:
        if self._sending:
            await asyncio.gather(*self._sending)
        if self._post.refused is not None:
            raise BotRefusedError(self._post.refused)

    async def _advance(self) -> bool:
        """Do the next step of the broadcast that is being sent; return whether there was any."""
        if len(self._sending) >= self._places:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            return True
        async with self._store.reading() as records:
            broadcast = await records.broadcasts.latest(Stage.SENDING)
        if broadcast is None:
            return False
        if not broadcast.is_planned:
            async with self._store.writing() as records:
                await records.copies.plan(broadcast.id, self._width, self._clock())
            return True
        return await self._claim(broadcast) or await self._is_done(broadcast)

    async def _claim(self, broadcast: Broadcast) -> bool:
        """Start sending what is due, as far as there are places; return whether there was any."""
        waiting = self._post.waiting  # before the claim: a halt that comes behind it concerns it
        free, now = self._places - len(self._sending), self._clock()
        async with self._store.writing() as records:
            claimed, looked_at = await records.copies.claim(broadcast.id, now, now + _LEASE, free)
        for one in claimed:
            task = asyncio.create_task(self._post.send(broadcast, one, waiting))
            self._sending.add(task)
            task.add_done_callback(self._sent)
        return looked_at > 0

    async def _is_done(self, broadcast: Broadcast) -> bool:
        """Note the end, where nothing is left to be sent; return whether it is one."""
        if self._sending:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            return True
        now = self._clock()
        async with self._store.writing() as records:
            if not await records.broadcasts.finish(broadcast.id, now):
                return False
            tally = await records.copies.tally(broadcast.id, now)
        log.info(
            "broadcast_done",
            broadcast=broadcast.id,
            by=broadcast.written_by,
            sent=tally.sent,
            unreachable=tally.unreachable,
            failed=tally.failed,
            seconds=round((now - broadcast.begun_at).total_seconds()) if broadcast.begun_at else 0,
        )
        self._on_done()
        return True

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if self._post.refused is not None:
            self._stopping = True
        self._woken.set()

    async def _nap(self) -> None:
        async with self._store.reading() as records:
            broadcast = await records.broadcasts.latest(Stage.SENDING)
            due_at = await records.copies.next_due(broadcast.id) if broadcast else None
        seconds = _LONGEST_NAP
        if due_at is not None:
            seconds = min(max((due_at - self._clock()).total_seconds(), 0.0), seconds)
        try:
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)
        except TimeoutError:
            return
