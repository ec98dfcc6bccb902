"""Finding articles again."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.domain.query import Query
from bot.domain.query_parser import parse_query
from bot.services.ports import Store

PAGE_SIZE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of articles, the newest first."""

    articles: tuple[Article, ...]
    #: Counted from 0.
    number: int
    has_next: bool
    #: What was asked, with what of it made no sense; None where nothing was asked.
    query: Query | None = None


class Archive:
    """Search and the latest headlines."""

    def __init__(self, store: Store, zone: tzinfo) -> None:
        self._store = store
        #: The site's zone, in which a query's dates are days.
        self._zone = zone

    async def search(self, text: str, page: int = 0) -> Page:
        """Return the newest articles that answer the query; never raises, whatever the text.

        A query without any meaning (empty, or nothing but problems) finds nothing.
        """
        query = parse_query(text, self._zone)
        if not query.groups:
            return Page(articles=(), number=page, has_next=False, query=query)
        async with self._store.reading() as records:
            found = await records.articles.search(query, PAGE_SIZE + 1, page * PAGE_SIZE)
        return _page(found, page, query)

    async def latest(self, topic_id: int | None = None, page: int = 0) -> Page:
        async with self._store.reading() as records:
            found = await records.articles.latest(topic_id, PAGE_SIZE + 1, page * PAGE_SIZE)
        return _page(found, page, None)


def _page(found: list[Article], number: int, query: Query | None) -> Page:
    return Page(
        articles=tuple(found[:PAGE_SIZE]),
        number=number,
        has_next=len(found) > PAGE_SIZE,
        query=query,
    )
