"""Looks a database over before a bot runs on it."""

import sqlite3
from contextlib import closing

from bot.domain.article import one_line
from bot.storage.database import database_file
from bot.storage.faults import damaged, told


def verify(url: str) -> None:
    """Return where the database is sound, or new.

    Raises DamagedDatabaseError where it is damaged, DatabaseError where it cannot be read, and
    ConfigurationError for a URL that cannot be used. Nothing is written, not even what a crash
    left to be taken over: a damaged file stays as it was found.
    """
    path = database_file(url)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise told(path, error) from error
    if found != "ok":
        raise damaged(path, one_line(str(found)))
