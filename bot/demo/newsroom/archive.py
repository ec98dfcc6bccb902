"""All articles of the demo site, newest first."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.demo.newsroom.article import LABELS, SECTIONS, SiteArticle
from bot.domain.topic import Topic

_NEVER: Final = datetime(2020, 1, 1, tzinfo=UTC)


class Archive:
    """Keeps the articles in order; answers by path, slug and section."""

    def __init__(self) -> None:
        self._articles: list[SiteArticle] = []
        self._by_slug: dict[str, SiteArticle] = {}
        self._changed = _NEVER

    @property
    def articles(self) -> Sequence[SiteArticle]:
        """All articles, newest first."""
        return self._articles

    @property
    def changed(self) -> datetime:
        """When anything was published, corrected or withdrawn last, in whole seconds.

        Every change moves it, several in one second too: a reader who knows nothing but
        Last-Modified misses none.
        """
        return self._changed

    def add(self, article: SiteArticle, at: datetime) -> SiteArticle:
        """Keep the article and return it as kept: a slug that is taken gets a number."""
        slug, number = article.slug, 2
        while slug in self._by_slug:
            slug, number = f"{article.slug}-{number}", number + 1
        kept = replace(article, slug=slug)
        self._put(kept)
        self._touch(at)
        return kept

    def replace(self, old: SiteArticle, new: SiteArticle) -> SiteArticle:
        """Put the corrected article in the old one's place."""
        self.remove(old, new.changed)
        self._put(new)
        return new

    def remove(self, article: SiteArticle, at: datetime) -> None:
        """Take the article out; raises KeyError where it is not there."""
        self._articles.remove(self._by_slug.pop(article.slug))
        self._touch(at)

    def by_slug(self, slug: str) -> SiteArticle | None:
        return self._by_slug.get(slug)

    def by_path(self, path: str) -> SiteArticle | None:
        """Return the article at this path, with or without the slash at the end."""
        whole = path.rstrip("/") + "/"
        article = self._by_slug.get(whole.split("/")[-2]) if whole.count("/") > 1 else None
        return article if article and article.path == whole else None

    def in_section(self, key: str) -> list[SiteArticle]:
        return [article for article in self._articles if article.is_in(key)]

    def topic(self, key: str) -> Topic | None:
        """Return the section or label with this key: the site's own, or any article's."""
        known = {topic.key: topic for topic in (*SECTIONS, *LABELS)}
        for article in self._articles:
            for topic in (*article.sections, *article.labels):
                known.setdefault(topic.key, topic)
        return known.get(key)

    def _touch(self, at: datetime) -> None:
        second = at.astimezone(UTC).replace(microsecond=0)
        self._changed = max(second, self._changed + timedelta(seconds=1))

    def _put(self, article: SiteArticle) -> None:
        insort(self._articles, article, key=_newest_first)
        self._by_slug[article.slug] = article


def _newest_first(article: SiteArticle) -> float:
    return -article.published.timestamp()
