"""Articles as the database has them, and as the domain does."""

import json
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Row

from bot.domain.article import Article, Published
from bot.domain.carrying import ToldTopic
from bot.domain.news import Known, NewArticle
from bot.domain.topic import Topic, TopicKind
from bot.storage.instants import to_moment


def article_of(row: Row[Any], carried: tuple[Topic, ...], zone: tzinfo) -> Article:
    return Article(
        id=row.id,
        url=row.url,
        headline=row.headline,
        dek=row.dek,
        topics=carried,
        published=_published(row, zone),
        seen_at=row.seen_at,
        picture=row.picture,
        alerted=row.alerted,
        story_id=row.story_id,
        former_headline=row.former_headline,
        corrected_at=row.corrected_at,
    )


def article_found(row: Row[Any], zone: tzinfo) -> Article:
    """Return the article of a row that no types were told of; `carried` is JSON."""
    has_time = bool(row.has_time)
    published = to_moment(row.published_at)
    return Article(
        id=row.id,
        url=row.url,
        headline=row.headline,
        dek=row.dek,
        topics=tuple(_topic(*told) for _, *told in sorted(json.loads(row.carried))),
        published=Published(
            at=published if has_time else published.astimezone(zone), has_time=has_time
        ),
        seen_at=to_moment(row.seen_at),
        picture=row.picture,
        alerted=bool(row.alerted),
        story_id=row.story_id,
        former_headline=row.former_headline,
        corrected_at=None if row.corrected_at is None else to_moment(row.corrected_at),
    )


def _topic(kind: str, key: str, name: str, description: str) -> Topic:
    return Topic(kind=TopicKind(kind), key=key, name=name, description=description)


def known_of(row: Row[Any], told: tuple[ToldTopic, ...], zone: tzinfo) -> Known:
    return Known(
        article_id=row.id,
        source_id=row.source_id,
        headline=row.headline,
        dek=row.dek,
        picture=row.picture,
        topics=told,
        published=_published(row, zone),
        seen_at=row.seen_at,
        alerted=row.alerted,
        sighted=bool(row.sighted),
        former_headline=row.former_headline,
        corrected_at=row.corrected_at,
        closed=row.closed,
    )


def topic_of(row: Row[Any]) -> Topic:
    return Topic(kind=TopicKind(row.kind), key=row.key, name=row.name, description=row.description)


def values_of(new: NewArticle, article_id: int, source_id: int, now: datetime) -> dict[str, object]:
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


def _published(row: Row[Any], zone: tzinfo) -> Published:
    """Return the time of publication; a date without a time is a day of the site's zone."""
    own = UTC if row.has_time else zone
    return Published(at=row.published_at.astimezone(own), has_time=row.has_time)
