"""What `dekbot trace` tells of one article: plain values, by the names that scripts read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.unalerted import Unalerted


class Way(StrEnum):
    """How a delivery comes, or came."""

    AT_ONCE = "at once"
    EDITION = "edition"
    CATCH_UP = "behind quiet hours or a pause"
    PAUSE = "held by a pause"
    SILENCE = "held while the chat is silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedTopic:
    kind: str
    key: str
    name: str
    #: Address of the source that told it first; empty for an import.
    told_by: str
    #: Whether its owner took it off the article since.
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedStory:
    """An article of the same story."""

    url: str
    headline: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedArticle:
    #: As events in the log name it.
    id: int
    url: str
    headline: str
    dek: str
    published_at: datetime
    #: Whether the hour of publication is known, or the day only.
    has_time: bool
    #: When it was met first.
    seen_at: datetime
    #: Address of the source that brought it; empty for an import.
    brought_by: str
    #: Addresses of all sources that have shown it.
    shown_by: tuple[str, ...]
    #: The headline that the last correction replaced, if one did.
    former_headline: str | None
    corrected_at: datetime | None
    #: Whether its headline is that of a correction or a retraction.
    is_retraction: bool
    topics: tuple[TracedTopic, ...]
    #: Of the same story, the oldest first; empty where it stands alone.
    story: tuple[TracedStory, ...]
    #: Whether it was matched with subscribers.
    alerted: bool
    #: Why not; None where it was.
    unalerted: Unalerted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedDelivery:
    chat_id: int
    #: The forum topic; 0 for none.
    thread_id: int
    kind: str
    #: What people call the chat; empty where that was never seen.
    chat: str
    state: str
    #: Names of the followed topics that brought it.
    topics: tuple[str, ...]
    #: The standing search that brought it, if one did: its name or its query.
    search: str | None
    owed_at: datetime
    #: When it is to be sent; while it is being sent, when that is given up. None: settled, or held.
    due_at: datetime | None
    way: Way
    silent: bool
    attempts: int
    #: Attempts that may have arrived.
    ambiguous: int
    settled_at: datetime | None
    #: From owed to sent; None where it was not sent.
    seconds: float | None
    message_id: int | None
    #: The message that carried it before a retraction came as one of its own.
    first_message_id: int | None
    #: Why it was put off, dropped or refused.
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFanout:
    """A matching with all subscribers that is not finished."""

    #: Subscribers up to this id are done, of those up to `last`.
    done_to: int
    last: int
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedEdits:
    """Messages that are to say what is right now."""

    count: int
    #: When the first of them is to be edited; None where there is none.
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedOutbox:
    #: How many deliveries there are in each state; states without any are left out.
    states: Mapping[str, int]
    fanouts: tuple[TracedFanout, ...]
    edits: TracedEdits
    #: What is wrong or unfinished first, then by age; no more than were asked for.
    deliveries: tuple[TracedDelivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedChat:
    """What became of the article for one chat, or one forum topic of it."""

    chat_id: int
    thread_id: int
    kind: str
    chat: str
    standing: str
    #: Why it gets nothing any more; empty where it does.
    retired_because: str
    delivery: TracedDelivery | None
    #: Why there is none (`bot.services.why.Absence`, or `retired`, or `not-yet` while it is being
    #: matched); None where there is one.
    absence: str | None = None
    #: Names of the topics that explain it.
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The path of one article, as far as the database knows it."""

    #: The address that was asked for, in full.
    url: str
    #: Whether the site profile takes it for an article's.
    is_article_url: bool
    #: None where it was never met.
    article: TracedArticle | None
    outbox: TracedOutbox | None = None
    #: The chat that was asked for; None where none was.
    chat_id: int | None = None
    #: What became of it there: the chat and its forum topics; empty for a chat that is not known.
    chats: tuple[TracedChat, ...] = ()
    #: Addresses of articles that may have been meant, where it was never met.
    near: tuple[str, ...] = ()
