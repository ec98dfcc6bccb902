"""An audience of a million, for what is measured against one.

Each subscriber follows three sections, every second one an author, and three in ten mute a label.
Who follows what is spread over the ids as chance would have it, and the same in every run.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.article import Published, Teaser
from bot.domain.news import NewArticle
from bot.domain.topic import Topic, TopicKind, author, label, section
from bot.services.meter import Meter
from bot.storage.database import Database
from bot.storage.migrate import migrate

SUBSCRIBERS: Final = 1_000_000
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
#: Sections by the share of all subscribers that follow them.
SHARES: Final = {
    0.01: section("One in a hundred"),
    0.1: section("One in ten"),
    0.5: section("Half"),
}
OTHERS: Final = [section(f"Section {number}") for number in range(40)]
AUTHORS: Final = [author(f"Author {number}") for number in range(1_000)]
LABELS: Final = [label(f"Label {number}") for number in range(10)]
#: Follows of other sections, by the share of subscribers that have one more: three with the above.
_FURTHER: Final = (1.0, 1.0, 0.39)
_PARTS: Final = 1 << 20


def now() -> datetime:
    return NOW


async def gather(
    folder: Path, meter: Meter | None = None, subscribers: int = SUBSCRIBERS
) -> tuple[Database, Path]:
    """Return a new database in which everybody has chosen, and its file."""
    path = folder / "crowd.db"
    url = f"sqlite+aiosqlite:///{path}"
    migrate(url)
    database = Database(url, UTC, meter)
    async with database.writing() as records:
        await records.topics.ensure([*SHARES.values(), *OTHERS, *AUTHORS, *LABELS], NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        _subscribe(connection, subscribers)
        _choose(connection)
        connection.execute("ANALYZE")
    return database, path


async def publish(database: Database, topics: tuple[Topic, ...], number: int) -> int:
    """Store an article of these topics, to be matched with everybody; return its id."""
    of = {kind: tuple(one for one in topics if one.kind is kind) for kind in TopicKind}
    teaser = Teaser(
        url=f"https://example.org/{number}",
        headline=f"Headline {number}",
        dek="A dek.",
        sections=of[TopicKind.SECTION],
        authors=of[TopicKind.AUTHOR],
        labels=of[TopicKind.LABEL],
    )
    at = NOW + timedelta(seconds=number)
    new = NewArticle(teaser=teaser, published=Published(at=at), alert=True)
    async with database.writing() as records:
        (article_id,) = await records.articles.add([new], 1, at)
        await records.fanouts.begin(article_id, 0, NOW)
    return article_id


def _subscribe(connection: sqlite3.Connection, subscribers: int) -> None:
    connection.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
        INSERT INTO subscribers (chat_id, thread_id, kind, language, standing, created_at)
        SELECT 1000000000 + i, 0, 'private', 'en', 'active', 0 FROM n
        """,
        [subscribers],
    )


def _choose(connection: sqlite3.Connection) -> None:
    ids = {
        (kind, key): number
        for number, kind, key in connection.execute("SELECT id, kind, key FROM topics")
    }
    numbers = {
        one: ids[one.kind, one.key] for one in (*SHARES.values(), *OTHERS, *AUTHORS, *LABELS)
    }
    for salt, (share, topic) in enumerate(SHARES.items()):
        _take(connection, [numbers[topic]], share, salt, 1)
    for salt, share in enumerate(_FURTHER, start=10):
        _take(connection, [numbers[one] for one in OTHERS], share, salt, 1)
    _take(connection, [numbers[one] for one in AUTHORS], 0.5, 20, 1)
    _take(connection, [numbers[one] for one in LABELS], 0.3, 30, -1)


def _take(
    connection: sqlite3.Connection, topics: list[int], share: float, salt: int, stance: int
) -> None:
    """Have so many take up that stance, each on one of the topics, whose ids follow each other."""
    which = f"{topics[0]} + {_chance(salt + 100)} % {len(topics)}"
    statement = f"""
        INSERT OR IGNORE INTO stances (topic_id, subscriber_id, stance)
        SELECT {which}, id, ? FROM subscribers WHERE {_chance(salt)} < ?
    """  # noqa: S608 - numbers
    connection.execute(statement, (stance, round(share * _PARTS)))


def _chance(salt: int) -> str:
    """Return the SQL of a number below `_PARTS` that only the subscriber's id decides."""
    mixed = f"(id * 2654435761 + {salt} * 40503) % 4294967296"
    return f"(({mixed}) * 1103515245 % 4294967296 >> 12)"
