"""Which versions of the schema there are."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.domain.errors import DatabaseError

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def migrations_folder() -> Path:
    """Return where the migrations lie: beside the package in a checkout, within it when installed.

    Raises DatabaseError where they are in neither place.
    """
    for folder in (_PACKAGE / "migrations", _PACKAGE.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseError("the migrations are missing; install Dekbot again")


def migrations_config() -> Config:
    """Return what Alembic needs to find the migrations."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


@cache
def known_revisions() -> tuple[str, ...]:
    """Return all revisions, the oldest first."""
    script = ScriptDirectory.from_config(migrations_config())
    return tuple(reversed([one.revision for one in script.walk_revisions()]))
