"""Writes down what became of sent messages: at once, and together with whatever else waits."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.delivery import (
    ChatGone,
    ChatMoved,
    Outcome,
    Sent,
    Settlement,
    Silenced,
    TopicGone,
)
from bot.domain.errors import DatabaseError
from bot.domain.subscriber import Subscriber
from bot.services import places
from bot.services.meter import Meter, Unmetered
from bot.services.overtaking import catch_up
from bot.services.ports import Clock, Records, Store
from bot.services.records import Dispatchable

_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One message's outcome, and what it means for the deliveries that the message carried."""

    #: Who got the message, or was to get it; None where nothing was sent.
    subscriber: Subscriber | None = None
    outcome: Outcome | None = None
    settlements: tuple[Settlement, ...]
    #: The deliveries as the message shows them; empty where nothing was sent.
    carried: tuple[Dispatchable, ...] = ()


class Settler:
    """Commits results in groups.

    A transaction starts as soon as the one before has ended, with all that came meanwhile. Nobody
    waits for a batch to fill: the longer a result is uncommitted, the more would be sent again
    after a crash.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        max_age: timedelta,
        retractions: Sequence[re.Pattern[str]] = (),
        meter: Meter | None = None,
    ) -> None:
        """`max_age` is how old an alert may be that comes unasked when a silence ends.

        Headlines that answer to one of `retractions` are corrections or retractions.
        """
        self._retractions = retractions
        self._meter = meter or Unmetered()
        self._store = store
        self._clock = clock
        self._max_age = max_age
        self._waiting: list[tuple[Result, asyncio.Future[None]]] = []
        self._turn = asyncio.Lock()

    async def settle(self, result: Result) -> None:
        """Return when the result is committed.

        Raises DatabaseError where it could not be; it may be given again.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((result, done))
        async with self._turn:
            if not done.done():
                await self._commit()
        await done

    async def _commit(self) -> None:
        batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
        try:
            async with self._store.writing() as records:
                await self._write(records, [result for result, _ in batch])
        except DatabaseError as error:
            for _, done in batch:
                _resolve(done, error)
            return
        for result, done in batch:
            _resolve(done, None)
            for one in result.settlements:
                self._meter.settled(one.state)

    async def _write(self, records: Records, results: Sequence[Result]) -> None:
        now = self._clock()
        settlements = [one for result in results for one in result.settlements]
        await records.outbox.settle(settlements, now)
        sent = [result for result in results if isinstance(result.outcome, Sent)]
        carried = [one for result in sent for one in result.carried]
        await catch_up(records, carried, self._retractions, now)
        for result in results:
            if result.subscriber is not None:
                await self._place(records, result.subscriber, result.outcome, now)

    async def _place(
        self, records: Records, subscriber: Subscriber, outcome: Outcome | None, now: datetime
    ) -> None:
        """Do what the outcome means for the chat."""
        address = subscriber.address
        match outcome:
            case ChatGone(detail):
                await places.retire(records, address.chat_id, detail, now)
            case TopicGone():
                await places.retire_topic(records, address, now)
            case ChatMoved(new_chat_id):
                await places.upgrade(records, address.chat_id, new_chat_id, now)
            case Silenced(why=why):
                await places.silence(records, address, why, now)
            case Sent() if subscriber.silence is not None:
                why = subscriber.silence
                await places.end_silence(records, address, why, now, self._max_age)


def _resolve(done: asyncio.Future[None], error: DatabaseError | None) -> None:
    if done.done():
        return
    if error:
        done.set_exception(error)
    else:
        done.set_result(None)
