"""Makes backups: copies that are whole and good, or none.

The order of steps matters:

1. The copy is made beside its place, under a name of its own, and synchronised with the disk.
2. It is opened and looked over: every page, the schema, the tables.
3. Only then it gets its name. So whatever has a backup's name is a good one, whenever the process
   was killed.
"""

import os
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from bot.domain.backups import backup_name, moment_of, newest_of, superfluous
from bot.domain.errors import BackupError
from bot.services.backup_reports import BackupReport
from bot.storage.copying import SIDE_FILES, Progress, copy_database, discard, sync
from bot.storage.database import database_path
from bot.storage.inspection import inspect

_PARTIAL: Final = ".partial"
#: Whoever still writes a copy has touched it since.
_ABANDONED: Final = timedelta(hours=1)


def back_up(
    url: str,
    wanted: str,
    now: datetime,
    *,
    force: bool = False,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> BackupReport:
    """Copy the database to the file `wanted`, or into that folder under a name with the date.

    The database may be in use. A file that is there already is replaced with `force` only. Raises
    BackupError, and ConfigurationError for a URL that names no file; nothing is left then.
    """
    source = database_path(url)
    target = _target(source, wanted, now)
    _require_source(source)
    _require_target(source, target, force=force)
    begun = time.monotonic()
    partial = target.with_name(f".{target.name}{_PARTIAL}")
    copy_database(source, partial, progress, stop)
    try:
        contents = inspect(partial, shown=source, stop=stop)
        partial.replace(target)
        sync(target.parent)
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        discard(partial)
    return BackupReport(
        file=str(target),
        size=target.stat().st_size,
        seconds=round(time.monotonic() - begun, 3),
        contents=contents,
    )


class BackupFolder:
    """The `BackupShelf` of the use cases: a folder with backups of one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self._stem = database_path(url).stem
        self._stop = Event()

    def newest(self, now: datetime) -> datetime | None:
        """Return when the newest backup was made. Raises BackupError."""
        moments = (moment_of(name, self._stem) for name in self._names())
        return newest_of((moment for moment in moments if moment is not None), now)

    def make(self, now: datetime) -> BackupReport:
        """Make a backup. Raises BackupError where it cannot be done, or was stopped."""
        self._names()  # where the folder is missing, that is what is told
        return back_up(self._url, str(self._folder), now, stop=self._stop)

    def rotate(self, keep: int, made: str) -> list[str]:
        """Delete what is superfluous beside the file just `made`; return the names.

        With it goes what killed processes left unfinished.
        """
        names = self._names()
        old = superfluous(names, self._stem, keep, Path(made).name)
        for name in (*old, *self._abandoned(names)):
            discard(self._folder / name)
        return old

    def stop(self) -> None:
        """Have a copy that is being made come to nothing."""
        self._stop.set()

    def _abandoned(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._is_abandoned(name)]

    def _is_abandoned(self, name: str) -> bool:
        if not (name.startswith(".") and name.endswith(_PARTIAL)):
            return False
        if moment_of(name[1 : -len(_PARTIAL)], self._stem) is None:
            return False
        age = time.time() - (self._folder / name).stat().st_mtime
        return age > _ABANDONED.total_seconds()

    def _names(self) -> list[str]:
        try:
            return [entry.name for entry in os.scandir(self._folder) if entry.is_file()]
        except OSError as error:
            raise BackupError(
                f"DEKBOT_BACKUP_FOLDER: {self._folder} cannot be read: {error.strerror or error};"
                " make it, or name another folder"
            ) from error


def _target(source: Path, wanted: str, now: datetime) -> Path:
    path = Path(wanted)
    if path.is_dir():
        return path / backup_name(source.stem, now)
    if wanted.endswith(os.sep) or not path.parent.is_dir():
        folder = path if wanted.endswith(os.sep) else path.parent
        raise BackupError(f"there is no folder {folder}; make it first")
    return path


def _require_source(source: Path) -> None:
    if not source.is_file():
        raise BackupError(f"there is no database at {source}; see DEKBOT_DATABASE_URL")


def _require_target(source: Path, target: Path, *, force: bool) -> None:
    own = {source.resolve()} | {
        source.resolve().with_name(f"{source.resolve().name}{suffix}")
        for suffix in (*SIDE_FILES, ".lock")
    }
    is_own = target.resolve() in own or (target.exists() and target.samefile(source))
    if is_own:
        raise BackupError(f"{target} belongs to the database itself; name another file")
    if target.exists() and not target.is_file():
        raise BackupError(f"{target} is no file; name another one")
    if target.exists() and not force:
        raise BackupError(f"{target} is there already; --force replaces it")
    if not os.access(target.parent, os.W_OK):
        raise BackupError(f"nothing can be written into {target.parent}")
