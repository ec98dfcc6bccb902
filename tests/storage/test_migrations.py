import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.domain.article import Teaser
from bot.domain.delivery import Sent, State, settle
from bot.domain.errors import ConfigurationError, DatabaseError
from bot.domain.query_parser import parse_query
from bot.domain.subscriber import Subscriber
from bot.domain.timing import Lot
from bot.domain.urgency import Urgency
from bot.services.ports import Records
from bot.storage.database import Database, database_file
from bot.storage.migrate import migrate, undo
from bot.storage.tables import metadata
from tests.aids.archive import claim, publish, subscribe
from tests.aids.articles import ECONOMY, teaser
from tests.conftest import SITE_ZONE

EVERY: Final = [f"{number:04}" for number in range(1, 15)]


def versions(steps: list[str]) -> list[str]:
    return [step.split(":")[0] for step in steps]


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def test_the_migrations_make_the_tables_that_the_code_describes(database_path: Path) -> None:
    engine = create_engine(f"sqlite:///{database_path}")

    def ours(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not (kind == "table" and str(name).startswith(("articles_fts", "articles_terms")))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False}
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def test_a_new_database_is_made_with_its_folder_and_a_second_run_does_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "folder" / "dekbot.db"

    assert versions(migrate(url(path))) == EVERY
    assert migrate(url(path)) == []


def test_the_migrations_can_be_undone_and_done_again(tmp_path: Path) -> None:
    path = tmp_path / "dekbot.db"
    migrate(url(path))
    undo(url(path), "base")
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}

    assert {name for name in names if not name.startswith("sqlite_")} <= {"alembic_version"} | {
        "sqlite_autoindex_alembic_version_1"
    }
    assert len(migrate(url(path))) == len(EVERY)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are not the tables you are looking for. " * 50)
    before = path.read_bytes()

    with pytest.raises(DatabaseError, match="is no database"):
        migrate(url(path))
    assert path.read_bytes() == before


def test_a_database_of_a_newer_dekbot_is_refused(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseError, match="newer Dekbot"):
        migrate(url(database_path))


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("nonsense", "is not a database URL"),
        ("mysql://host/db", "'mysql' is not supported"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite:////proc/dekbot/dekbot.db", "cannot be written"),
    ],
)
def test_a_wrong_database_url_says_what_would_be_right(wrong: str, fault: str) -> None:
    with pytest.raises(ConfigurationError, match=fault) as raised:
        database_file(wrong)
    assert "expected sqlite+aiosqlite:///PATH" in str(raised.value)


async def test_reading_cannot_write(store: Database) -> None:
    with pytest.raises(Exception, match="readonly database"):
        async with store.reading() as records:
            await records.sources.ensure("https://e.org/feed/", "feed")


async def test_a_database_locked_by_another_process_is_a_clear_error(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database._BUSY_MILLISECONDS", 10)
    database = Database(url(database_path), SITE_ZONE)
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="locked"):
            async with database.writing() as records:
                await records.sources.ensure("https://e.org/feed/", "feed")
        other.execute("ROLLBACK")
    async with database.writing() as records:
        assert (await records.sources.ensure("https://e.org/feed/", "feed")).id == 1
    await database.close()


async def test_a_database_of_the_first_version_keeps_its_data_and_what_it_owes(
    database_path: Path, now: datetime
) -> None:
    undo(url(database_path), "0001")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript("""
            INSERT INTO topics (id, kind, key, name, description, created_at)
            VALUES (1, 'section', 'economy', 'Economy', '', 0);
            INSERT INTO articles VALUES
                (7, 'e.org/a', 'https://e.org/a', 'Headline', 'Dek', NULL, 0, 1, 0, 1, 1);
            INSERT INTO article_topics (topic_id, article_id, position) VALUES (1, 7, 0);
            INSERT INTO subscribers (id, chat_id, thread_id, kind, language, standing, created_at)
            VALUES (3, 99, 0, 'private', 'en', 'active', 0);
            INSERT INTO stances (topic_id, subscriber_id, stance) VALUES (1, 3, 1);
            INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at)
            VALUES (7, 3, 'owed', 1, 0, 0);
        """)

    steps = migrate(url(database_path))

    assert versions(steps) == EVERY[1:]
    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        await records.saved.add(3, 7, now)
        (owed,) = await records.outbox.claim(now, now, 10)
        (held,) = await records.subscribers.stances(3)
        saved = await records.saved.page(3, 10, 0)
    await database.close()
    assert (owed.article.headline, owed.subscriber.address.chat_id) == ("Headline", 99)
    assert (owed.lot, owed.silent) == (Lot.INSTANT, False)
    assert (held.topic.key, held.urgency) == ("economy", None)
    assert saved == [(7, now)]


