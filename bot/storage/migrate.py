"""Brings a database's schema up to date with Alembic, each step in its own transaction."""

from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import DatabaseError
from bot.storage.database import database_file, pragmas

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def migrations_folder() -> Path:
    """Return where the migrations lie: beside the package in a checkout, within it when installed.

    Raises DatabaseError where they are in neither place.
    """
    for folder in (_PACKAGE / "migrations", _PACKAGE.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseError("the migrations are missing; install Dekbot again")


def migrate(url: str, revision: str = "head") -> list[str]:
    """Bring the database to the revision; return the steps that were taken, oldest first.

    Raises ConfigurationError for a URL that cannot be used, and DatabaseError for a file that is
    no database, is held by another process, or was written by a newer Dekbot.
    """
    path = database_file(url)
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            return _upgrade(connection, revision)
    except DBAPIError as error:
        raise DatabaseError(f"{path} cannot be used as a database: {error.orig}") from error
    except CommandError as error:
        raise DatabaseError(
            f"{path} was written by a newer Dekbot ({error}); upgrade Dekbot, or restore a backup"
        ) from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection, revision: str) -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    before = _current(connection)
    connection.rollback()
    script = ScriptDirectory.from_config(config)
    downwards = revision == "base" or (
        before is not None and revision in _ancestors(script, before)
    )
    (command.downgrade if downwards else command.upgrade)(config, revision)
    after = _current(connection)
    connection.rollback()
    if downwards:
        return []
    steps = script.iterate_revisions(after or "base", before or "base")
    return [f"{step.revision}: {step.doc}" for step in reversed(list(steps))]


def _ancestors(script: ScriptDirectory, revision: str) -> set[str]:
    return {step.revision for step in script.iterate_revisions(revision, "base")} - {revision}


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # see bot.storage.database
    for pragma in pragmas():
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
