"""Tells when the database ceases to work, and when it works again: once each."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.domain.errors import DamagedDatabaseError, DatabaseError
from bot.storage.faults import FAULTS, is_fault_of_ours, told

log = structlog.get_logger(__name__)


class Health:
    """Whatever uses the database fails with it; the log has one event for all of them.

    Reading may go on while nothing can be written, so each has outages of its own.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` tells monotonic seconds."""
        self._path = path
        self._clock = clock
        #: Since when reading or writing fails.
        self._failing: dict[str, float] = {}
        self._damage: DamagedDatabaseError | None = None
        self._damaged = asyncio.Event()

    @contextmanager
    def watched(self, concerns: str) -> Iterator[None]:
        """Take note of how the use of the database within ends; raises DatabaseError."""
        try:
            yield
        except FAULTS as error:
            raise self._failed(concerns, error) from error
        self._worked(concerns)

    def fails(self, concerns: str) -> bool:
        """Return whether the last use was in vain."""
        return concerns in self._failing

    async def damaged(self) -> None:
        """Wait until the file turns out to be damaged; raises DamagedDatabaseError then."""
        await self._damaged.wait()
        if self._damage is not None:
            raise self._damage

    def _failed(self, concerns: str, error: Exception) -> DatabaseError:
        failure = told(self._path, error)
        if isinstance(failure, DamagedDatabaseError):
            self._damage = failure
            self._damaged.set()
        if is_fault_of_ours(error):
            log.error("statement_failed", fault=str(failure), exc_info=error)
        elif concerns not in self._failing:
            self._failing[concerns] = self._clock()
            log.error("database_unavailable", concerns=concerns, fault=str(failure))
        return failure

    def _worked(self, concerns: str) -> None:
        since = self._failing.pop(concerns, None)
        if since is not None:
            seconds = round(self._clock() - since, 3)
            log.info("database_available", concerns=concerns, seconds=seconds)
