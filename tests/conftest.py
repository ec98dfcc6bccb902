"""Fixtures that every folder of tests may ask for."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.aids.examples import examples
from tests.aids.scans import Plans, noticed

# No example is judged by how long it takes: other programs may be at work beside the tests.
settings.register_profile("usual", max_examples=examples(50), deadline=None)
settings.load_profile("usual")

SITE_ZONE = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with today's schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def database_path(tmp_path: Path, migrated_file: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "dekbot.db"))


@pytest.fixture
async def store(database_path: Path) -> AsyncIterator[Database]:
    """A real database in a file of its own."""
    database = Database(f"sqlite+aiosqlite:///{database_path}", SITE_ZONE)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plans]:
    plans = Plans(tmp_path_factory.mktemp("plans"))
    yield plans
    plans.close()


@pytest.fixture(autouse=True)
def no_table_is_read_whole(plans: Plans) -> Iterator[None]:
    """Hold whatever the test had the bot execute to reading no big table from end to end."""
    with noticed() as executed:
        yield
    scans = {one: found for one, values in executed.items() if (found := plans.scans(one, values))}

    assert scans == {}
