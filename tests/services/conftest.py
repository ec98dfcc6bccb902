"""A desk for tests that need no other."""

import pytest

from bot.storage.database import Database
from tests.aids.articles import ECONOMY
from tests.aids.newsdesk import NewsDesk


@pytest.fixture
async def desk(store: Database) -> NewsDesk:
    """A site past its baselines, and a chat that follows a section."""
    made = NewsDesk(store)
    await made.open(ECONOMY)
    made.clock.pass_time(minutes=1)
    return made
