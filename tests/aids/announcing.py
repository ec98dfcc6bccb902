"""A publisher that announces articles to a bot whose readings are real, but for the network."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.domain.article import Teaser
from bot.domain.url import clean_url
from bot.services.announcements import AnnouncedSite, Announcements
from bot.services.ports import SourceKey
from bot.services.reports import PollReport
from bot.storage.database import Database
from tests.aids.articles import ECONOMY, teaser
from tests.aids.fake_time import FakeTime
from tests.aids.newsdesk import NewsDesk
from tests.aids.source import FakeSource
from tests.aids.waiting import until

FEED: Final = "https://www.example.org/feed/"
POSTS: Final = "https://www.example.org/wp-json/"
PAGE: Final = "https://www.example.org/tag/economy/"


class Pressroom:
    """Implements the `Rounds` port over a desk whose clock goes with the fake time."""

    def __init__(self, store: Database) -> None:
        self.time = FakeTime()
        self.desk = NewsDesk(store)
        self.sources = {
            kind: _source(address, kind)
            for address, kind in ((PAGE, "page"), (FEED, "feed"), (POSTS, "wordpress"))
        }
        self.feed = self.sources["feed"]
        #: The seconds at which each source was read because of a call.
        self.readings: defaultdict[str, list[float]] = defaultdict(list)
        self.most_at_once = 0
        #: Done at each reading, with the source's kind and how often it had been read before.
        self.before: Callable[[str, int], None] = lambda _kind, _number: None
        #: A reading ends only when this is set.
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._under_way = 0
        self._began = self.desk.clock.now
        self.announcements = Announcements(
            store,
            AnnouncedSite(
                sources=[(one.url, one.kind) for one in self.sources.values()],
                article_address=article_address,
            ),
            lambda: self,
            clock=self.time,
            sleep=self.time.sleep,
        )

    async def open(self) -> None:
        await self.desk.chat(ECONOMY)
        for source in self.sources.values():
            await self.desk.reads(source)
        self._began += timedelta(minutes=1)
        self._set_clock()
        self.announcements.open()

    def renew(self, source: SourceKey) -> None:
        raise AssertionError("nothing is changed here")

    def shows(self, kind: str, *slugs: str) -> None:
        """Have the source of this kind list these articles from its next reading on."""
        self.sources[kind].says(*(fresh(slug, self.desk.clock()) for slug in slugs))

    async def settled(self) -> None:
        """Return when nothing is read, or waited for, because of a call."""
        await until(lambda: not self.announcements.is_busy)

    async def alerted(self) -> int:
        """Have sent what is owed; return how many messages there were ever."""
        await self.desk.planner.plan()
        await self.desk.deliver()
        return len(self.desk.messenger.chats())

    def begun_at(self, _source: SourceKey) -> datetime | None:
        return None

    def next_at(self, _source: SourceKey) -> datetime | None:
        return None

    def is_reading(self, _source: SourceKey) -> bool:
        return False

    def read_soon(self, source: SourceKey) -> None:
        raise NotImplementedError

    async def read_now(self, source: SourceKey, *, on_call: bool = False) -> PollReport | None:
        kind = source[1]
        self._set_clock()
        self.before(kind, len(self.readings[kind]))
        self.readings[kind].append(self.time.now)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            await self.may_end.wait()
            return await self.desk.poller.poll_on_call(self.sources[kind])
        finally:
            self._under_way -= 1

    def _set_clock(self) -> None:
        self.desk.clock.now = self._began + timedelta(seconds=self.time.now - 1_000)


def _source(address: str, kind: str) -> FakeSource:
    source = FakeSource(address)
    source.kind = kind
    source.repeats = True
    return source


def address_of(slug: str) -> str:
    return teaser(slug).url


def fresh(slug: str, at: datetime) -> Teaser:
    return teaser(slug, headline=slug, sections=[ECONOMY], published=at)


def article_address(url: str) -> str | None:
    """Do as a site's profile does."""
    try:
        cleaned = clean_url(url)
    except ValueError:
        return None
    parts = urlsplit(cleaned)
    is_article = parts.netloc == "www.example.org" and parts.path.startswith("/2026/")
    return cleaned if is_article else None
