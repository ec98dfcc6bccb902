from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.demo.newsroom import Invention, Newsroom

NOON = datetime(2026, 3, 2, 3, 0, 30, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """Noon in Seoul."""
    return NOON


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    """A site with sixty invented articles."""
    async with Newsroom(articles=Invention(7).past(60, until=NOON)) as opened:
        yield opened


@pytest.fixture
async def http(newsroom: Newsroom) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(newsroom.url) as session:
        yield session
