"""The archive of articles."""

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, TextClause, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import Article
from bot.domain.news import ChangedArticle, Known, NewArticle
from bot.domain.query import Query
from bot.domain.reach import Stretch
from bot.storage.article_ids import wanted_id
from bot.storage.article_rows import article_found, article_of, known_of, values_of
from bot.storage.article_topics import ArticleTopics
from bot.storage.article_words import ArticleWords
from bot.storage.pruning import former_among
from bot.storage.search import Asked, matching_count, matching_ids, ranked_ids
from bot.storage.stretches import stretches_between
from bot.storage.tables import article_topics, articles

_KNOWN = text("""
    SELECT a.*, EXISTS (
        SELECT 1 FROM sightings s WHERE s.source_id = :source_id AND s.article_id = a.id
    ) AS sighted
    FROM articles a WHERE a.url_key IN (SELECT value FROM json_each(:keys))
""").columns(*articles.c)

_SIGHT = text("""
    INSERT INTO sightings (source_id, article_id)
    SELECT :source_id, value FROM json_each(:article_ids) WHERE true
    ON CONFLICT DO NOTHING
""")


#: Articles by their ids with all that belongs to them, in one go.
_FOUND = """
    SELECT a.id, a.url, a.headline, a.dek, a.picture, a.published_at, a.has_time, a.seen_at,
        a.alerted, a.story_id, a.former_headline, a.corrected_at,
        (
            SELECT json_group_array(json_array(c.position, t.kind, t.key, t.name, t.description))
            FROM article_topics c JOIN topics t ON t.id = c.topic_id
            WHERE c.article_id = a.id AND NOT c.withdrawn
        ) AS carried
    FROM ({ids}) AS found JOIN articles a ON a.id = found.id
    ORDER BY {order}
"""


class SqlArticles:
    """The `ArticleRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone
        self._topics = ArticleTopics(connection)
        self._words = ArticleWords(connection)

    async def known(self, keys: Sequence[str], source_id: int) -> dict[str, Known]:
        asked = {"keys": json.dumps(list(keys)), "source_id": source_id}
        rows = (await self._connection.execute(_KNOWN, asked)).all()
        found = await self._topics.told([row.id for row in rows])
        return {row.url_key: known_of(row, found.get(row.id, ()), self._zone) for row in rows}

    async def former(self, keys: Sequence[str]) -> frozenset[str]:
        return await former_among(self._connection, list(keys))

    async def add(self, new: Sequence[NewArticle], source_id: int, now: datetime) -> list[int]:
        ids: list[int] = []
        for one in new:
            article_id = await self._free_id(one, now)
            ids.append(article_id)
            values = values_of(one, article_id, source_id, now)
            await self._connection.execute(insert(articles).values(values))
        if not new:
            return ids
        numbered = list(zip(ids, new, strict=True))
        await self._topics.add([(number, one.teaser.topics) for number, one in numbered], source_id)
        await self._words.add(
            [(number, one.teaser.headline, one.teaser.dek) for number, one in numbered]
        )
        await self.sight(ids, source_id)
        return ids

    async def change(self, changes: Sequence[ChangedArticle], source_id: int) -> None:
        for change in changes:
            await self._connection.execute(
                update(articles)
                .where(articles.c.id == change.article_id)
                .values(
                    source_id=change.source_id,
                    former_headline=change.former_headline,
                    corrected_at=change.corrected_at,
                    headline=change.headline,
                    dek=change.dek,
                    picture=change.picture,
                    published_at=change.published.at,
                    has_time=change.published.has_time,
                    alerted=articles.c.alerted | (change.alert_from is not None),
                )
            )
        await self._topics.change(changes, source_id)
        await self._words.replace(
            [(one.article_id, one.headline, one.dek) for one in changes if _concerns_index(one)]
        )

    async def sight(self, article_ids: Sequence[int], source_id: int) -> None:
        sighted = {"source_id": source_id, "article_ids": json.dumps(list(article_ids))}
        await self._connection.execute(_SIGHT, sighted)

    async def get(self, article_ids: Sequence[int]) -> dict[int, Article]:
        found = await self._read(select(articles).where(articles.c.id.in_(list(article_ids))))
        return {article.id: article for article in found}

    async def latest(self, topic_id: int | None, limit: int, offset: int) -> list[Article]:
        if topic_id is None:
            newest = select(articles).order_by(articles.c.id.desc())
        else:
            newest = (
                select(articles)
                .join(article_topics, article_topics.c.article_id == articles.c.id)
                .where(article_topics.c.topic_id == topic_id, ~article_topics.c.withdrawn)
                .order_by(article_topics.c.article_id.desc())
            )
        return await self._read(newest.limit(limit).offset(offset))

    async def search(self, query: Query, limit: int, offset: int) -> list[Article]:
        return await self._found(matching_ids(query, limit, offset), "found.id DESC")

    async def search_ranked(
        self, query: Query, limit: int, offset: int, ranked: int
    ) -> list[Article]:
        asked = ranked_ids(query, limit, offset, ranked)
        return await self._found(asked, "found.by_headline DESC, found.score, found.id DESC")

    async def count_answers(self, query: Query) -> int:
        asked = matching_count(query)
        return int(await self._connection.scalar(_statement(asked.statement), asked.values) or 0)

    async def count_topic(self, topic_id: int, since: datetime) -> int:
        counted = (
            select(func.count())
            .select_from(article_topics)
            .join(articles, articles.c.id == article_topics.c.article_id)
            .where(
                article_topics.c.topic_id == topic_id,
                ~article_topics.c.withdrawn,
                articles.c.published_at >= since,
            )
        )
        return int(await self._connection.scalar(counted) or 0)

    async def stretches(self, bounds: Sequence[tuple[datetime, datetime]]) -> list[Stretch]:
        return await stretches_between(self._connection, bounds)

    async def find(self, url_key: str) -> Article | None:
        found = await self._read(select(articles).where(articles.c.url_key == url_key))
        return found[0] if found else None

    async def count(self) -> int:
        counted = await self._connection.execute(select(func.count()).select_from(articles))
        return counted.scalar_one()

    async def _found(self, asked: Asked, order: str) -> list[Article]:
        """Return the articles whose ids are asked for."""
        statement = _statement(_FOUND.format(ids=asked.statement, order=order))
        rows = await self._connection.execute(statement, asked.values)
        return [article_found(row, self._zone) for row in rows]

    async def _read(self, statement: Select[Any]) -> list[Article]:
        rows = (await self._connection.execute(statement)).all()
        found = await self._topics.carried([row.id for row in rows])
        return [article_of(row, found.get(row.id, ()), self._zone) for row in rows]

    async def _free_id(self, new: NewArticle, now: datetime) -> int:
        wanted = wanted_id(new.teaser.key, new.published, now)
        while await self._connection.scalar(
            select(articles.c.id).where(articles.c.id == wanted)
        ):  # two articles of one second with one checksum
            wanted += 1
        return wanted


def _concerns_index(change: ChangedArticle) -> bool:
    return bool(change.reworded or change.further or change.withdrawn or change.restored)


@lru_cache(maxsize=256)
def _statement(sql: str) -> TextClause:
    """Return the statement; queries that differ in their words only have the same."""
    return text(sql)