SECOND_VERSION = """
    INSERT INTO topics (id, kind, key, name, description, created_at, articles)
    VALUES (1, 'section', 'economy', 'Economy', '', 0, 2), (2, 'author', 'ada', 'Ada', '', 0, 1);
    INSERT INTO articles (id, url_key, url, headline, dek, published_at, has_time, seen_at,
        source_id, alerted)
    VALUES (7, 'e.org/a', 'https://e.org/a', 'Fed', '', 0, 1, 0, 4, 1),
        (8, 'e.org/b', 'https://e.org/b', 'Imported', '', 0, 1, 0, 0, 0);
    INSERT INTO article_topics (topic_id, article_id, position)
    VALUES (1, 7, 0), (2, 7, 1), (1, 8, 0);
"""


async def test_topics_of_the_second_version_count_as_told_by_their_articles_sources(
    database_path: Path,
) -> None:
    undo(url(database_path), "0002")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript(SECOND_VERSION)

    migrate(url(database_path))

    database = Database(url(database_path), SITE_ZONE)
    async with database.reading() as records:
        known = await records.articles.known(["e.org/a", "e.org/b"], 4)
    await database.close()
    told = {
        key: [(one.topic.name, one.source_id, one.withdrawn) for one in article.topics]
        for key, article in known.items()
    }
    assert told == {
        "e.org/a": [("Economy", 4, False), ("Ada", 4, False)],
        "e.org/b": [("Economy", 0, False)],
    }


def test_the_second_version_shows_and_counts_withdrawn_topics_again(database_path: Path) -> None:
    undo(url(database_path), "0002")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript(SECOND_VERSION)
    migrate(url(database_path))
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript("""
            UPDATE article_topics SET withdrawn = 1 WHERE topic_id = 2;
            UPDATE topics SET articles = 0 WHERE id = 2;
        """)

    undo(url(database_path), "0002")

    with closing(sqlite3.connect(database_path)) as connection:
        places = connection.execute("SELECT * FROM article_topics ORDER BY 2, 3").fetchall()
        counts = connection.execute("SELECT id, articles FROM topics").fetchall()
    assert places == [(1, 7, 0), (2, 7, 1), (1, 8, 0)]
    assert counts == [(1, 2), (2, 1)]


async def test_subscribers_of_an_earlier_version_keep_their_language_and_chose_none(
    database_path: Path,
) -> None:
    undo(url(database_path), "0002")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript("""
            INSERT INTO subscribers
                (id, chat_id, thread_id, kind, language, standing, created_at, editions)
            VALUES (3, 99, 0, 'private', 'ko', 'active', 0, 'hourly');
        """)

    steps = migrate(url(database_path))

    assert versions(steps) == EVERY[2:]
    database = Database(url(database_path), SITE_ZONE)
    async with database.reading() as records:
        there = await records.subscribers.get(3)
        timing = await records.timings.get(3)
    await database.close()
    assert there
    assert (there.language, there.language_chosen) == ("ko", False)
    assert timing
    assert timing.editions == "hourly"


async def test_a_source_of_the_version_before_keeps_its_trouble_and_counts_from_its_next_failure(
    database_path: Path, now: datetime
) -> None:
    undo(url(database_path), "0003")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.execute(
            "INSERT INTO sources (url, kind, failures, fault)"
            " VALUES ('https://e.org/', 'feed', 3, 'x')"
        )

    migrate(url(database_path))

    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        (before,) = await records.sources.every()
        await records.sources.failed(before.id, "y", now, now)
        (after,) = await records.sources.every()
        assert await records.source_notices.every() == []
    await database.close()
    assert (before.failures, before.fault, before.failing_since) == (3, "x", None)
    assert (after.failures, after.fault, after.failing_since) == (4, "y", now)


