"""A row of the table: a kind of call, a family of faults, and what must happen then.

What `Happened` does not say of a row is as it is where nothing goes wrong.
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
    FILE = "file"
    FILE_PRESSED = "file behind a button"
    TOAST = "callback answer"
    CHANGE = "change behind a button"
    INLINE = "answer to what is typed inline"
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
    #: How often the chat is told that it takes no files.
    instead: int = 0
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


Table = dict[tuple[Call, Family], Row]

ODD: Final = "Telegram never says this to such a call; if it did, "
LOST: Final = (Family.CONFLICT, Family.GATEWAY, Family.CUT, Family.SILENT)
OURS: Final = (Family.UNACCEPTABLE, Family.UNCHANGED, Family.VANISHED, Family.STALE)


def add(
    table: Table,
    calls: Iterable[Call] | Call,
    families: Iterable[Family] | Family,
    because: str,
    **told: object,
) -> None:
    """Add a row for each call and family; raises ValueError where there is one."""
    once_more = bool(told.pop("once_more", False))
    row = Row(happens=Happened(**told), because=because, once_more=once_more)  # type: ignore[arg-type] # the table's own rows
    for call in [calls] if isinstance(calls, Call) else calls:
        for family in [families] if isinstance(families, Family) else families:
            if (call, family) in table:
                raise ValueError(f"two rows for {call} and {family}")
            table[call, family] = row
