"""SQLite's driver, with one trip to the connection's thread for a statement.

SQLite itself takes 20 to 60 microseconds for most of our statements. Through SQLAlchemy, aiosqlite
goes to its thread and back four times for each (make a cursor, execute, fetch, close it), and every
trip costs both threads more than that: a wake-up, a change of hands at the interpreter's lock.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import aiosqlite

#: Never used: all rows are fetched at once.
_CHUNK: Final = 64
_Rows = Sequence[Any]
_Answer = tuple[_Rows, Any, int, int | None]


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors are filled when they have been executed."""

    def __init__(self, path: Path) -> None:
        # Within its thread alone; the flag is for the moment in which it is closed by another.
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), _CHUNK)
        # As SQLAlchemy has it: a connection that somebody forgets does not keep the process.
        self._thread.daemon = True

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]  # SQLAlchemy enters it either way
        return OneTripCursor(self)


class OneTripCursor:
    """What SQLAlchemy asks of a cursor; it has all rows in hand."""

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: _Rows = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "OneTripCursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "OneTripCursor":
        self._take(await self._connection._execute(self._executed, sql, parameters))  # noqa: SLF001 - a subclass's own
        return self

    async def executemany(
        self, sql: str, parameters: Iterable[Iterable[Any]]
    ) -> "OneTripCursor":
        self._take(await self._connection._execute(self._executed_many, sql, parameters))  # noqa: SLF001 - likewise
        return self

    async def fetchall(self) -> _Rows:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Do nothing: what had to be closed is."""

    def _take(self, answer: _Answer) -> None:
        self._rows, self.description, self.rowcount, self.lastrowid = answer

    def _executed(self, sql: str, parameters: Iterable[Any]) -> _Answer:
        """Within the connection's thread."""
        return _answer(self._connection._conn.execute(sql, parameters))  # noqa: SLF001 - likewise

    def _executed_many(self, sql: str, parameters: Iterable[Iterable[Any]]) -> _Answer:
        return _answer(self._connection._conn.executemany(sql, parameters))  # noqa: SLF001 - likewise


def _answer(cursor: sqlite3.Cursor) -> _Answer:
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return rows, cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()
