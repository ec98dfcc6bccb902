"""What is fuzzed: each target takes any bytes, and raises nothing but what it promises."""

import contextlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import SourceError
from bot.domain.query import answers, document
from bot.domain.query_parser import parse_query
from bot.domain.topic import section
from bot.sources.feed import read_feed
from bot.sources.found import Found
from bot.sources.page import read_page
from bot.sources.profile_file import parse_profile
from bot.sources.wordpress import read_posts

SITE: Final = "https://www.tidewater.example"
PROFILE: Final = parse_profile(
    rf"""
name = "Tidewater Post"
url = "{SITE}/"
article_url = '^https?://(www\.)?tidewater\.example/\d{{4}}/\d{{2}}/[a-z0-9-]+/?$'
[[sources]]
kind = "feed"
url = "{SITE}/feed/"
""".encode(),
    "tidewater.toml",
)
_ZONE: Final = ZoneInfo("Asia/Seoul")
_DOCUMENT: Final = document(
    "Ferry waits for fog to lift",
    "The crew stays ashore",
    (section("Harbour"),),
    datetime(2024, 8, 21, tzinfo=UTC),
)


def feed(body: bytes) -> None:
    """Read the bytes as a feed: RSS, Atom or JSON."""
    _check(lambda: read_feed(body, content_type="", url=f"{SITE}/feed/", profile=PROFILE))


def page(body: bytes) -> None:
    """Read the bytes as a section page."""
    _check(lambda: read_page(body, content_type="", url=f"{SITE}/tag/harbour/", profile=PROFILE))


def posts(body: bytes) -> None:
    """Read the bytes as an answer of WordPress's REST interface."""
    _check(lambda: read_posts(body, content_type="", url=f"{SITE}/wp-json/", profile=PROFILE))


def grammar(body: bytes) -> None:
    """Read the bytes as what somebody types behind /search, and look for it."""
    parsed = parse_query(body.decode("utf-8", errors="replace"), _ZONE)
    answers(parsed, _DOCUMENT)


def _check(read: Callable[[], Found]) -> None:
    with contextlib.suppress(SourceError):
        for teaser in read().teasers:
            if not (teaser.headline and PROFILE.is_article(teaser.url)):
                raise AssertionError(teaser)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    one.__name__: one for one in (feed, page, posts, grammar)
}
