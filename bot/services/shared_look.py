"""One look for all who ask at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Seen = TypeVar("Seen")


class SharedLook(Generic[Seen]):
    """However many ask, and however often, one look is under way at most.

    What it showed is good for `keeps` seconds. Nobody waits longer than `patience`; a look that
    takes longer goes on, and the next to ask wait for that one, so that nothing piles up behind
    something slow.
    """

    def __init__(
        self, look: Callable[[], Awaitable[Seen]], *, patience: float, keeps: float
    ) -> None:
        self._look = look
        self._patience = patience
        self._keeps = keeps
        self._looking: asyncio.Task[Seen] | None = None
        #: When the last look ended, by the event loop's time.
        self._ended_at = 0.0

    async def ask(self) -> Seen:
        """Return what is seen; raises what the look raises, or TimeoutError."""
        looking = self._current()
        async with asyncio.timeout(self._patience):
            return await asyncio.shield(looking)

    async def close(self) -> None:
        """Wait for a look that is under way."""
        if self._looking is not None:
            await asyncio.wait({self._looking}, timeout=self._patience)

    def _current(self) -> asyncio.Task[Seen]:
        now = asyncio.get_running_loop().time()
        if self._looking is None or (self._looking.done() and now - self._ended_at >= self._keeps):
            self._looking = asyncio.create_task(self._timed())
            self._looking.add_done_callback(_taken_note_of)
        return self._looking

    async def _timed(self) -> Seen:
        try:
            return await self._look()
        finally:
            self._ended_at = asyncio.get_running_loop().time()


def _taken_note_of(task: "asyncio.Task[Seen]") -> None:
    """Have asyncio not complain of a failure for which nobody waits any more."""
    if not task.cancelled():
        task.exception()
