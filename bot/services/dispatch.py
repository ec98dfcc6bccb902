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
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import structlog

from bot.domain.delivery import BotRefused, ChatGone, Outcome, Unreachable, settle, unsent
from bot.domain.errors import BotRefusedError, DatabaseError
from bot.services.letters import Envelope, Letters
from bot.services.ports import Clock, Messenger, Store
from bot.services.records import Dispatchable
from bot.services.reporting import report
from bot.services.settling import Result, Settler

log = structlog.get_logger(__name__)

_LEASE: Final = timedelta(minutes=10)
#: What is due may change without anybody waking the dispatcher: look again after this.
_LONGEST_NAP: Final = 30.0
_RETRY_DATABASE: Final = 2.0
#: How often a settlement is tried once the program is asked to stop.
_LAST_TRIES: Final = 3


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
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._letters = letters
        self._clock = clock
        self._max_age = max_age
        #: How many chats are written to at once.
        self._places = places
        self._settler = Settler(store, clock)
        self._sending: set[asyncio.Task[None]] = set()
        #: Those of `_sending` that wait for the lane, with nothing under way.
        self._waiting: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._stopping = False
        self._refused: str | None = None

    def wake(self) -> None:
        """Say that deliveries may be due."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `stop` is called.

        Raises BotRefusedError when Telegram refuses the bot itself; what is owed stays owed.
        """
        async with self._store.writing() as records:
            released = await records.outbox.release_all(self._clock())
        if released:
            log.info("deliveries_resumed", deliveries=released)
        while not self._stopping:
            self._woken.clear()
            try:
                claimed = await self._claim()
                if not claimed:
                    await self._nap()
            except DatabaseError as error:
                log.exception("dispatch_waits_for_database", fault=str(error))
                await asyncio.sleep(_RETRY_DATABASE)
        await self._finish()

    async def stop(self) -> None:
        """Send nothing new; what is in flight is settled before `run` returns."""
        self._stopping = True
        self._woken.set()
        for task in self._waiting:
            task.cancel()

    async def drain(self) -> None:
        """Send all that is due now, and return when it is settled; for a single round."""
        while await self._claim():
            await self._finish()

    async def _finish(self) -> None:
        if self._sending:
            await asyncio.gather(*self._sending)
        if self._refused is not None:
            raise BotRefusedError(self._refused)

    async def _claim(self) -> bool:
        """Start sending what is due, as far as there are places; return whether there was any."""
        free = self._places - len(self._sending)
        if free <= 0:
            await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            return True
        now = self._clock()
        async with self._store.writing() as records:
            claimed = await records.outbox.claim(now, now + _LEASE, free)
        by_chat = sorted(claimed, key=lambda one: one.subscriber.id)
        for _, group in groupby(by_chat, key=lambda one: one.subscriber.id):
            self._start(list(group))
        return bool(claimed)

    def _start(self, due: list[Dispatchable]) -> None:
        task = asyncio.create_task(self._guard(due))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _nap(self) -> None:
        async with self._store.reading() as records:
            due_at = await records.outbox.next_due()
        seconds = _LONGEST_NAP
        if due_at is not None:
            seconds = min(max((due_at - self._clock()).total_seconds(), 0.0), seconds)
        try:
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)
        except TimeoutError:
            return

    async def _guard(self, due: list[Dispatchable]) -> None:
        """Serve a chat so that a fault of ours costs that chat a delay, and the others nothing."""
        try:
            await self._serve_chat(due)
        except Exception:
            log.exception("delivery_crashed", chat=due[0].subscriber.address.chat_id)
            now = self._clock()
            again = tuple(
                settle(one.delivery, Unreachable("crashed"), now, self._max_age) for one in due
            )
            chat_id = due[0].subscriber.address.chat_id
            await self._settle(Result(chat_id=chat_id, outcome=None, settlements=again))

    async def _serve_chat(self, due: list[Dispatchable]) -> None:
        """Send all that is due for one chat, in order; give back the rest after a failure."""
        left = self._letters.enclose(due)
        while left:
            if self._stopping or not await self._turn(left[0]):
                await self._give_back(left, self._clock())
                return
            envelope = left.pop(0)
            outcome, due_again = await self._send(envelope)
            if isinstance(outcome, ChatGone):
                return  # what was left is dropped with the chat
            if due_again:
                await self._give_back(left, due_again)
                return

    async def _turn(self, envelope: Envelope) -> bool:
        """Wait for the lane; return False where `stop` came first."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a turn is waited for within a task")
        self._waiting.add(task)
        try:
            await self._messenger.turn(envelope.subscriber.address, envelope.subscriber.kind)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            task.uncancel()
            return False
        finally:
            self._waiting.discard(task)
        return True

    async def _send(self, envelope: Envelope) -> tuple[Outcome, datetime | None]:
        """Send one message and settle it; return when it is to be tried again, if it is."""
        address = envelope.subscriber.address
        outcome = await self._messenger.send(address, envelope.subscriber.kind, envelope.letter)
        now = self._clock()
        settlements = tuple(
            settle(one.delivery, outcome, now, self._max_age) for one in envelope.deliveries
        )
        result = Result(chat_id=address.chat_id, outcome=outcome, settlements=settlements)
        await self._settle(result)
        report(envelope, outcome, settlements)
        if isinstance(outcome, BotRefused):
            self._refused = outcome.detail
            await self.stop()
        return outcome, settlements[0].due_at

    async def _give_back(self, envelopes: Sequence[Envelope], due_at: datetime) -> None:
        """Make claimed deliveries owed again that were not tried; they stay one bundle."""
        if not envelopes:
            return
        settlements = tuple(
            unsent(one.delivery, due_at) for envelope in envelopes for one in envelope.deliveries
        )
        chat_id = envelopes[0].subscriber.address.chat_id
        await self._settle(Result(chat_id=chat_id, outcome=None, settlements=settlements))

    async def _settle(self, result: Result) -> None:
        """Commit the result, however long the database takes; only `stop` limits the patience."""
        tries_left = _LAST_TRIES
        while True:
            try:
                await self._settler.settle(result)
                break
            except DatabaseError as error:
                log.exception("settlement_waits_for_database", fault=str(error))
                tries_left -= self._stopping
                if not tries_left:
                    return
                await asyncio.sleep(_RETRY_DATABASE)
        if any(one.due_at for one in result.settlements):
            self.wake()  # a nap under way was measured without them
