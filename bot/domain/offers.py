"""Which filters are offered under a page of articles: those that the page itself suggests.

1. Of sections and of authors one each: the one that most of the articles carry. Of equals, one
   that the profile describes goes before one that was found, and then the one that is met first.
2. Only what narrows is offered: not what the query has already, and not what every article
   carries where there are no further pages.
3. The last 30 days are offered where some of the articles are as new as that, and something
   older is there or may come.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from bot.domain.article import Article
from bot.domain.filters import Filter
from bot.domain.query import Carries
from bot.domain.topic import Topic, TopicKind

_OFFERED: Final = (TopicKind.SECTION, TopicKind.AUTHOR)


def offered_topics(
    articles: Sequence[Article], active: Collection[Filter], *, more: bool
) -> list[Topic]:
    """Return the section and the author to narrow down to; `more` articles may follow."""
    found = [_most_carried(articles, kind, active, more=more) for kind in _OFFERED]
    return [topic for topic in found if topic]


def offers_recent(articles: Sequence[Article], since: datetime, *, more: bool) -> bool:
    """Return whether it narrows to ask only for what was published since."""
    new = [article.published.at >= since for article in articles]
    return any(new) and (more or not all(new))


def _most_carried(
    articles: Sequence[Article], kind: TopicKind, active: Collection[Filter], *, more: bool
) -> Topic | None:
    carried = [topic for article in articles for topic in article.topics if topic.kind is kind]
    counted = Counter(topic.key for topic in carried)
    left = [
        topic
        for topic in carried
        if Carries(kind, topic.key) not in active and (more or counted[topic.key] < len(articles))
    ]
    return max(left, key=lambda topic: (counted[topic.key], bool(topic.description)), default=None)