async def test_a_database_of_before_desk_rooms_keeps_its_data_and_what_it_owes(
    database_path: Path, now: datetime
) -> None:
    undo(url(database_path), "0004")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript("""
            INSERT INTO topics (id, kind, key, name, description, created_at)
            VALUES (1, 'section', 'economy', 'Economy', '', 0);
            INSERT INTO articles
                (id, url_key, url, headline, dek, published_at, has_time, seen_at, source_id,
                    alerted)
            VALUES (7, 'e.org/a', 'https://e.org/a', 'Headline', 'Dek', 0, 1, 0, 1, 1);
            INSERT INTO article_topics (topic_id, article_id, position) VALUES (1, 7, 0);
            INSERT INTO subscribers
                (id, chat_id, thread_id, kind, language, standing, created_at, quiet)
            VALUES (3, -100, 4, 'supergroup', 'en', 'active', 0, 'weekends');
            INSERT INTO stances (topic_id, subscriber_id, stance, urgency) VALUES (1, 3, 1, 2);
            INSERT INTO standing_searches (subscriber_id, name, query, created_at)
            VALUES (3, 'Coal', 'coal', 0);
            INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at)
            VALUES (7, 3, 'owed', 1, 0, 0);
        """)

    migrate(url(database_path))

    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        (owed,) = await records.outbox.claim(now, now, 10)
        (held,) = await records.subscribers.stances(3)
        timing = await records.timings.get(3)
        (search,) = await records.searches.every(3)
    await database.close()
    desk = owed.subscriber
    assert (desk.address.chat_id, desk.address.thread_id) == (-100, 4)
    assert (desk.silence, desk.keeper_id, desk.name) == (None, None, "")
    assert (held.topic.key, held.urgency) == ("economy", Urgency.SILENT)
    assert timing
    assert (timing.quiet, search.text) == ("weekends", "coal")


async def send(records: Records, told: Teaser, now: datetime) -> tuple[Subscriber, int]:
    """Publish an article and send it to a new reader, as message 5."""
    reader = await subscribe(records, 99, now, follows=[ECONOMY])
    article = await publish(records, told, now)
    (one,) = await claim(records, now)
    await records.outbox.settle([settle(one.delivery, Sent(5), now)], now)
    return reader, article


async def test_a_database_from_before_first_messages_keeps_what_it_sent(
    database_path: Path, now: datetime
) -> None:
    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        reader, article = await send(records, teaser(), now)
    await database.close()
    undo(url(database_path), "0007")

    steps = migrate(url(database_path))

    assert versions(steps) == EVERY[EVERY.index("0008") :]
    database = Database(url(database_path), SITE_ZONE)
    async with database.reading() as records:
        (sent,) = await records.outbox.of_message(reader.id, 5)
    await database.close()
    assert (sent.article_id, sent.state) == (article, State.SENT)


async def test_a_database_from_before_pruning_has_nothing_closed_and_keeps_what_it_sent(
    database_path: Path, now: datetime
) -> None:
    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        reader, _ = await send(records, teaser("sent"), now)
        await publish(records, teaser("owed"), now)
    await database.close()
    undo(url(database_path), "0008")

    assert versions(migrate(url(database_path))) == EVERY[8:]

    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        known = await records.articles.known([teaser("sent").key, teaser("owed").key], 1)
        (sent,) = await records.outbox.of_message(reader.id, 5)
        (owed,) = await claim(records, now)
    await database.close()
    assert [one.closed for one in known.values()] == [False, False]
    assert (sent.state, owed.article.url) == (State.SENT, teaser("owed").url)


