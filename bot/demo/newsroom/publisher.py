"""Publishes an invented article every few seconds, as long as it is entered."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Self

from bot.demo.newsroom.article import SiteArticle
from bot.demo.newsroom.invention import Invention
from bot.demo.newsroom.server import Newsroom, wall_clock


class Publisher:
    """Feeds the newsroom from an invention; `on_event` gets one line per article."""

    def __init__(
        self,
        newsroom: Newsroom,
        invention: Invention,
        *,
        interval: float = 5.0,
        corrects_every: int = 0,
        on_event: Callable[[str], None] = lambda _line: None,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        self._newsroom, self._invention = newsroom, invention
        #: Seconds between two articles; the first comes one interval after the start.
        self._interval = interval
        #: Of so many articles one is corrected, an interval after it came out; 0: none.
        self._corrects_every = corrects_every
        self._on_event, self._now = on_event, now
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self.run(), name="newsroom-publisher")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def run(self) -> None:
        """Publish until cancelled."""
        count = 0
        while True:
            await asyncio.sleep(self._interval)
            article = self.publish_next()
            count += 1
            if self._corrects_every and count % self._corrects_every == 0:
                await asyncio.sleep(self._interval)
                self.correct(article)

    def publish_next(self) -> SiteArticle:
        """Publish one article now and tell of it."""
        article = self._newsroom.publish(self._invention.article(self._now()))
        self._on_event(f"published  {kicker(article)}  {article.headline}")
        return article

    def correct(self, article: SiteArticle) -> SiteArticle:
        """Correct the article's headline and tell of it."""
        headline = corrected_headline(article.headline)
        fresh = self._newsroom.correct(article, headline=headline)
        self._on_event(f"corrected  {headline}")
        return fresh


def corrected_headline(headline: str) -> str:
    """Return the headline with its first number one higher, or as somebody's word."""
    found = re.search(r"\d+", headline)
    if found is None:
        return f"{headline}, residents say"
    return headline[: found.start()] + str(int(found[0]) + 1) + headline[found.end() :]


def kicker(article: SiteArticle) -> str:
    """Return the sections and labels in capitals, as they stand over an alert's headline."""
    return " · ".join(topic.name.upper() for topic in (*article.sections, *article.labels))
