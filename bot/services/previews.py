"""The alerts that teasers would give, before anything is stored."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.domain.article import Article, Teaser
from bot.domain.news import published_or
from bot.texts.letter import Letter
from bot.texts.letters import alert_letter


def preview_letters(
    teasers: Sequence[Teaser], now: datetime, zone: tzinfo, language: str
) -> list[Letter]:
    """Return one alert for each teaser."""
    articles = [
        Article(
            id=number,
            url=teaser.url,
            headline=teaser.headline,
            dek=teaser.dek,
            topics=teaser.topics,
            published=published_or(teaser, now),
            seen_at=now,
            picture=teaser.picture,
        )
        for number, teaser in enumerate(teasers)
    ]
    return [alert_letter(article, zone=zone, language=language) for article in articles]
