"""What is published in the newsroom, and how often the feed is asked for."""

import time
from datetime import UTC, datetime

from bot.demo.newsroom import Asked, Newsroom, SiteArticle
from bot.demo.newsroom.article import section_named


class Press:
    """One article at a time is followed. Moments are of the monotonic clock."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        #: How often the feed was asked for.
        self.feed_read = 0
        self.headline = ""
        self.published_at = 0.0
        #: When the feed was first asked for after the last publication; None: not yet.
        self.read_at: float | None = None
        newsroom.listen(self._asked)

    def publish(self, headline: str) -> None:
        """Publish an article of the section Economy now."""
        self.headline, self.read_at = headline, None
        self.published_at = time.monotonic()
        self._newsroom.publish(
            SiteArticle(
                headline=headline,
                dek="In brief, and with as many words as a dek has where an editor wrote it",
                sections=(section_named("economy"),),
                published=datetime.now(UTC),
            )
        )

    def _asked(self, asked: Asked) -> None:
        if asked.path.rstrip("/") == "/feed":
            self.feed_read += 1
            if self.headline and self.read_at is None:
                self.read_at = time.monotonic()
