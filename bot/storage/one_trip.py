"""A driver for SQLAlchemy that goes to a connection's thread once for a statement.

aiosqlite keeps each connection in a thread of its own, and SQLAlchemy's adapter goes there four
times for a statement: to open a cursor, to execute, to fetch and to close. Each trip wakes two
threads, which costs more than most of our statements; all four in one took a third off the time
that readings and writings take while a fan-out runs (`docs/performance/send.md`).

A transaction begins in the same trip as its first statement; one without any makes no trip, nor
does the end of one that is over already.

It relies on the insides of SQLAlchemy's adapter (`sqlalchemy.connectors.asyncio`) and on
aiosqlite's `Connection._execute`, which runs a function in the connection's thread;
`tests/storage/test_one_trip.py` says what of them is relied on. Server-side cursors stay the
adapter's own.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_

_NOTHING: Any = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Executed:
    """What stays of a cursor whose rows were fetched."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Exists from its first statement on, and is closed as soon as that is over."""

    __slots__ = ()

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection: Any = adapt_connection
        self._connection: Any = adapt_connection._connection
        self._cursor: Any = _Executed()
        self._soft_closed_memoized = _NOTHING
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        given = () if parameters is None else (parameters,)
        await self._in_thread(lambda cursor: cursor.execute(operation, *given))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._in_thread(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _in_thread(self, execute: Callable[[sqlite3.Cursor], object]) -> None:
        ours, theirs = self._adapt_connection, self._connection
        async with ours._execute_mutex:
            begin = ours.take_begin()
            self._cursor, rows = await theirs._execute(_fetched, theirs._conn, begin, execute)
            self._rows = deque(rows)

    async def _async_soft_close(self) -> None:
        """Do nothing: the cursor is closed, and its description kept."""

    def close(self) -> None:
        self._rows.clear()


def _fetched(
    connection: sqlite3.Connection,
    begin: str | None,
    execute: Callable[[sqlite3.Cursor], object],
) -> tuple[_Executed, Sequence[Any]]:
    cursor = connection.cursor()
    try:
        if begin is not None:
            cursor.execute(begin)
        execute(cursor)
        rows = cursor.fetchall() if cursor.description else ()
        return _Executed(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ("_begin", "_used")

    _cursor_cls = _Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        #: How the transaction begins that awaits its first statement.
        self._begin: str | None = None
        #: Whether a statement was sent, and may still run, since the last transaction ended.
        self._used = False

    def begin_with_next(self, statement: str) -> None:
        """Begin a transaction like this when its first statement comes."""
        self._begin = statement

    def take_begin(self) -> str | None:
        """Return how the statement that is sent now has to begin, if it is the first one."""
        begin, self._begin, self._used = self._begin, None, True
        return begin

    def commit(self) -> None:
        self._begin = None
        if self._used:
            super().commit()
            self._used = False

    def rollback(self) -> None:
        """As ever; the pool asks for it after each commit, too, when there is nothing to do."""
        self._begin = None
        if self._used:
            super().rollback()
            self._used = False


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        connection = aiosqlite.connect(*arg, **kw)
        connection._thread.daemon = True  # as the adapter has it: an exit waits for no connection
        return _Connection(self, await_(connection))


def driver() -> AsyncAdapt_aiosqlite_dbapi:
    """Return what `create_async_engine` takes as `module`."""
    return _Driver(aiosqlite, sqlite3)
