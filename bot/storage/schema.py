"""Tells which schema a database has, without changing it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.domain.errors import DatabaseError
from bot.storage.database import database_path
from bot.storage.faults import told
from bot.storage.revisions import known_revisions

_HAS_ONE = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'alembic_version'"


class Age(StrEnum):
    """How a database's schema stands to the one that this Dekbot works on."""

    CURRENT = "current"
    #: A migration is due.
    OLDER = "older"
    #: It was written by a newer Dekbot.
    NEWER = "newer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    #: None where no migration has been made yet.
    revision: str | None
    #: What this Dekbot works on.
    wanted: str
    age: Age


def schema_of(path: Path) -> Schema:
    """Return which schema the database in this file has; raises DatabaseError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            revision = _revision(database)
    except sqlite3.Error as error:
        raise told(path, error) from error
    known = known_revisions()
    if revision == known[-1]:
        return Schema(revision=revision, wanted=known[-1], age=Age.CURRENT)
    age = Age.OLDER if revision is None or revision in known else Age.NEWER
    return Schema(revision=revision, wanted=known[-1], age=age)


def require_current(url: str) -> None:
    """Return where the database is there and of today's schema; for what only looks.

    Raises DatabaseError where it is not, and ConfigurationError for a URL that cannot be used.
    Nothing is written.
    """
    path = database_path(url)
    if not path.is_file():
        raise DatabaseError(f"{path} does not exist; dekbot run, poll or import makes it")
    schema = schema_of(path)
    if schema.age is Age.NEWER:
        raise DatabaseError(
            f"{path} was written by a newer Dekbot ({schema.revision}); upgrade Dekbot"
        )
    if schema.age is Age.OLDER:
        was = schema.revision or "without a schema"
        raise DatabaseError(
            f"{path} is {was}, and this Dekbot works on {schema.wanted}; dekbot migrate, or the"
            " next dekbot run, brings it up to date"
        )


def _revision(database: sqlite3.Connection) -> str | None:
    (tables,) = database.execute(_HAS_ONE).fetchone()
    if not tables:
        return None
    row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None
