"""Brings a database up to date, and keeps a copy of what was there before."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

from bot.domain.errors import BackupError
from bot.services.backup_reports import UpgradeReport
from bot.storage.copying import NoRoomError, copy_database, discard, sync
from bot.storage.database import database_path
from bot.storage.inspection import inspect, open_read_only, revision_of
from bot.storage.revisions import known_revisions


def upgrade(url: str, *, backup: bool = True, stop: Event | None = None) -> UpgradeReport:
    """Bring the database up to date; copy one that holds anything first, unless told not to.

    Where there is no room for a copy it goes on without one, and says so: each step is a
    transaction, so that an upgrade loses nothing by being killed. Raises as `migrate` does, and
    BackupError for a database that is damaged.
    """
    path = database_path(url)
    if _revision(path) == known_revisions()[-1]:
        return UpgradeReport(steps=())
    # Only now: for a tenth of the start's time and memory, Alembic would find nothing to be done.
    from bot.storage.migrate import migrate

    copy, fault = _keep_copy(path, stop) if backup else (None, "")
    steps = migrate(url)
    return UpgradeReport(steps=tuple(steps), copy=str(copy) if copy else None, fault=fault)


def copy_before(path: Path) -> Path:
    """Return where the copy lies that is made before the upgrade to today's schema."""
    return path.with_name(f"{path.stem}.before-{known_revisions()[-1]}{path.suffix}")


def _keep_copy(path: Path, stop: Event | None) -> tuple[Path | None, str]:
    """Copy a database of an earlier version; return the copy, or why there is none.

    An upgrade that was interrupted has made its copy already: it is older than the database, and
    stays as it is.
    """
    revision = _revision_with_content(path)
    if revision is None or revision == known_revisions()[-1]:
        return None, ""
    target = copy_before(path)
    if _is_of_an_earlier_version(target, revision):
        return target, ""
    partial = path.with_name(f".{target.name}.partial")
    try:
        copy_database(path, partial, stop=stop)
        inspect(partial, shown=path, stop=stop)
        partial.replace(target)
        sync(target.parent)
    except NoRoomError as error:
        return None, str(error)
    finally:
        discard(partial)
    return target, ""


def _revision_with_content(path: Path) -> str | None:
    """Return the revision; None where there is nothing to keep.

    So it is for a file that is no database of ours: `migrate` tells what is wrong with it.
    """
    revision = _revision(path)
    if revision not in known_revisions():
        return None
    try:
        with closing(open_read_only(path)) as database:
            found = "SELECT EXISTS (SELECT 1 FROM articles) OR EXISTS (SELECT 1 FROM subscribers)"
            (has_content,) = database.execute(found).fetchone()
            return revision if has_content else None
    except sqlite3.Error:
        return None


def _revision(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with closing(open_read_only(path)) as database:
            return revision_of(database)
    except sqlite3.Error:
        return None


def _is_of_an_earlier_version(copy: Path, revision: str) -> bool:
    if not copy.is_file():
        return False
    try:
        kept = inspect(copy).revision
    except BackupError:
        return False
    order = known_revisions()
    return order.index(kept) < order.index(revision)
