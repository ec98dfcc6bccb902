"""What the SQLite that Python brings can do."""

import sqlite3
from contextlib import closing
from typing import Final

#: The first with the operators `->` and `->>`, which the statements use.
LEAST_VERSION: Final = (3, 38, 0)


def sqlite_version() -> tuple[int, ...]:
    return sqlite3.sqlite_version_info


def has_full_text_search() -> bool:
    """Return whether FTS5 was built in; the search stands on it."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE tried USING fts5(word)")
        except sqlite3.OperationalError:
            return False
        return True
