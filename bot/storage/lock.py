"""One bot to a database: whoever runs on it holds the lock beside it.

The lock is the kernel's, on a file that stays where it is, so it ends with the process, however
that ends, and is never stale. What is written in the file only tells who the holder is.
"""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.domain.errors import DatabaseError
from bot.storage.database import database_file, database_path


@contextmanager
def held(url: str, now: datetime) -> Iterator[None]:
    """Hold the database for one bot.

    Raises ConfigurationError for a URL that cannot be used, and DatabaseError, which names the
    holder, where another process has the lock. Commands that only look, or write briefly, take
    none.
    """
    path = database_file(url)
    # The same file by another name is the same database.
    with _opened(path.resolve()) as file:
        _lock(file, path)
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat()}
        file.truncate(0)
        file.write(json.dumps(holder))
        file.flush()
        yield


def holder(url: str) -> str | None:
    """Return in words who runs on the database as a bot; None where nobody does.

    Raises ConfigurationError for a URL that cannot be used, and DatabaseError where the lock cannot
    be looked at. Nothing is written.
    """
    path = database_path(url)
    try:
        with _lock_file(path.resolve()).open(encoding="utf-8") as file:
            # Shared, and let go at once: only a bot that starts in between would be in its way.
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except BlockingIOError:
        return _holder_of(path.resolve())
    except OSError as error:
        raise DatabaseError(f"{path}.lock cannot be read: {error.strerror or error}") from None
    return None


def _holder_of(path: Path) -> str:
    with _lock_file(path).open(encoding="utf-8") as file:
        return _holder(file)


def _lock_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _opened(path: Path) -> TextIO:
    try:
        return _lock_file(path).open("a+", encoding="utf-8")
    except OSError as error:
        raise DatabaseError(f"{path}.lock cannot be written: {error.strerror or error}") from None


def _lock(file: TextIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DatabaseError(
            f"{path} is in use: {_holder(file)}. One bot runs on a database: stop that one, "
            "or give this one a DEKBOT_DATABASE_URL of its own."
        ) from None
    except OSError as error:  # a file system that knows no locks
        raise DatabaseError(f"{path} cannot be locked: {error.strerror or error}") from None


def _holder(file: TextIO) -> str:
    """Return who holds the lock, as far as the file tells: it may be a moment behind."""
    file.seek(0)
    try:
        told = json.loads(file.read())
        since = datetime.fromisoformat(told["since"])
        who = f"process {told['pid']} on {told['host']} has been running"
    except (ValueError, TypeError, KeyError):
        return "another process runs on it"
    return f"{who} on it since {since:%Y-%m-%d %H:%M} {since.tzname()}"
