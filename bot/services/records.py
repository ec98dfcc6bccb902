"""Rows as the use cases see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.article import Article
from bot.domain.delivery import Delivery, State
from bot.domain.matching import Stance
from bot.domain.notice import NoticeKind
from bot.domain.reading import SourceState
from bot.domain.subscriber import Subscriber
from bot.domain.timing import Lot
from bot.domain.topic import Topic
from bot.domain.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord:
    """A topic as one subscriber sees it."""

    id: int
    topic: Topic
    #: How many articles carry it.
    articles: int
    stance: Stance | None
    #: Of a follow; None: as the chat has it.
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """A standing search as its owner sees it."""

    id: int
    #: Empty where the reader gave none.
    name: str
    #: The query as typed.
    text: str
    #: None: as the chat has it.
    urgency: Urgency | None
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """What became of one article for one subscriber."""

    article_id: int
    state: State
    #: Bit set over the article's topics; see `bot.domain.matching`.
    reasons: int
    search_id: int | None
    due_at: datetime | None
    message_id: int | None
    lot: Lot
    #: For the operator.
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """A message that is to say what is right now."""

    id: int
    subscriber: Subscriber
    message_id: int
    #: The article that was corrected.
    article_id: int
    #: When it was to be edited; later, once there is a further correction.
    due_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingRecord:
    """What a subscriber chose, as stored: canonical texts, empty for none."""

    subscriber_id: int
    timezone: str | None
    editions: str
    quiet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatchable:
    """A claimed delivery with all that is needed to send it."""

    delivery: Delivery
    article: Article
    subscriber: Subscriber
    #: Bit set over the article's topics; see `bot.domain.matching`.
    reasons: int
    lot: Lot
    silent: bool
    #: The message that it goes on from; None where the story is new to the chat.
    reply_to: int | None = None
    #: Whether the chat got the article before, which was corrected since.
    came_before: bool = False
    #: Whether it is on the chat's reading list already.
    is_saved: bool = False


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
    #: What a chat has muted that does not get it: the article's story, or the strand within it.
    story_id: int


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
    #: When the first of the failures in a row was; None after a success.
    failing_since: datetime | None = None
    #: When an administrator switched it off; None while it is on.
    switched_off_at: datetime | None = None
    #: Not to be read before this moment, at the server's own wish.
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """An administrator knows that a source fails."""

    source_id: int
    chat_id: int
    #: What they were told.
    failing_since: datetime


#: Why a forum topic is retired that was deleted.
TOPIC_GONE: Final = "topic deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    #: Of the subscribers that were not retired before: the chat and its forum topics.
    ids: tuple[int, ...]
    #: Deliveries dropped with them.
    dropped: int

    @property
    def subscribers(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """Something to be told to whoever set a chat up."""

    id: int
    kind: NoticeKind
    #: The chat that it is about.
    about: Subscriber
    #: How many alerts the chat holds.
    held: int
    #: Earlier tries to tell it.
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRow:
    """A channel that is being set up from a private chat."""

    channel: Subscriber
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxFigures:
    """All deliveries ever, by state."""

    #: What is being sent counts as well.
    owed: int
    held: int
    sent: int
    dropped: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFigures:
    """The deliveries that are not settled."""

    #: To be sent, now or later; what is being sent counts as well.
    owed: int
    #: Of these, what is late: its time has come, and its turn has not.
    due: int
    #: Kept back while the subscriber pauses, or the chat is silent.
    held: int
    #: When the first of what is due was to be sent; None where nothing is due.
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much is stored on a subscriber."""

    follows: int = 0
    mutes: int = 0
    searches: int = 0
    #: Muted stories.
    stories: int = 0
    #: Articles on the reading list.
    saved: int = 0
    #: Alerts that are still to come.
    waiting: int = 0
    #: Whether a time zone, editions or quiet hours were chosen.
    times: bool = False
    paused: bool = False
