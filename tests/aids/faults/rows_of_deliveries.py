"""Alerts, digests and corrections: what must happen."""

from functools import partial
from typing import Final

from bot.domain.delivery import State
from tests.aids.faults.catalogue import Family
from tests.aids.faults.row import LOST, OURS, Call, Table, add

ROWS: Final[Table] = {}
_row = partial(add, ROWS)

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
    _ALERTS, OURS, "the same message would be refused again: it has failed, and the log says so",
    events=("delivery_refused",), state=State.FAILED, attempts=1, copies=0,
)  # fmt: skip
_row(
    _ALERTS, LOST, "nobody knows whether it arrived: sent again, and counted as ambiguous",
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
    Call.EDIT, (*LOST, Family.UNREACHABLE), "made twice it changes nothing more",
    events=("edit_deferred", "message_edited"),
)  # fmt: skip
