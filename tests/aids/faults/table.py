"""What must happen on each kind of call for each family of faults, and why: the table.

A row that must change is one line here. What `Happened` does not say of a row is as it is where
nothing goes wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.delivery import State
from tests.aids.faults.catalogue import Family


class Call(Enum):
    ALERT = "alert"
    GROUP_ALERT = "alert to a group"
    DIGEST = "digest"
    EDIT = "correction of an alert"
    REPLY = "reply"
    TOAST = "callback answer"
    CHANGE = "change behind a button"
    UPDATES = "getUpdates"
    START = "getMe at the start"
    WEBHOOK = "setWebhook at the start"
    MENU = "setMyCommands at the start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What came of one call."""

    #: The log's events about the chat, or about what stands still, in order.
    events: tuple[str, ...]
    #: Of the deliveries; None where there are none.
    state: State | None = None
    attempts: int = 0
    ambiguous: int = 0
    #: How often the reader has it.
    copies: int = 1
    apologies: int = 0
    standing: str = "active"
    #: The chat goes on under its new id.
    moved: bool = False
    #: What waits: "" nothing, "chat" this chat's alerts, "alerts" everybody's.
    pauses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    happens: Happened
    because: str
    #: A call that Telegram had taken all the same brings the reader one more.
    once_more: bool = False


_ODD: Final = "Telegram never says this to such a call; if it did, "
_LOST: Final = (Family.CONFLICT, Family.GATEWAY, Family.CUT, Family.SILENT)
_OURS: Final = (Family.UNACCEPTABLE, Family.UNCHANGED, Family.VANISHED, Family.STALE)

TABLE: Final[dict[tuple[Call, Family], Row]] = {}


def _row(
    calls: Iterable[Call] | Call, families: Iterable[Family] | Family, because: str, **told: object
) -> None:
    once_more = bool(told.pop("once_more", False))
    row = Row(happens=Happened(**told), because=because, once_more=once_more)  # type: ignore[arg-type] # the table's own rows
    for call in [calls] if isinstance(calls, Call) else calls:
        for family in [families] if isinstance(families, Family) else families:
            if (call, family) in TABLE:
                raise ValueError(f"two rows for {call} and {family}")
            TABLE[call, family] = row


_ALERTS: Final = (Call.ALERT, Call.GROUP_ALERT, Call.DIGEST)
_AGAIN: Final = ("delivery_deferred", "delivery_sent")

# Deliveries.
_row(
    (Call.ALERT, Call.DIGEST), Family.THROTTLED,
    "a 429 costs no attempt; a private chat's own limit is kept, so Telegram means the bot",
    events=("telegram_throttled", *_AGAIN), state=State.SENT, attempts=1, pauses="alerts",
)  # fmt: skip
_row(
    Call.GROUP_ALERT, Family.THROTTLED,
    "others may have used up a group's limit: nobody else waits",
    events=("telegram_throttled", *_AGAIN), state=State.SENT, attempts=1, pauses="chat",
)  # fmt: skip
_row(
    _ALERTS, Family.GONE, "nobody is there: the chat is retired with what it is owed",
    events=("chat_retired", "delivery_dropped"), state=State.DROPPED, attempts=1, copies=0,
    standing="retired",
)  # fmt: skip
_row(
    _ALERTS, Family.MOVED, "the subscriber moves, and the message arrives where the group is now",
    events=("chat_moved", *_AGAIN), state=State.SENT, attempts=1, moved=True,
)  # fmt: skip
_row(
    _ALERTS, Family.SILENCED, "the chat is there, and may let the bot write again",
    events=("chat_silent", "delivery_held"), state=State.HELD, attempts=1, copies=0,
)  # fmt: skip
_row(
    _ALERTS, Family.TOPIC_GONE, "the forum's topic is no more: it is retired with what it is owed",
    events=("topic_retired", "delivery_dropped"), state=State.DROPPED, attempts=1, copies=0,
    standing="retired",
)  # fmt: skip
_row(
    _ALERTS, _OURS, "the same message would be refused again: it has failed, and the log says so",
    events=("delivery_refused",), state=State.FAILED, attempts=1, copies=0,
)  # fmt: skip
_row(
    _ALERTS, _LOST, "nobody knows whether it arrived: sent again, and counted as ambiguous",
    events=_AGAIN, state=State.SENT, attempts=2, ambiguous=1, pauses="alerts", once_more=True,
)  # fmt: skip
_row(
    _ALERTS, Family.UNREACHABLE, "it was certainly not sent: tried again, and not ambiguous",
    events=_AGAIN, state=State.SENT, attempts=2, pauses="alerts",
)  # fmt: skip

