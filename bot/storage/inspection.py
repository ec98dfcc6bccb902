"""Opens a database's file to see what it holds, and that it is good; it changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Final

from bot.domain.article import one_line
from bot.domain.errors import BackupError
from bot.services.backup_reports import Contents
from bot.storage.instants import to_moment
from bot.storage.revisions import known_revisions

#: What every version since the first has.
_CONTENTS: Final = """
    SELECT
        (SELECT COUNT(*) FROM articles),
        (SELECT COUNT(*) FROM subscribers),
        (SELECT COUNT(*) FROM deliveries),
        (SELECT COUNT(*) FROM deliveries WHERE due_at IS NOT NULL),
        MAX(
            COALESCE((SELECT MAX(read_at) FROM sources), 0),
            COALESCE((SELECT MAX(seen_at) FROM articles), 0),
            COALESCE((SELECT MAX(MAX(owed_at), MAX(COALESCE(settled_at, 0))) FROM deliveries), 0)
        )
"""
#: How many steps of SQLite's machine go by between two looks at whether to stop.
_STEPS: Final = 100_000


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open the file so that nothing is written, neither into it nor beside it.

    Only where a write-ahead log lies beside it, its database is in use, or was left by a crash:
    then SQLite has to have its say.
    """
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    uri = f"{path.resolve().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None)


def inspect(path: Path, *, shown: Path | None = None, stop: Event | None = None) -> Contents:
    """Return what a sound database of Dekbot's holds; faults name it as `shown`.

    Raises BackupError for a file that is missing, damaged, no database, none of Dekbot's, or
    written by a newer Dekbot; and where `stop` is set meanwhile.
    """
    shown = shown or path
    if not path.is_file():
        raise BackupError(f"{shown} is not there, or is no file")
    try:
        with closing(open_read_only(path)) as database:
            if stop is not None:
                database.set_progress_handler(stop.is_set, _STEPS)
            (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise _damaged(shown, one_line(str(found)))
            return _contents(shown, database)
    except sqlite3.Error as error:
        raise told(shown, error) from error


def _contents(path: Path, database: sqlite3.Connection) -> Contents:
    revision = revision_of(database)
    if revision is None:
        raise BackupError(f"{path} is no database of Dekbot's")
    if revision not in known_revisions():
        raise BackupError(
            f"{path} was written by a newer Dekbot (revision {revision}); upgrade Dekbot first"
        )
    articles, subscribers, deliveries, still_open, latest = database.execute(_CONTENTS).fetchone()
    return Contents(
        revision=revision,
        articles=articles,
        subscribers=subscribers,
        deliveries=deliveries,
        open_deliveries=still_open,
        as_of=to_moment(latest) if latest else None,
    )


def told(path: Path, error: sqlite3.Error) -> BackupError:
    """Return in words why the file could not be read."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return BackupError("the backup was stopped")
    if code == sqlite3.SQLITE_NOTADB:
        return BackupError(f"{path} is no database, or its beginning is damaged")
    if code == sqlite3.SQLITE_CORRUPT:
        return _damaged(path, str(error))
    return BackupError(f"{path} cannot be read: {error}")


def _damaged(path: Path, words: str) -> BackupError:
    return BackupError(f"{path} is damaged ({words}); an earlier backup is needed")


def revision_of(database: sqlite3.Connection) -> str | None:
    """Return the schema's revision; None for a database that is not Dekbot's, or is empty."""
    tables = {
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not {"alembic_version", "articles", "subscribers", "deliveries", "sources"} <= tables:
        return None
    row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
