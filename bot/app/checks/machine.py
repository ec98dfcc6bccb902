"""What Dekbot stands on."""

import platform

from bot import __version__
from bot.app.checks.findings import failed, ok
from bot.services.reports import Finding
from bot.storage.engine_facts import LEAST_VERSION, has_full_text_search, sqlite_version


def machine() -> list[Finding]:
    own = ok("dekbot", f"{__version__} on Python {platform.python_version()}")
    return [own, engine(sqlite_version(), has_fts5=has_full_text_search())]


def engine(version: tuple[int, ...], *, has_fts5: bool) -> Finding:
    """Judge the SQLite that Python brings."""
    name = f"SQLite {_dotted(version)}"
    remedy = "take a Python that brings a newer SQLite with FTS5, as python.org's and Debian's do"
    if version < LEAST_VERSION:
        return failed("sqlite", f"{name}, and at least {_dotted(LEAST_VERSION)} is needed", remedy)
    if not has_fts5:
        return failed("sqlite", f"{name} without full-text search (FTS5)", remedy)
    return ok("sqlite", f"{name} with FTS5")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
