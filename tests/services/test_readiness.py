"""What the bot tells of its readiness: a real database, and a clock that is set."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.readiness import Check, Condition, Connection
from bot.services.figures import Figures
from bot.services.ingest import Ingest
from bot.services.polling import Poller
from bot.services.readiness import Readiness
from bot.storage.database import Database
from tests.aids.archive import publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.metered import Metered
from tests.aids.source import FakeSource
from tests.conftest import SITE_ZONE

OK, DEGRADED, FAILED = Condition.OK, Condition.DEGRADED, Condition.FAILED
PAGE = "https://www.example.org/tag/economy/"


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


class Bot:
    """Two sources, an outbox, and what is known of Telegram."""

    def __init__(self, store: Database, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.feed, self.page = FakeSource(), FakeSource(PAGE)
        self.connection = Connection(answered_at=clock())
        self.sent_at: datetime | None = None
        self.poller = Poller(store, Ingest(store, clock, hours(24)), clock, lambda: None)
        self.readiness = Readiness(
            store,
            clock,
            sources=[self.feed, self.page],
            connection=lambda: self.connection,
            sent_at=lambda: self.sent_at,
            patience=0.5,
            keeps=0,
        )

    async def look(self) -> dict[str, Check]:
        """Return the checks by what they are of."""
        return {check.subject or check.name: check for check in await self.readiness.look()}

    async def conditions(self) -> dict[str, Condition]:
        return {name: check.condition for name, check in (await self.look()).items()}


@pytest.fixture
def bot(store: Database, clock: FakeClock) -> Bot:
    return Bot(store, clock)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the database as another program may."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_bot_that_has_just_started_is_well(bot: Bot) -> None:
    assert await bot.conditions() == {
        "database": OK,
        "deliveries": OK,
        "telegram": OK,
        bot.feed.url: OK,
        PAGE: OK,
    }


async def test_each_source_is_judged_by_its_own_last_success(bot: Bot) -> None:
    bot.feed.says().fails("http-500").says_nothing_new()
    bot.page.says().says_nothing_new()
    for source in (bot.feed, bot.page):
        await bot.poller.poll(source)
    bot.clock.pass_time(minutes=20)
    await bot.poller.poll(bot.feed)
    await bot.poller.poll(bot.page)

    checks = await bot.look()
    feed, page = checks[bot.feed.url], checks[PAGE]
    assert (feed.condition, feed.seconds) == (DEGRADED, 1200.0)
    assert feed.text.endswith("failures in a row: 1.")
    assert (page.condition, page.seconds) == (OK, 0.0)

    await bot.poller.poll_now(bot.feed)
    assert (await bot.conditions())[bot.feed.url] is OK


async def test_what_is_due_and_not_sent_is_told_with_its_age(bot: Bot) -> None:
    async with bot.store.writing() as records:
        await subscribe(records, 1, bot.clock(), follows=[ECONOMY])
        await publish(records, teaser(), bot.clock())
    bot.clock.pass_time(minutes=11)
    standing = (await bot.look())["deliveries"]
    bot.sent_at = bot.clock()
    going = (await bot.look())["deliveries"]

    assert (standing.condition, standing.seconds) == (FAILED, 660.0)
    assert (going.condition, going.seconds) == (DEGRADED, 660.0)


async def test_telegram_is_judged_by_what_is_known_of_it(bot: Bot) -> None:
    since = bot.clock() - timedelta(minutes=2)
    bot.connection = Connection(failing_since=since, failed_at=bot.clock())

    assert (await bot.conditions())["telegram"] is FAILED


async def test_a_database_that_another_program_holds_takes_no_writing(
    bot: Bot, database_path: Path
) -> None:
    with locked(database_path):
        held = await bot.look()
    await bot.readiness.close()

    assert held["database"].condition is FAILED
    assert "takes no writing" in held["database"].text
    assert held["deliveries"].condition is OK  # reading goes on beside a writer
    assert (await bot.conditions())["database"] is OK


async def test_each_look_writes_to_the_disk(bot: Bot, database_path: Path) -> None:
    """A transaction that is undone never gets there, and would find no disk full."""
    log = database_path.with_name(f"{database_path.name}-wal")
    sizes = []
    for _ in range(3):
        await bot.look()
        sizes.append(log.stat().st_size)

    assert sizes == sorted(set(sizes))


async def test_a_broken_database_is_told_in_words_and_the_rest_is_left_out(
    clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"no database at all" * 4096)
    store = Database(f"sqlite+aiosqlite:///{path}", SITE_ZONE)
    bot = Bot(store, clock)

    checks = await bot.look()
    figures = Figures(store, clock, sources=[bot.feed], connection=lambda: bot.connection)
    snapshot = await figures.look()
    await store.close()

    assert list(checks) == ["database", "telegram"]
    assert checks["database"].condition is FAILED
    assert "broken.db is no database" in checks["database"].text
    assert (snapshot.stored, snapshot.connection) == (None, bot.connection)


async def test_a_hundred_at_once_make_the_database_work_once(
    database_path: Path, clock: FakeClock
) -> None:
    meter = Metered()
    store = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE, meter)
    bot = Bot(store, clock)

    await asyncio.gather(*(bot.look() for _ in range(100)))
    await store.close()

    for work in ("reading", "writing"):
        assert meter.shows("database_transaction_seconds_count", work=work) == 1