# Corrections; the message that is there stays, whatever happens.
_row(
    Call.EDIT, Family.THROTTLED, "an edit takes the alerts' lane, so the lane waits",
    events=("telegram_throttled", "edit_deferred", "message_edited"), pauses="alerts",
)  # fmt: skip
_row(
    Call.EDIT, (Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE, Family.VANISHED),
    "the message cannot be edited any more; the next alert finds out about the chat",
    events=("edit_dropped",), copies=0,
)  # fmt: skip
_row(
    Call.EDIT, (Family.UNACCEPTABLE, Family.STALE), "it would be refused again",
    events=("edit_dropped",), copies=0,
)  # fmt: skip
_row(
    Call.EDIT,
    Family.UNCHANGED,
    "the message reads as it should",
    events=("message_edited",),
    copies=0,
)
_row(
    Call.EDIT, (*_LOST, Family.UNREACHABLE), "made twice it changes nothing more",
    events=("edit_deferred", "message_edited"),
)  # fmt: skip

# Answers to readers.
_row(
    Call.REPLY, Family.THROTTLED, "certainly not taken, and soon allowed: the reader gets it later",
    events=("update_handled",),
)  # fmt: skip
_row(
    Call.REPLY, (Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE),
    "nobody can hear it, and it is nobody's fault: undelivered",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.REPLY, _OURS, "a fault of ours: the log has the traceback, the reader a sentence",
    events=("update_failed",), copies=0, apologies=1,
)  # fmt: skip
_row(
    Call.REPLY, _LOST, "an apology would take the way that has just failed; the reader asks again",
    events=("reply_not_sent",), copies=0, once_more=True,
)  # fmt: skip
_row(
    Call.TOAST, Family.STALE, "the reader sees the change; the button waits no longer anyway",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, (Family.THROTTLED, Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE),
    "no toast is worth waiting for; the message changes all the same",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, (Family.UNACCEPTABLE,), "a fault of ours: the message changes, and a notice tells",
    events=("update_failed",), copies=0, apologies=1,
)  # fmt: skip
_row(
    Call.TOAST, (Family.UNCHANGED, Family.VANISHED), _ODD + "it would be harmless",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, _LOST, "the message changes all the same",
    events=("reply_not_sent",), copies=0, once_more=True,
)  # fmt: skip
_row(
    Call.CHANGE,
    Family.THROTTLED,
    "certainly not taken, and soon allowed",
    events=("update_handled",),
)
_row(
    Call.CHANGE, (Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE),
    "nobody's fault: undelivered",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.CHANGE, (Family.UNCHANGED, Family.VANISHED, Family.STALE),
    "pressed twice, or under a message that is deleted",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.CHANGE, Family.UNACCEPTABLE, "a fault of ours: a notice tells",
    events=("update_failed",), copies=0, apologies=1,
)  # fmt: skip
_row(
    Call.CHANGE, _LOST, "the reader presses again",
    events=("reply_not_sent",), copies=0, once_more=True,
)  # fmt: skip

# What only the bot notices; the reader who writes behind it is answered.
_DOWN: Final = ("telegram_unreachable", "telegram_reachable")
_SENSELESS: Final = (Family.GONE, Family.MOVED, Family.SILENCED, Family.TOPIC_GONE, *_OURS)
_row(
    Call.UPDATES,
    Family.THROTTLED,
    "waited for as long as Telegram says",
    events=("telegram_throttled",),
)
_row(
    Call.UPDATES,
    Family.CONFLICT,
    "a single one comes from a process that is just ending",
    events=(),
)
_row(
    Call.UPDATES, (*_SENSELESS, Family.GATEWAY, Family.CUT, Family.SILENT, Family.UNREACHABLE),
    "tried again for as long as it takes; one event for each end of it", events=_DOWN,
)  # fmt: skip
_row(
    Call.START, Family.THROTTLED, "waited for as long as Telegram says",
    events=("telegram_throttled", "telegram_connected"),
)  # fmt: skip
_row(
    Call.START, (*_SENSELESS, *_LOST, Family.UNREACHABLE),
    "tried again in the background; the rest of the program has started",
    events=(*_DOWN, "telegram_connected"),
)  # fmt: skip
_row(
    Call.WEBHOOK, Family.THROTTLED, "waited for as long as Telegram says",
    events=("telegram_throttled", "webhook_set"),
)  # fmt: skip
_row(
    Call.WEBHOOK, (*_SENSELESS, *_LOST), "tried again for as long as it takes, as fetching is",
    events=(*_DOWN, "webhook_set"),
)  # fmt: skip
_row(
    Call.MENU, (*_SENSELESS, *_LOST, Family.THROTTLED, Family.TOKEN),
    "a menu is a convenience: told, and nobody waits for it", events=("menu_not_set",),
)  # fmt: skip

#: What no row plays: why, and where it is proven instead.
ELSEWHERE: Final[dict[tuple[Call, Family], str]] = (
    {
        (call, Family.TOKEN): "ends the bot: test_refused_bot.py"
        for call in Call
        if call is not Call.MENU
    }
    | {
        (call, Family.UNREACHABLE): (
            "a server that is down sends no update that could be answered: test_replying.py"
        )
        for call in (Call.REPLY, Call.TOAST, Call.CHANGE, Call.MENU)
    }
    | {(Call.WEBHOOK, Family.UNREACHABLE): "getMe, which comes before it, finds nobody: Call.START"}
)
