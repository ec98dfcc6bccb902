"""Commits results at once, and together with whatever else waits."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from bot.domain.errors import DatabaseError
from bot.services.ports import Records, Store

_BATCH: Final = 500
Result = TypeVar("Result")


class Commits(Generic[Result]):
    """Commits results in groups.

    A transaction starts as soon as the one before has ended, with all that came meanwhile. Nobody
    waits for a batch to fill: the longer a result is uncommitted, the more would be sent again
    after a crash.
    """

    def __init__(
        self, store: Store, write: Callable[[Records, Sequence[Result]], Awaitable[None]]
    ) -> None:
        self._store = store
        self._write = write
        self._waiting: list[tuple[Result, asyncio.Future[None]]] = []
        self._turn = asyncio.Lock()

    async def commit(self, result: Result) -> None:
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
        for _, done in batch:
            _resolve(done, None)


def _resolve(done: asyncio.Future[None], error: DatabaseError | None) -> None:
    if done.done():
        return
    if error:
        done.set_exception(error)
    else:
        done.set_result(None)
