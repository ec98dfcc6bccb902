"""Deliveries: from owed to settled, and what each answer of Telegram means for one.

The rules, in their order:

1. Only Telegram's word that a message was taken settles its deliveries as sent.
2. A 429 costs neither the delivery nor an attempt; it comes back when the wait is over.
3. Where the connection failed, or Telegram's server did, the delivery is tried again, ever more
   slowly, for as long as it takes. Where the request may have arrived (no answer, a gateway's
   error) that is counted as ambiguous, since the message may come twice.
4. Where the chat refuses for now (a closed forum topic, no right to write) it is held, until the
   chat's silence ends (see `bot.domain.silence`).
5. Where the chat is gone (blocked, kicked, deactivated, not found), or its forum topic, it is
   dropped with the chat or the topic.
6. Where the group was upgraded, the delivery follows it to the new chat at once.
7. Where Telegram refuses the message itself, no repetition helps: it has failed, and the operator
   is told.
8. Where Telegram refuses the bot itself, nothing is settled: the deliveries stay owed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.domain.article import require_aware
from bot.domain.silence import Silence
from bot.domain.tried import Tried


class State(StrEnum):
    #: To be sent when due.
    OWED = "owed"
    #: Being sent; due again when the lease ends.
    CLAIMED = "claimed"
    #: Kept back while the subscriber pauses, or the chat is silent.
    HELD = "held"
    SENT = "sent"
    #: No longer wanted: muted, unfollowed, chat gone, too old.
    DROPPED = "dropped"
    #: Refused by Telegram for good.
    FAILED = "failed"


#: States that are not settled.
OPEN: Final = frozenset({State.OWED, State.CLAIMED, State.HELD})


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class Throttled:
    #: Seconds to wait, as Telegram says.
    retry_after: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No connection was made, so the message certainly did not arrive."""

    detail: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The request went out and no word of its fate came back."""

    detail: str


@dataclass(frozen=True, slots=True)
class Silenced:
    """The chat is there and does not let the bot write, for now."""

    detail: str
    why: Silence = Silence.NO_RIGHT


@dataclass(frozen=True, slots=True)
class ChatGone:
    detail: str


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The forum topic is there no more; its chat lives on."""

    detail: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message."""

    detail: str


@dataclass(frozen=True, slots=True)
class BotRefused:
    """Telegram does not know the bot's token."""

    detail: str


Outcome = (
    Sent
    | Throttled
    | Unreachable
    | Unanswered
    | Silenced
    | ChatGone
    | TopicGone
    | ChatMoved
    | Refused
    | BotRefused
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One article owed to one subscriber, as claimed."""

    id: int
    article_id: int
    subscriber_id: int
    #: When it became owed. Aware.
    owed_at: datetime
    #: Earlier tries that counted.
    attempts: int = 0
    #: Earlier tries that may have arrived.
    ambiguous: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What becomes of a delivery after one try."""

    delivery_id: int
    state: State
    #: When it is due again; None where it is settled, or held.
    due_at: datetime | None
    attempts: int
    ambiguous: int
    message_id: int | None = None
    #: For the operator; empty where it was sent.
    detail: str = ""


_LONGEST_PAUSE: Final = timedelta(minutes=5)
#: More doublings than any pause needs; keeps the power within bounds.
_MOST_DOUBLINGS: Final = 20


def settle(  # noqa: PLR0911 - one case for each outcome, as the rules are numbered
    delivery: Tried, outcome: Outcome, now: datetime
) -> Settlement:
    """Decide what becomes of a delivery."""
    require_aware(now)
    match outcome:
        case Sent(message_id):
            return _closed(delivery, State.SENT, message_id=message_id)
        case Throttled(retry_after):
            return _again(delivery, now + timedelta(seconds=retry_after), detail="throttled")
        case Unreachable(detail):
            return _again(delivery, now + pause(delivery.attempts), tried=1, detail=detail)
        case Unanswered(detail):
            due = now + pause(delivery.attempts)
            return _again(delivery, due, tried=1, ambiguous=1, detail=detail)
        case Silenced(detail):
            return _held(delivery, tried=1, detail=detail)
        case ChatGone(detail) | TopicGone(detail):
            return _closed(delivery, State.DROPPED, detail=detail)
        case ChatMoved(new_chat_id):
            return _again(delivery, now, detail=f"moved to {new_chat_id}")
        case Refused(detail):
            return _closed(delivery, State.FAILED, detail=detail)
        case BotRefused(detail):
            return _again(delivery, now, detail=detail)
    assert_never(outcome)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after that many earlier attempts: 1 s, doubled up to 5 minutes."""
    return min(timedelta(seconds=2 ** min(attempts, _MOST_DOUBLINGS)), _LONGEST_PAUSE)


def unsent(delivery: Tried, due_at: datetime) -> Settlement:
    """Give back a claimed delivery that was not tried."""
    return _again(delivery, due_at)


def withheld(delivery: Tried) -> Settlement:
    """Hold a claimed delivery that was not tried, because its chat is silent."""
    return _held(delivery)


def _held(delivery: Tried, *, tried: int = 0, detail: str = "") -> Settlement:
    return Settlement(
        delivery_id=delivery.id,
        state=State.HELD,
        due_at=None,
        attempts=delivery.attempts + tried,
        ambiguous=delivery.ambiguous,
        detail=detail,
    )


def _again(
    delivery: Tried, due_at: datetime, *, tried: int = 0, ambiguous: int = 0, detail: str = ""
) -> Settlement:
    return Settlement(
        delivery_id=delivery.id,
        state=State.OWED,
        due_at=due_at,
        attempts=delivery.attempts + tried,
        ambiguous=delivery.ambiguous + ambiguous,
        detail=detail,
    )


def _closed(
    delivery: Tried, state: State, *, message_id: int | None = None, detail: str = ""
) -> Settlement:
    return Settlement(
        delivery_id=delivery.id,
        state=state,
        due_at=None,
        attempts=delivery.attempts + 1,
        ambiguous=delivery.ambiguous,
        message_id=message_id,
        detail=detail,
    )
