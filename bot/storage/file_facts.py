"""What a database's file is like, and what room it has; nothing is opened or written."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import DatabaseError
from bot.storage.database import database_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    path: Path
    #: In bytes; None where the file is not there.
    size: int | None
    #: Of what was written and not yet taken over into the file.
    wal_size: int
    #: How many bytes are free on the disk.
    free: int
    #: What is not writable of file and folder; None where both are. Where the folder is not there,
    #: what it would be made in counts.
    closed: Path | None


def file_facts(url: str) -> FileFacts:
    """Return the facts of the file that the URL names.

    Raises ConfigurationError for a URL that cannot be used, DatabaseError for a closed folder.
    """
    path = database_path(url)
    try:
        return _facts(path)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be looked at: {error.strerror or error}") from None


def _facts(path: Path) -> FileFacts:
    folder = next(one for one in path.resolve().parents if one.exists())
    return FileFacts(
        path=path,
        size=path.stat().st_size if path.is_file() else None,
        wal_size=_size(path.with_name(f"{path.name}-wal")),
        free=shutil.disk_usage(folder).free,
        closed=_closed(path, folder),
    )


def _closed(path: Path, folder: Path) -> Path | None:
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return folder
    return path if path.exists() and not os.access(path, os.W_OK) else None


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
