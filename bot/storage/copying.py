"""Copies a database while others use it, without holding them up.

SQLite's backup copies pages within one read transaction: what writes meanwhile goes into the
write-ahead log, and waits for nothing. Without that transaction every commit of another process
would have the copying begin anew; under a busy bot it never ends.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Final

from bot.domain.errors import BackupError
from bot.storage.inspection import open_read_only, told

#: How many pages are copied and how many there are.
Progress = Callable[[int, int], None]

#: Pages between two looks at whether to stop: about 4 MB.
_PAGES: Final = 1_000
_ROOM: Final = 1_000_000
#: What SQLite keeps beside a database's file.
SIDE_FILES: Final = ("-wal", "-shm", "-journal")


class NoRoomError(BackupError):
    """There is no room for the copy."""


def copy_database(
    source: Path, target: Path, progress: Progress | None = None, stop: Event | None = None
) -> None:
    """Copy the database into one file that needs no other, and see it on the disk.

    Raises BackupError where it cannot be done, or `stop` is set meanwhile; nothing is left of the
    copy then.
    """
    discard(target)
    _require_room(source, target)
    try:
        _copy(source, target, progress, stop)
        sync(target)
    except sqlite3.Error as error:
        discard(target)
        raise _fault(source, target, error) from error
    except OSError as error:
        discard(target)
        raise BackupError(f"{target.parent} takes no copy: {error.strerror or error}") from error
    except BaseException:
        discard(target)
        raise


def discard(path: Path) -> None:
    """Delete a database that is of no use, with all that lies beside it."""
    for name in (path.name, *(f"{path.name}{suffix}" for suffix in SIDE_FILES)):
        with suppress(OSError):
            path.with_name(name).unlink()


def sync(path: Path) -> None:
    """Return when the file, or the folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size_of(database: Path) -> int:
    """Return how many bytes the database takes, with its write-ahead log."""
    parts = (database, database.with_name(f"{database.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _require_room(source: Path, target: Path) -> None:
    """Raise BackupError where the disk has no room, before a byte is written."""
    try:
        needed = size_of(source)
        disk = os.statvfs(target.parent)
    except OSError as error:
        raise BackupError(f"{target.parent} takes no copy: {error.strerror or error}") from error
    free = disk.f_bavail * disk.f_frsize
    if free < needed:
        raise NoRoomError(
            f"{target.parent} has no room for the copy: it takes {_megabytes(needed)},"
            f" and {_megabytes(free)} are free; make room, or name another folder"
        )


def _copy(source: Path, target: Path, progress: Progress | None, stop: Event | None) -> None:
    def look(_status: int, left: int, total: int) -> None:
        if stop is not None and stop.is_set():
            raise BackupError("the backup was stopped")
        if progress is not None:
            progress(total - left, total)

    with (
        closing(open_read_only(source)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        target.chmod(source.stat().st_mode & 0o777)
        copy.execute("PRAGMA synchronous = OFF")  # it is synchronised at the end, once
        origin.execute("BEGIN")
        origin.execute("SELECT 1 FROM sqlite_master").fetchone()
        origin.backup(copy, pages=_PAGES, progress=look)
        copy.execute("PRAGMA journal_mode = DELETE")


def _fault(source: Path, target: Path, error: sqlite3.Error) -> BackupError:
    """Return which of the two is to blame, and for what."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return NoRoomError(
            f"{target.parent} has no room for the copy, or fails ({error}); make room"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return BackupError(
            f"nothing can be written into {target.parent}, or {source} cannot be read ({error})"
        )
    return told(source, error)


def _megabytes(size: int) -> str:
    return f"{(size + _ROOM - 1) // _ROOM} MB"
