"""Puts a backup in the database's place.

The order of steps matters; killed at any of them, the database's file is the old one or the new
one, whole:

1. The backup is looked over, and the database held: no bot runs on it, and none can start.
2. A copy of the backup is made beside the database, brought up to date, relieved of what must not
   be sent any more, and synchronised with the disk.
3. The present database takes in its write-ahead log, and gets a second name.
4. The copy takes the first name, in one step.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.backups import stamp
from bot.domain.errors import BackupError, DamagedDatabaseError
from bot.services.backup_reports import RestoreReport
from bot.storage.copying import SIDE_FILES, Progress, copy_database, discard, sync
from bot.storage.database import database_file, database_path
from bot.storage.faults import FAULTS
from bot.storage.inspection import inspect
from bot.storage.instants import to_number
from bot.storage.integrity import verify
from bot.storage.lock import held
from bot.storage.migrate import migrate

_OPEN: Final = "due_at IS NOT NULL AND state IN ('owed', 'claimed')"
#: What was due before `due` was sent long ago, or is too old to be an alert.
_DROP: Final = f"""
    UPDATE deliveries SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'restored'
    WHERE {_OPEN} AND (due_at <= :due OR :claimed AND state = 'claimed')
"""  # noqa: S608 - a constant
#: The next reading of each source is as its first one: what it shows alerts nobody.
_BEGIN_ANEW: Final = (
    "DELETE FROM fanouts",
    "UPDATE sources SET baselined_at = NULL, etag = NULL, last_modified = NULL, body_hash = NULL",
)


def restore(
    url: str,
    backup: Path,
    now: datetime,
    *,
    max_age: timedelta,
    no_repeats: bool = False,
    progress: Progress | None = None,
) -> RestoreReport:
    """Put the backup in the database's place; the present one is kept under another name.

    What it owes stays owed, but for what was due more than `max_age` ago. With `no_repeats` all
    that was due by now is dropped, and what the sources show next alerts nobody. Raises BackupError
    where the backup cannot be used or put in place, DatabaseError where a bot runs on the database.
    """
    if backup.resolve() == database_path(url).resolve():
        raise BackupError(f"{backup} is the database itself; name a backup")
    contents = inspect(backup)
    with held(url, now):
        path = database_file(url).resolve()
        fresh = path.with_name(f".{path.name}.restoring")
        try:
            copy_database(backup, fresh, progress)
            steps = migrate(f"sqlite+aiosqlite:///{fresh}")
            due = now if no_repeats else now - max_age
            dropped, still_owed = _relieve(fresh, due, now, no_repeats=no_repeats)
            kept = _exchange(path, fresh, now)
        except FAULTS as error:
            raise BackupError(f"{backup} cannot be restored: {error}") from error
        except OSError as error:
            raise BackupError(f"{path} cannot be replaced: {error.strerror or error}") from error
        finally:
            discard(fresh)
    return RestoreReport(
        file=str(backup),
        database=str(path),
        contents=contents,
        kept=str(kept) if kept else None,
        dropped=dropped,
        still_owed=still_owed,
        steps=tuple(steps),
        no_repeats=no_repeats,
    )


def _relieve(fresh: Path, due: datetime, now: datetime, *, no_repeats: bool) -> tuple[int, int]:
    """Drop what is not to be sent any more; return how many deliveries, and how many are left."""
    values = {"due": to_number(due), "now": to_number(now), "claimed": no_repeats}
    with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        dropped = database.execute(_DROP, values).rowcount
        for statement in _BEGIN_ANEW if no_repeats else ():
            database.execute(statement)
        counted = f"SELECT COUNT(*) FROM deliveries WHERE {_OPEN}"  # noqa: S608 - a constant
        (left,) = database.execute(counted).fetchone()
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode = DELETE")
    sync(fresh)
    return dropped, left


def _exchange(path: Path, fresh: Path, now: datetime) -> Path | None:
    """Put `fresh` in the path's place; return where the former database is now."""
    with _alone_with(path) as is_sound:
        kept = None
        if path.stat().st_size:
            kept = _free_name(path, now)
            _name_twice(path, kept)
        if not is_sound:
            _move_side_files(path, kept)
        sync(path.parent)
        fresh.replace(path)
        sync(path.parent)
        return kept


@contextmanager
def _alone_with(path: Path) -> Iterator[bool]:
    """Take the write-ahead log into the file, and keep all others away; yield whether it is sound.

    Nothing is written to a damaged one.
    """
    try:
        verify(f"sqlite+aiosqlite:///{path}")
    except DamagedDatabaseError:
        yield False
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as database:
        try:
            database.execute("PRAGMA journal_mode = DELETE").fetchone()
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BackupError(f"{path} is used by another program ({error}); stop it") from error
        yield True


def _free_name(path: Path, now: datetime) -> Path:
    base = f"{path.stem}.before-restore-{stamp(now)}"
    names = [base, *(f"{base}-{number}" for number in range(2, 100))]
    found = (path.with_name(f"{name}{path.suffix}") for name in names)
    return next(one for one in found if not one.exists())


def _name_twice(path: Path, kept: Path) -> None:
    """Give the file a second name; where the disk knows no such thing, copy it."""
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
        sync(kept)


def _move_side_files(path: Path, kept: Path | None) -> None:
    """Have what lies beside a damaged database go with it: the new one must not take it in."""
    for suffix in SIDE_FILES:
        side = path.with_name(f"{path.name}{suffix}")
        if side.exists() and kept is not None:
            side.replace(kept.with_name(f"{kept.name}{suffix}"))
        else:
            side.unlink(missing_ok=True)
