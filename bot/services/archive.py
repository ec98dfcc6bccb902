"""Finding articles again."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.domain.query import Query
from bot.domain.query_parser import parse_query
from bot.domain.relevance import RANKED, Order, order_for
from bot.services.ports import Records, Store

PAGE_SIZE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of articles."""

    articles: tuple[Article, ...]
    #: Counted from 0.
    number: int
    has_next: bool
    #: What was asked, with what of it made no sense; None where nothing was asked.
    query: Query | None = None
    #: How the articles are ordered.
    order: Order = Order.NEWEST


class Archive:
    """Search and the latest headlines."""

    def __init__(self, store: Store, zone: tzinfo) -> None:
        self._store = store
        #: The site's zone, in which a query's dates are days.
        self._zone = zone

    async def search(
        self,
        text: str,
        page: int = 0,
        order: Order = Order.NEWEST,
        *,
        size: int = PAGE_SIZE,
    ) -> Page:
        """Return the articles that answer the query; never raises, whatever the text.

        A query without any meaning (empty, or nothing but problems) finds nothing, and one without
        words is answered with the newest first.
        """
        query = parse_query(text, self._zone)
        order = order_for(query, order)
        if not query.groups:
            return Page(articles=(), number=page, has_next=False, query=query)
        async with self._store.reading() as records:
            found = await _answers(records, query, order, size + 1, page * size)
        return _page(found, page, size, query, order)

    async def latest(
        self, topic_id: int | None = None, page: int = 0, *, size: int = PAGE_SIZE
    ) -> Page:
        async with self._store.reading() as records:
            found = await records.articles.latest(topic_id, size + 1, page * size)
        return _page(found, page, size)


async def _answers(
    records: Records, query: Query, order: Order, limit: int, offset: int
) -> list[Article]:
    if order is Order.RELEVANCE:
        return await records.articles.search_ranked(query, limit, offset, RANKED)
    return await records.articles.search(query, limit, offset)


def _page(
    found: list[Article],
    number: int,
    size: int,
    query: Query | None = None,
    order: Order = Order.NEWEST,
) -> Page:
    return Page(
        articles=tuple(found[:size]),
        number=number,
        has_next=len(found) > size,
        query=query,
        order=order,
    )
