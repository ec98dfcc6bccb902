"""A database for property tests: opened once, and as it was again after each example."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.services.ports import Records
from bot.storage.database import Database
from tests.conftest import SITE_ZONE

Found = TypeVar("Found")


class Lab:
    """Tries things out in a transaction that comes to nothing."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self._runner = runner
        self._database = database

    def find(self, experiment: Callable[[Records], Awaitable[Found]]) -> Found:
        """Return what the experiment finds."""
        return self._runner.run(self._find(experiment))

    async def _find(self, experiment: Callable[[Records], Awaitable[Found]]) -> Found:
        async with self._database.writing() as records:
            try:
                return await experiment(records)
            finally:
                await records.rollback()


@contextmanager
def open_lab(path: Path) -> Iterator[Lab]:
    with asyncio.Runner() as runner:
        database = Database(f"sqlite+aiosqlite:///{path}", SITE_ZONE)
        yield Lab(runner, database)
        runner.run(database.close())
