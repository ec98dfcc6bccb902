"""A database with an archive and an audience, and the bot as a process of its own on it."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.processes import environment
from bot.storage.migrate import migrate

ARTICLES = 100_000
SUBSCRIBERS = 10_000
SECTIONS = 40
#: python-telegram-bot would load cryptography, which is here only for tests: seven megabytes.
_PROGRAM = (
    "import sys; sys.modules['cryptography'] = None; sys.argv[0] = 'dekbot';"
    " from bot.cli import main; main()"
)
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)"
_WORDS = "'word' || (n.i % 997) || ' word' || (n.i % 9973) || ' word' || (n.i % 29989)"


def stock(path: Path, articles: int = ARTICLES, subscribers: int = SUBSCRIBERS) -> None:
    """Make a database in which every chat follows one section of many."""
    migrate(database_url(path))
    first = int(datetime.now(UTC).timestamp()) - articles * 600
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(
            _NUMBERS + " INSERT INTO topics (kind, key, name, description, created_at)"
            " SELECT 'section', 'section-' || n.i, 'Section ' || n.i, '', 0 FROM n",
            [SECTIONS],
        )
        database.execute(
            _NUMBERS.replace("?", ":count")
            + """ INSERT INTO articles (
                id, url_key, url, headline, dek, published_at, has_time, seen_at, source_id, alerted
            )
            SELECT (:first + n.i * 600) << 20, 'news.example/' || n.i,
                'https://news.example/2024/01/a' || n.i, 'Headline of the article ' || n.i,
                'A dek of a hundred characters or so, as they are written for most of them ' || n.i,
                (:first + n.i * 600) * 1000, 1, (:first + n.i * 600) * 1000, 1, 0
            FROM n""",
            {"count": articles, "first": first},
        )
        database.execute(
            _NUMBERS.replace("?", ":count")
            + """ INSERT INTO article_words (article_id, headline, dek, inflected)
            SELECT (:first + n.i * 600) << 20, WORDS, WORDS || ' ' || WORDS, WORDS
            FROM n""".replace("WORDS", _WORDS),
            {"count": articles, "first": first},
        )
        database.execute(
            "INSERT INTO article_topics (article_id, topic_id, position)"
            " SELECT id, 1 + (id >> 20) / 600 % ?, 0 FROM articles",
            [SECTIONS],
        )
        database.execute(
            _NUMBERS + " INSERT INTO subscribers"
            " (chat_id, thread_id, kind, language, standing, created_at)"
            " SELECT 1000000 + n.i, 0, 'private', 'en', 'active', 0 FROM n",
            [subscribers],
        )
        database.execute(
            "INSERT INTO stances (topic_id, subscriber_id, stance)"
            " SELECT 1 + id % ?, id, 1 FROM subscribers",
            [SECTIONS],
        )
        database.execute("ANALYZE")


def database_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@contextlib.contextmanager
def running(settings: Mapping[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the bot with these settings; its modules are compiled once and kept, as installed."""
    told = environment(
        {
            "PYTHONPATH": str(Path.cwd()),
            "DEKBOT_WEB_PORT": "0",
            "DEKBOT_LOG_LEVEL": "WARNING",
            **{f"DEKBOT_{name}": text for name, text in settings.items()},
        }
    )
    told.pop("PYTHONDONTWRITEBYTECODE", None)
    # In a folder of its own: no .env of the operator's is read.
    command = [sys.executable, "-c", _PROGRAM, "run"]
    process = subprocess.Popen(command, cwd=folder, env=told)  # noqa: S603 - our own program
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)
