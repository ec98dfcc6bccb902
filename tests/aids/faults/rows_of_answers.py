"""Answers to readers: what must happen."""

from functools import partial
from typing import Final

from tests.aids.faults.catalogue import Family
from tests.aids.faults.row import LOST, ODD, OURS, Call, Table, add

ROWS: Final[Table] = {}
_row = partial(add, ROWS)

_UNHEARD: Final = (Family.GONE, Family.MOVED, Family.TOPIC_GONE)
_FILES: Final = (Call.FILE, Call.FILE_PRESSED)
_NOT_SENT: Final = ("reply_not_sent",)

# Replies, and files that are replies or come behind a button.
_row(
    (Call.REPLY, *_FILES), Family.THROTTLED,
    "certainly not taken, and soon allowed: the reader gets it later",
    events=("update_handled",),
)  # fmt: skip
_row(
    (Call.REPLY, *_FILES), _UNHEARD, "nobody can hear it, and it is nobody's fault: undelivered",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.REPLY, Family.SILENCED, "nobody can hear it, and it is nobody's fault: undelivered",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    _FILES, Family.SILENCED, "the chat may take words where it takes no files: it is told so",
    events=("update_handled",), copies=0, instead=1,
)  # fmt: skip
_row(
    (Call.REPLY, *_FILES), OURS,
    "a fault of ours: the log has the traceback, the reader a sentence",
    events=("update_failed",), copies=0, apologies=1,
)  # fmt: skip
_row(
    (Call.REPLY, *_FILES), LOST,
    "an apology would take the way that has just failed; the reader asks again",
    events=_NOT_SENT, copies=0, once_more=True,
)  # fmt: skip

# Buttons: the toast, and the change of the message.
_row(
    Call.TOAST, Family.STALE, "the reader sees the change; the button waits no longer anyway",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, (Family.THROTTLED, *_UNHEARD, Family.SILENCED),
    "no toast is worth waiting for; the message changes all the same",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, (Family.UNACCEPTABLE,), "a fault of ours: the message changes, and a notice tells",
    events=("update_failed",), copies=0, apologies=1,
)  # fmt: skip
_row(
    Call.TOAST, (Family.UNCHANGED, Family.VANISHED), ODD + "it would be harmless",
    events=("update_handled",), copies=0,
)  # fmt: skip
_row(
    Call.TOAST, LOST, "the message changes all the same",
    events=_NOT_SENT, copies=0, once_more=True,
)  # fmt: skip
_row(
    Call.CHANGE,
    Family.THROTTLED,
    "certainly not taken, and soon allowed",
    events=("update_handled",),
)
_row(
    Call.CHANGE, (*_UNHEARD, Family.SILENCED),
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
    Call.CHANGE, LOST, "the reader presses again",
    events=_NOT_SENT, copies=0, once_more=True,
)  # fmt: skip

# What is typed inline; whoever types is the bot's reader or nobody to it, in any chat.
_row(
    Call.INLINE, (Family.THROTTLED, *_UNHEARD, Family.SILENCED),
    "no answer is worth waiting for: the next letter that is typed asks anew",
    events=("inline_query_answered",), copies=0,
)  # fmt: skip
_row(
    Call.INLINE, Family.STALE, "whoever typed has gone on typing, and waits for another answer",
    events=("inline_query_answered",), copies=0,
)  # fmt: skip
_row(
    Call.INLINE, (Family.UNCHANGED, Family.VANISHED), ODD + "it would be harmless",
    events=("inline_query_answered",), copies=0,
)  # fmt: skip
_row(
    Call.INLINE, Family.UNACCEPTABLE,
    "a fault of ours; the chat in which somebody types is none that the bot could write to",
    events=("update_failed",), copies=0,
)  # fmt: skip
_row(
    Call.INLINE, LOST, "the next letter that is typed asks anew",
    events=_NOT_SENT, copies=0, once_more=True,
)  # fmt: skip
