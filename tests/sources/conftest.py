"""A small invented site, and servers on loopback that show what a test wants."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.sources.fetch import Fetcher
from bot.sources.profile import SiteProfile
from bot.sources.profile_file import parse_profile
from tests.aids.servers import Handler, Serve, start_server

PROFILE = r"""
name = "Tidewater Post"
url = "https://www.tidewater.example/"
timezone = "Asia/Seoul"
article_url = '^https?://(www\.)?tidewater\.example/(pro/[a-z0-9-]+|\d{4}/\d{2}/[a-z0-9-]+)/?$'
ignored_terms = ["Uncategorized"]

[[sections]]
key = "harbour"
name = "Harbour"
description = "Ships and those who wait for them"
terms = ["Port & Harbour"]

[[sections]]
key = "weather"
name = "Weather"

[[labels]]
key = "tide-pro"
name = "TIDE PRO"
url = '/pro/'
terms = ["Tide Pro"]

[[labels]]
key = "column"
name = "COLUMN"
terms = ["Columns"]
text = ["OUR COLUMN"]

[[sources]]
kind = "feed"
url = "https://www.tidewater.example/feed/"

[[sources]]
kind = "page"
url = "https://www.tidewater.example/tag/harbour/"
section = "harbour"
poll_interval = "15m"
"""


@pytest.fixture
def profile_text() -> str:
    return PROFILE


@pytest.fixture
def profile() -> SiteProfile:
    return parse_profile(PROFILE.encode(), "tidewater.toml")


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Return a function that serves all paths with a handler, and returns the site's address."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        runner, url = await start_server(handler)
        runners.append(runner)
        return url

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def fetcher(session: aiohttp.ClientSession) -> Fetcher:
    return Fetcher(session, "Dekbot/test (+https://example.org/bot)")
