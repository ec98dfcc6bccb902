"""What SQLite's errors mean to those who run Dekbot."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import DamagedDatabaseError, DatabaseError

#: Whatever a statement or a connection may end with.
FAULTS: Final = (DBAPIError, sqlite3.Error, PoolTimeoutError)
#: The last byte of an error code; the bytes before tell the case more closely.
_FAMILY: Final = 0xFF
_DAMAGED: Final = {
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_NOTADB: "is no database, or its beginning is damaged",
}
#: What the machine does to a database; anything else is a fault of ours.
_OUTAGES: Final = {
    sqlite3.SQLITE_BUSY: "another program holds it; stop that one",
    sqlite3.SQLITE_LOCKED: "another program holds it; stop that one",
    sqlite3.SQLITE_FULL: "the disk is full; make room",
    sqlite3.SQLITE_IOERR: "the disk fails or has no room; look at it",
    sqlite3.SQLITE_READONLY: "file, folder or disk is read-only; make it writable",
    sqlite3.SQLITE_CANTOPEN: "file or folder is gone or closed to Dekbot; open it",
    sqlite3.SQLITE_PERM: "file, folder or disk is read-only; make it writable",
    sqlite3.SQLITE_NOMEM: "the machine has no memory left",
}


def is_fault_of_ours(error: Exception) -> bool:
    """Return whether the statement is wrong, rather than the machine."""
    code = _code(error)
    return code not in _OUTAGES and code not in _DAMAGED


def told(path: Path, error: Exception) -> DatabaseError:
    """Return the error in words: which file, what SQLite says, and what can be done."""
    code, words = _code(error), _words(error)
    if code in _DAMAGED:
        return damaged(path, words, _DAMAGED[code])
    advice = _OUTAGES.get(code)
    return DatabaseError(f"{path} cannot be used: {words}" + (f" ({advice})" if advice else ""))


def damaged(path: Path, words: str, how: str = _DAMAGED[sqlite3.SQLITE_CORRUPT]) -> DatabaseError:
    return DamagedDatabaseError(
        f"{path} {how} ({words}); restore a backup, "
        "or move the file away to begin with an empty database"
    )


def _code(error: Exception) -> int:
    """Return the code's family; 0 where SQLite gave none."""
    cause = _cause(error)
    code: int = getattr(cause, "sqlite_errorcode", 0)
    return code & _FAMILY


def _words(error: Exception) -> str:
    return str(_cause(error)) or type(error).__name__


def _cause(error: Exception) -> BaseException:
    return (isinstance(error, DBAPIError) and error.orig) or error
