"""The archive of articles."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.article import Article, Published
from bot.domain.news import ChangedArticle, Known, NewArticle
from bot.domain.query import Query
from bot.domain.topic import Topic, TopicKind
from bot.domain.words import inflected, stems
from bot.storage.article_ids import wanted_id
from bot.storage.search import matching_ids
from bot.storage.tables import article_topics, article_words, articles, topics

_KNOWN = text("""
    SELECT a.*, EXISTS (
        SELECT 1 FROM sightings s WHERE s.source_id = :source_id AND s.article_id = a.id
    ) AS sighted
    FROM articles a WHERE a.url_key IN (SELECT value FROM json_each(:keys))
""").columns(*articles.c)

#: Gives the articles' topics, which exist by now, their places.
_ADD_TOPICS = text("""
    INSERT INTO article_topics (article_id, topic_id, position)
    SELECT each.value ->> 0, t.id, each.value ->> 3
    FROM json_each(:links) AS each
    JOIN topics t ON t.kind = each.value ->> 1 AND t.key = each.value ->> 2
    WHERE true
    ON CONFLICT DO NOTHING
""")

_COUNT_TOPICS = text("""
    UPDATE topics SET articles = topics.articles + added.number
    FROM (
        SELECT each.value ->> 1 AS kind, each.value ->> 2 AS key, COUNT(*) AS number
        FROM json_each(:links) AS each GROUP BY 1, 2
    ) AS added
    WHERE topics.kind = added.kind AND topics.key = added.key
""")

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

    async def known(self, keys: Sequence[str], source_id: int) -> dict[str, Known]:
        asked = {"keys": json.dumps(list(keys)), "source_id": source_id}
        rows = (await self._connection.execute(_KNOWN, asked)).all()
        found = await self._topics([row.id for row in rows])
        return {row.url_key: self._known(row, found.get(row.id, ())) for row in rows}

    async def add(self, new: Sequence[NewArticle], source_id: int, now: datetime) -> list[int]:
        ids: list[int] = []
        for one in new:
            article_id = await self._free_id(one, now)
            ids.append(article_id)
            values = _values(one, article_id, source_id, now)
            await self._connection.execute(insert(articles).values(values))
        if not new:
            return ids
        numbered = list(zip(ids, new, strict=True))
        await self._connection.execute(
            insert(article_words),
            [_words(number, one.teaser.headline, one.teaser.dek) for number, one in numbered],
        )
        await self._link([(number, 0, one.teaser.topics) for number, one in numbered])
        await self.sight(ids, source_id)
        return ids

    async def change(self, changes: Sequence[ChangedArticle]) -> None:
        for change in changes:
            await self._connection.execute(
                update(articles)
                .where(articles.c.id == change.article_id)
                .values(
                    source_id=change.source_id,
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
            if change.further:
                place = await self._topic_count(change.article_id)
                await self._link([(change.article_id, place, change.further)])

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
                .where(article_topics.c.topic_id == topic_id)
                .order_by(article_topics.c.article_id.desc())
            )
        return await self._read(newest.limit(limit).offset(offset))

    async def search(self, query: Query, limit: int, offset: int) -> list[Article]:
        statement, values = matching_ids(query)
        values |= {"limit": limit, "offset": offset}
        ids = (await self._connection.execute(text(statement), values)).scalars().all()
        found = await self.get(ids)
        return [found[number] for number in ids]

    async def count(self) -> int:
        counted = await self._connection.execute(select(func.count()).select_from(articles))
        return counted.scalar_one()

    async def _read(self, statement: Select[Any]) -> list[Article]:
        rows = (await self._connection.execute(statement)).all()
        found = await self._topics([row.id for row in rows])
        return [self._article(row, found.get(row.id, ())) for row in rows]

    async def _topics(self, article_ids: Sequence[int]) -> Mapping[int, tuple[Topic, ...]]:
        statement = (
            select(article_topics.c.article_id, topics)
            .join(topics, topics.c.id == article_topics.c.topic_id)
            .where(article_topics.c.article_id.in_(list(article_ids)))
            .order_by(article_topics.c.article_id, article_topics.c.position)
        )
        found: dict[int, tuple[Topic, ...]] = {}
        for row in await self._connection.execute(statement):
            found[row.article_id] = (*found.get(row.article_id, ()), topic_of(row))
        return found

    async def _free_id(self, new: NewArticle, now: datetime) -> int:
        wanted = wanted_id(new.teaser.key, new.published, now)
        while await self._connection.scalar(
            select(articles.c.id).where(articles.c.id == wanted)
        ):  # two articles of one second with one checksum
            wanted += 1
        return wanted

    async def _link(self, found: Sequence[tuple[int, int, Sequence[Topic]]]) -> None:
        """Give each article (id, first free place, topics) its topics."""
        links = [
            (article_id, topic.kind, topic.key, first + n)
            for article_id, first, carried in found
            for n, topic in enumerate(carried)
        ]
        values = {"links": json.dumps(links)}
        await self._connection.execute(_ADD_TOPICS, values)
        await self._connection.execute(_COUNT_TOPICS, values)

    async def _topic_count(self, article_id: int) -> int:
        counted = await self._connection.execute(
            select(func.count()).where(article_topics.c.article_id == article_id)
        )
        return counted.scalar_one()

    async def _reword(self, change: ChangedArticle) -> None:
        """Replace the article's words; triggers keep the index in step."""
        own = article_words.c.article_id == change.article_id
        await self._connection.execute(delete(article_words).where(own))
        await self._connection.execute(
            insert(article_words).values(_words(change.article_id, change.headline, change.dek))
        )

    def _article(self, row: Row[Any], carried: tuple[Topic, ...]) -> Article:
        return Article(
            id=row.id,
            url=row.url,
            headline=row.headline,
            dek=row.dek,
            topics=carried,
            published=self._published(row),
            seen_at=row.seen_at,
            picture=row.picture,
        )

    def _known(self, row: Row[Any], carried: tuple[Topic, ...]) -> Known:
        return Known(
            article_id=row.id,
            source_id=row.source_id,
            headline=row.headline,
            dek=row.dek,
            picture=row.picture,
            topics=carried,
            published=self._published(row),
            seen_at=row.seen_at,
            alerted=row.alerted,
            sighted=bool(row.sighted),
        )

    def _published(self, row: Row[Any]) -> Published:
        zone = UTC if row.has_time else self._zone
        return Published(at=row.published_at.astimezone(zone), has_time=row.has_time)


def topic_of(row: Row[Any]) -> Topic:
    return Topic(kind=TopicKind(row.kind), key=row.key, name=row.name, description=row.description)


def _values(new: NewArticle, article_id: int, source_id: int, now: datetime) -> dict[str, object]:
    return {
        "id": article_id,
        "url_key": new.teaser.key,
        "url": new.teaser.url,
        "headline": new.teaser.headline,
        "dek": new.teaser.dek,
        "picture": new.teaser.picture,
        "published_at": new.published.at,
        "has_time": new.published.has_time,
        "seen_at": now,
        "source_id": source_id,
        "alerted": new.alert,
    }


def _words(article_id: int, headline: str, dek: str) -> dict[str, object]:
    return {
        "article_id": article_id,
        "headline": " ".join(stems(headline)),
        "dek": " ".join(stems(dek)),
        "inflected": " ".join(inflected(f"{headline} {dek}")),
    }
