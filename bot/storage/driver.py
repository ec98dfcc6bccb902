"""SQLite's driver, with one trip to the connection's thread for a statement.

SQLite itself takes 20 to 60 microseconds for most of our statements. Through SQLAlchemy, aiosqlite
goes to its thread and back four times for each (make a cursor, execute, fetch, close it), and every
trip costs both threads more than that: a wake-up, a change of hands at the interpreter's lock.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Self

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

    async def in_thread(
        self, get: Callable[[str, Any], _Answer], sql: str, parameters: Any
    ) -> _Answer:
        answer: _Answer = await self._execute(get, sql, parameters)  # type: ignore[no-untyped-call]
        return answer

    def fetched(self, sql: str, parameters: Any) -> _Answer:
        """Execute and fetch, within the thread."""
        return _answer(self._conn.execute(sql, parameters))

    def fetched_many(self, sql: str, parameters: Any) -> _Answer:
        return _answer(self._conn.executemany(sql, parameters))

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

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        await self._fill(self._connection.fetched, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Any) -> Self:
        await self._fill(self._connection.fetched_many, sql, parameters)
        return self

    async def fetchall(self) -> _Rows:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Do nothing: what had to be closed is."""

    async def _fill(self, get: Callable[[str, Any], _Answer], sql: str, parameters: Any) -> None:
        answer = await self._connection.in_thread(get, sql, parameters)
        self._rows, self.description, self.rowcount, self.lastrowid = answer


def _answer(cursor: sqlite3.Cursor) -> _Answer:
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return rows, cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()
