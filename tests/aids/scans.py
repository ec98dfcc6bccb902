"""Notices statements that read a whole table, whoever executes them."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

from bot.storage.migrate import migrate

#: How many rows the big tables are said to have, and how many share each prefix of an index's
#: columns: a bot with a million subscribers, ten million deliveries and 100,000 articles.
_ROWS: Final = {
    "articles": 100_000,
    "article_words": 100_000,
    "article_topics": 400_000,
    "sightings": 200_000,
    "subscribers": 1_000_000,
    "stances": 3_800_000,
    "standing_searches": 50_000,
    "search_versions": 50_000,
    "story_mutes": 50_000,
    "saved": 500_000,
    "deliveries": 10_000_000,
    "edits": 10_000,
    "topics": 3_000,
    "sources": 20,
    "fanouts": 2,
    "broadcasts": 20,
    "former_articles": 100_000,
    "notices": 20,
    "setups": 20,
    "move_codes": 20,
    "broadcast_copies": 1_000_000,
}
#: Tables that stay small, however many readers and articles there are.
_SMALL: Final = {name for name, rows in _ROWS.items() if rows <= 20}
#: What reads a table to its end all the same, by a part of the statement, and why it may.
EXCEPTIONS: Final = {
    "ORDER BY id DESC LIMIT": "a search without words, from the newest on; ends with its page",
    "ORDER BY a.id DESC LIMIT": "a search from the newest article on; ends with its page",
    "ORDER BY articles.id DESC LIMIT": "the newest articles; ends with its page",
    "SELECT COUNT(*) FROM (SELECT a.id AS id FROM articles a": "an estimate without words",
    "SELECT count(*) AS count_1 FROM articles": "walks the smallest index; 2 ms for 100,000",
    "standing_searches.query FROM": "all are matched with each article, in memory",
    'standing_searches."query" FROM': "all are matched with each article, in memory",
    "FROM deliveries GROUP BY deliveries.state": "`dekbot check`, once",
    "SELECT COUNT(*) FROM deliveries d JOIN articles": "`dekbot prune --dry-run`, once",
    "FROM subscribers GROUP BY": "administrators' figures: all readers are counted",
    "COALESCE(SUM(u.standing": "a broadcast's preview: all readers are counted",
}
_ASKS: Final = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
#: A filter made on the fly of a whole table costs what a scan does.
_WHOLE: Final = re.compile(r"SCAN (?P<scanned>\w+)|BLOOM FILTER ON (?P<filtered>\w+)")


class Plans:
    """Two databases without rows: one without statistics, as the bot's are, and one with them."""

    def __init__(self, folder: Path) -> None:
        self._connections = []
        self._known: dict[str, list[str]] = {}
        for name in ("plain", "analyzed"):
            path = folder / f"{name}.db"
            migrate(f"sqlite+aiosqlite:///{path}")
            if name == "analyzed":
                _claim_statistics(path)
            self._connections.append(sqlite3.connect(path))

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def scans(self, statement: str, values: Any) -> list[str]:
        """Return the big tables that the statement reads from end to end, in either database."""
        if statement not in self._known:
            steps = [] if _is_excepted(statement) else self._steps(statement, values)
            found = {_scanned(step, statement) for step in steps}
            self._known[statement] = sorted(one for one in found if one is not None)
        return self._known[statement]

    def _steps(self, statement: str, values: Any) -> list[str]:
        """Return what SQLite would do; nothing for a statement that is a mistake."""
        steps: list[str] = []
        for connection in self._connections:
            with suppress(sqlite3.OperationalError):
                asked = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
                steps += [step for *_, step in asked]
        return steps


def _scanned(step: str, statement: str) -> str | None:
    met = _WHOLE.match(step)
    if met is None:
        return None
    name = met["scanned"] or met["filtered"]
    if name in _ROWS:
        return None if name in _SMALL else name
    named = re.search(rf"\b({'|'.join(_ROWS)})(?:\s+AS)?\s+{name}\b", statement)
    return named[1] if named and named[1] not in _SMALL else None


def _is_excepted(statement: str) -> bool:
    plain = " ".join(statement.split())
    return any(part in plain for part in EXCEPTIONS)


def _claim_statistics(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ANALYZE")
        connection.execute("DELETE FROM sqlite_stat1")
        for table, rows in _ROWS.items():
            indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
            for _, index, is_unique, *_ in indexes:
                columns = connection.execute(f"PRAGMA index_info({index})").fetchall()
                shared = [max(rows // 10_000 ** (place + 1), 1) for place in range(len(columns))]
                if is_unique:
                    shared[-1] = 1
                numbers = " ".join(str(one) for one in (rows, *shared))
                connection.execute(
                    "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", (table, index, numbers)
                )
            if not indexes:
                connection.execute(
                    "INSERT INTO sqlite_stat1 VALUES (?, NULL, ?)", (table, str(rows))
                )


@contextmanager
def noticed() -> Iterator[dict[str, Any]]:
    """Collect the statements that the bot's own engines execute, with values for each."""
    found: dict[str, Any] = {}

    def note(connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if connection.dialect.driver == "aiosqlite" and _ASKS.match(statement):
            found.setdefault(statement, _one(values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _one(values: Any) -> Any:
    """Return the values of one row, where there are several."""
    many = isinstance(values, list) and values and isinstance(values[0], tuple | Mapping)
    return values[0] if many else values