async def test_the_outbox_by_article_keeps_what_is_sent_and_owed_and_gives_no_id_twice(
    database_path: Path, now: datetime
) -> None:
    """Up and down again, also after the youngest delivery was pruned."""
    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        reader, _ = await send(records, teaser("sent"), now)
        await publish(records, teaser("owed"), now)
        await publish(records, teaser("pruned"), now)
    await database.close()
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.execute("DELETE FROM deliveries WHERE id = 3")
        rows = connection.execute("SELECT * FROM deliveries ORDER BY id").fetchall()
    undo(url(database_path), "0012")
    with closing(sqlite3.connect(database_path)) as connection:
        before = connection.execute("SELECT * FROM deliveries ORDER BY id").fetchall()

    migrate(url(database_path))

    with closing(sqlite3.connect(database_path)) as connection:
        after = connection.execute("SELECT * FROM deliveries ORDER BY id").fetchall()
    database = Database(url(database_path), SITE_ZONE)
    async with database.writing() as records:
        (sent,) = await records.outbox.of_message(reader.id, 5)
        await publish(records, teaser("next"), now)
        claimed = await claim(records, now)
    await database.close()
    assert before == after == rows
    assert sent.state is State.SENT
    assert sorted(one.delivery.id for one in claimed) == [2, 4]


ELEVENTH_VERSION = """
    INSERT INTO topics (id, kind, key, name, description, created_at, articles)
    VALUES (1, 'section', 'economy', 'Economy', '', 0, 1), (2, 'author', 'ada', 'Ada', '', 0, 1);
    INSERT INTO articles (id, url_key, url, headline, dek, published_at, has_time, seen_at,
        source_id, alerted)
    VALUES (7, 'e.org/a', 'https://e.org/a', 'Denuclearization', 'Talks', 0, 1, 0, 4, 1),
        (8, 'e.org/b', 'https://e.org/b', 'Cranes', '', 86400000, 1, 0, 0, 0);
    INSERT INTO article_topics (topic_id, article_id, position, withdrawn)
    VALUES (1, 7, 0, 0), (2, 7, 1, 1);
    INSERT INTO article_words VALUES (7, 'denuclear', 'talk', 'denuclearization talks'),
        (8, 'crane', '', 'cranes');
    INSERT INTO subscribers (id, chat_id, thread_id, kind, language, standing, created_at)
    VALUES (3, 99, 0, 'private', 'en', 'active', 0);
    INSERT INTO standing_searches (id, subscriber_id, name, query, created_at)
    VALUES (5, 3, '', 'crane', 0), (6, 3, '', 'talk', 0);
"""


async def test_articles_and_searches_of_the_eleventh_version_are_found(
    database_path: Path,
) -> None:
    undo(url(database_path), "0011")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript(ELEVENTH_VERSION)

    migrate(url(database_path))

    database = Database(url(database_path), SITE_ZONE)
    async with database.reading() as records:
        found = {
            typed: [
                article.id
                for article in await records.articles.search(parse_query(typed, SITE_ZONE), 9, 0)
            ]
            for typed in ("talks", "denuclearizat*", "section:economy", "author:ada", "-crane")
        }
        assert found == {
            "talks": [7],
            "denuclearizat*": [7],
            "section:economy": [7],
            "author:ada": [],
            "-crane": [7],
        }
        before = await records.articles.search(parse_query("before:1970-01-02", SITE_ZONE), 9, 0)
        assert [article.id for article in before] == [7]
        written = await records.searches.written_since(0, 10)
        assert [(number, query) for _, number, query in written] == [(5, "crane"), (6, "talk")]
    await database.close()


def test_the_eleventh_version_finds_the_same_words_again(database_path: Path) -> None:
    undo(url(database_path), "0011")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.executescript(ELEVENTH_VERSION)
    migrate(url(database_path))

    undo(url(database_path), "0011")

    with closing(sqlite3.connect(database_path)) as connection, connection:
        asked = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
        assert connection.execute(asked, ["talk"]).fetchall() == [(7,)]
        assert connection.execute(asked, ["denuclearizat*"]).fetchall() == [(7,)]
        connection.execute("DELETE FROM article_words WHERE article_id = 7")
        assert connection.execute(asked, ["talk"]).fetchall() == []
