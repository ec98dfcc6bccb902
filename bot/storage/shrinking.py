"""Makes a database's file smaller."""

import sqlite3
from contextlib import closing

from bot.storage.copying import size_of
from bot.storage.database import database_file, pragmas
from bot.storage.faults import told


def shrink(url: str) -> int:
    """Write the database anew without the room that deletions left; return the bytes gained.

    The disk needs room for a second one meanwhile, and nobody else can write; killed, it stays as
    it was. Raises DatabaseError.
    """
    path = database_file(url)
    before = size_of(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for pragma in pragmas():
                database.execute(pragma)
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise told(path, error) from error
    return before - size_of(path)
