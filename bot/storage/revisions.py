"""Which versions of the schema there are."""

from functools import cache
from pathlib import Path
from typing import Final

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


@cache
def known_revisions() -> tuple[str, ...]:
    """Return all revisions, the oldest first.

    The files are named by them. Alembic would load every one, and takes more time and memory than
    anything else that a start on a database of today needs.
    """
    files = (migrations_folder() / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))
