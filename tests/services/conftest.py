"""What the use cases are tested with, and a desk for tests that need no other."""

from datetime import datetime

import pytest

from bot.storage.database import Database
from tests.aids.articles import ECONOMY
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.newsdesk import NewsDesk


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
async def desk(store: Database) -> NewsDesk:
    """A site past its baselines, and a chat that follows a section."""
    made = NewsDesk(store)
    await made.open(ECONOMY)
    made.clock.pass_time(minutes=1)
    return made
