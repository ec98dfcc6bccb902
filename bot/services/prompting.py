"""Has sources read soon of which somebody says that they have news; see `bot.domain.prompt`.

Nothing of it is kept: what is not read when the bot ends is read when it starts, as everything is.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.errors import DatabaseError
from bot.domain.prompt import pause_before_next, prompted_at
from bot.services.ports import Clock, Rounds, SourceKey, Store

log = structlog.get_logger(__name__)

_LEFT: Final = "left to its plan"
#: What there is nothing more to be done behind.
_DONE: Final = ("read", "baseline", "switched off", _LEFT)


class Prompts:
    """One reading of a source at a time; whoever prompts meanwhile has it read once more."""

    def __init__(
        self,
        store: Store,
        rounds: Callable[[], Rounds],
        clock: Clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the plan of the running bot from `rounds`, since it is made later than this."""
        self._store = store
        self._rounds = rounds
        self._clock = clock
        self._sleep = sleep
        #: The sources of which there was word since their last reading was begun.
        self._fresh: set[SourceKey] = set()
        self._tasks: dict[SourceKey, asyncio.Task[None]] = {}
        self._stopped = False

    def ask(self, source: SourceKey) -> None:
        """Say that there is news; costs nothing where that is known."""
        if self._stopped:
            return
        self._fresh.add(source)
        if source not in self._tasks:
            self._tasks[source] = asyncio.create_task(self._serve(source), name="prompted reading")

    async def settled(self) -> None:
        """Return when everything is read that was asked for so far."""
        await asyncio.gather(*self._tasks.values())

    async def stop(self) -> None:
        """Begin no further reading; one that is under way ends with the others."""
        self._stopped = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, source: SourceKey) -> None:
        try:
            repeats = 0
            pause: timedelta | None = timedelta()
            while pause is not None:
                await self._sleep(pause.total_seconds())
                outcome = await self._read(source)
                if source in self._fresh:
                    repeats, pause = 0, timedelta()
                else:
                    pause = self._pause(outcome, repeats)
                    repeats += 1
        except Exception:
            log.exception("prompt_crashed", source=source[0])
        finally:
            # Here, and not when the task is done: nobody asks between the last look and this.
            self._tasks.pop(source, None)

    def _pause(self, outcome: str, repeats: int) -> timedelta | None:
        if outcome in _DONE:
            return None
        return pause_before_next(repeats, failed=outcome != "unchanged")

    async def _read(self, source: SourceKey) -> str:
        """Read it when that is allowed; return what came of it."""
        try:
            async with self._store.reading() as records:
                record = await records.sources.find(*source)
        except DatabaseError as error:
            log.debug("prompt_waits_for_database", source=source[0], fault=str(error))
            return "failed"
        now, rounds = self._clock(), self._rounds()
        at = prompted_at(now, rounds.begun_at(source), record.retry_at if record else None)
        if at is None or (record and record.switched_off_at):
            self._fresh.discard(source)
            return _LEFT
        if at > now:
            await self._sleep((at - now).total_seconds())
        self._fresh.discard(source)
        report = await rounds.read_now(source)
        log.info("source_prompted", source=source[0], outcome=report.outcome if report else "none")
        return report.outcome if report else "failed"
