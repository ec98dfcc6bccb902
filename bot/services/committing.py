"""Commits results at once, and together with whatever else waits."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from bot.services.ports import Records, Store

_BATCH: Final = 500
#: Seconds from one transaction's end to the next one's start, while results come all the time: a
#: transaction costs as much as ten results in it. At 1,000 alerts a second so many more are in
#: flight at most as come in this time, beside the fifty and more that wait for Telegram.
_PAUSE: Final = 0.01
Result = TypeVar("Result")


class Commits(Generic[Result]):
    """Commits results in groups.

    A transaction starts at once, or where one has just ended a moment later, with all that came
    meanwhile. Nobody waits for a batch to fill: the longer a result is uncommitted, the more would
    be sent again after a crash.
    """

    def __init__(
        self, store: Store, write: Callable[[Records, Sequence[Result]], Awaitable[None]]
    ) -> None:
        self._store = store
        self._write = write
        self._waiting: list[tuple[Result, asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None
        #: By the event loop's clock.
        self._ended_at = 0.0

    async def commit(self, result: Result) -> None:
        """Return when the result is committed.

        Raises DatabaseError where it could not be; it may be given again.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((result, done))
        if self._work is None or self._work.done():
            # A task of its own: who is cancelled while it waits takes nothing from the others.
            self._work = asyncio.create_task(self._commit_all())
        await done

    async def _commit_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._ended_at + _PAUSE - asyncio.get_running_loop().time())
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            try:
                async with self._store.writing() as records:
                    await self._write(records, [result for result, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits is told, and has to act on it
                _resolve(batch, error)
            else:
                _resolve(batch, None)
            self._ended_at = asyncio.get_running_loop().time()


def _resolve(batch: Sequence[tuple[object, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, done in batch:
        if done.done():
            continue
        if error:
            done.set_exception(error)
        else:
            done.set_result(None)
