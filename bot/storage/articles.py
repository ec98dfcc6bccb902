"""The archive of articles."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import Article
from bot.domain.news import ChangedArticle, Known, NewArticle
from bot.domain.query import Query
from bot.domain.reach import Stretch
from bot.storage.article_ids import wanted_id
from bot.storage.article_rows import article_of, known_of, values_of, words_of
from bot.storage.article_topics import ArticleTopics
from bot.storage.pruning import former_among
from bot.storage.search import matching_count, matching_ids, ranked_ids
from bot.storage.stretches import stretches_between
from bot.storage.tables import article_topics, article_words, articles

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


class SqlArticles:
    """The `ArticleRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone
        self._topics = ArticleTopics(connection)

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
        await self._connection.execute(
            insert(article_words),
            [words_of(number, one.teaser.headline, one.teaser.dek) for number, one in numbered],
        )
        await self._topics.add([(number, one.teaser.topics) for number, one in numbered], source_id)
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
            if change.reworded:
                await self._reword(change)
        await self._topics.change(changes, source_id)

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
        statement, values = matching_ids(query)
        return await self._found(statement, values | {"limit": limit, "offset": offset})

    async def search_ranked(
        self, query: Query, limit: int, offset: int, ranked: int
    ) -> list[Article]:
        statement, values = ranked_ids(query)
        page = {"limit": limit, "offset": offset, "ranked": ranked}
        return await self._found(statement, values | page)

    async def count_answers(self, query: Query) -> int:
        statement, values = matching_count(query)
        return int(await self._connection.scalar(text(statement), values) or 0)

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

    async def _found(self, statement: str, values: Mapping[str, object]) -> list[Article]:
        """Return the articles whose ids the statement yields, in its order."""
        ids = (await self._connection.execute(text(statement), values)).scalars().all()
        found = await self.get(ids)
        return [found[number] for number in ids]

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

    async def _reword(self, change: ChangedArticle) -> None:
        """Replace the article's words; triggers keep the index in step."""
        own = article_words.c.article_id == change.article_id
        await self._connection.execute(delete(article_words).where(own))
        await self._connection.execute(
            insert(article_words).values(words_of(change.article_id, change.headline, change.dek))
        )
