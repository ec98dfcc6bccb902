"""A database that counts how often somebody writes."""

from contextlib import AbstractAsyncContextManager

from bot.services.ports import Records
from bot.storage.database import Database


class CountedStore:
    """Implements the `Store` port."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self.reads = self.writes = 0

    def reading(self) -> AbstractAsyncContextManager[Records]:
        self.reads += 1
        return self._store.reading()

    def writing(self) -> AbstractAsyncContextManager[Records]:
        self.writes += 1
        return self._store.writing()
