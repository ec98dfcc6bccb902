"""Rows as the use cases see them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.article import Article
from bot.domain.delivery import Delivery
from bot.domain.matching import Stance
from bot.domain.reading import SourceState
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """A topic as one subscriber sees it."""

    id: int
    topic: Topic
    #: How many articles carry it.
    articles: int
    stance: Stance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatchable:
    """A claimed delivery with all that is needed to send it."""

    delivery: Delivery
    article: Article
    subscriber: Subscriber
    #: Bit set over the article's topics; see `bot.domain.matching`.
    reasons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fanout:
    """The matching of one article with all subscribers, as far as it has come."""

    id: int
    article_id: int
    #: Position of the first topic that counts; 0 for a new article.
    alert_from: int
    #: Subscribers up to this id are done.
    done_to: int
    #: The greatest subscriber id when it began.
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    id: int
    url: str
    kind: str
    state: SourceState
    #: When the first reading succeeded; None before.
    baselined_at: datetime | None
    read_at: datetime | None
    #: Failures since the last success.
    failures: int
    #: The last failure, in words; empty after a success.
    fault: str
    #: Not to be read before this moment.
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    #: Subscribers that were not retired before: the chat and its forum topics.
    subscribers: int
    #: Deliveries dropped with them.
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxFigures:
    owed: int
    held: int
    sent: int
    dropped: int
    failed: int
