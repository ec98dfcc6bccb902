"""Brings a database's schema up to date with Alembic, each step in its own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, create_engine, event, inspect

from bot.domain.errors import DatabaseError
from bot.storage.database import database_file, pragmas
from bot.storage.faults import FAULTS, told
from bot.storage.revisions import migrations_folder


def migrate(url: str) -> list[str]:
    """Bring the database up to date; return the steps that were taken, oldest first.

    Raises ConfigurationError for a URL that cannot be used, and DatabaseError for a file that is
    no database, is held by another process, or was written by a newer Dekbot.
    """
    with _connected(url) as (connection, config):
        before = _current(connection)
        command.upgrade(config, "head")
        after = _current(connection)
        script = ScriptDirectory.from_config(config)
        steps = script.iterate_revisions(after or "base", before or "base")
        return [f"{step.revision}: {step.doc}" for step in reversed(list(steps))]


def undo(url: str, revision: str) -> None:
    """Take the database back to the revision (`base`: before the first). Raises as `migrate`."""
    with _connected(url) as (_, config):
        command.downgrade(config, revision)


@contextmanager
def _connected(url: str) -> Iterator[tuple[Connection, Config]]:
    path = database_file(url)
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    config = _config()
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            yield connection, config
    except FAULTS as error:
        raise told(path, error) from error
    except (CommandError, RevisionError) as error:
        raise DatabaseError(
            f"{path} was written by a newer Dekbot ({error}); upgrade Dekbot, or restore a backup"
        ) from error
    finally:
        engine.dispose()


def _config() -> Config:
    """Return what Alembic needs to find the migrations."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


def _current(connection: Connection) -> str | None:
    """Return the database's revision, in a transaction of its own."""
    try:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    finally:
        connection.rollback()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # see bot.storage.database
    for pragma in pragmas():
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
