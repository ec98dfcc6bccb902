"""What every format tells of an article, as plain text on one line."""

from datetime import date, tzinfo

from bot.domain.article import Article, Published
from bot.domain.topic import TopicKind
from bot.texts.clip import clean


def names(article: Article, *kinds: TopicKind) -> list[str]:
    """Return the names of the article's topics of these kinds, in its order."""
    found = (clean(topic.name) for kind in kinds for topic in article.topics if topic.kind is kind)
    return [name for name in found if name]


def dek(article: Article) -> str:
    """Return the dek; nothing where it only repeats the headline."""
    told = clean(article.dek)
    return "" if told.casefold() == clean(article.headline).casefold() else told


def day(published: Published, zone: tzinfo) -> date:
    """Return the day of publication; one without a time stands as the site gave it."""
    return published.at.astimezone(zone).date() if published.has_time else published.at.date()


def stamp(published: Published, zone: tzinfo) -> str:
    """Return the time of publication as in ISO 8601; the day where no time is known."""
    if not published.has_time:
        return day(published, zone).isoformat()
    return published.at.astimezone(zone).isoformat(timespec="minutes")
