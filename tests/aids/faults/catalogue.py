"""Each refusal of the Bot API and each way in which a connection fails, for the stand-in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.faults import Fault as Put
from bot.demo.botapi.faults import Prescription


class Family(Enum):
    """Faults that mean the same to the bot."""

    THROTTLED = auto()
    GONE = auto()
    MOVED = auto()
    SILENCED = auto()
    TOPIC_GONE = auto()
    UNACCEPTABLE = auto()
    UNCHANGED = auto()
    VANISHED = auto()
    STALE = auto()
    CONFLICT = auto()
    TOKEN = auto()
    GATEWAY = auto()
    CUT = auto()
    SILENT = auto()
    #: Nobody listens: for all calls at once, so no single one is prescribed.
    UNREACHABLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    #: For a refusal its code and words, as `wordings` reads them.
    name: str
    #: Puts it in force; the number is the supergroup that a chat becomes.
    put: Callable[[Prescription, int], Put]
    #: Telegram carried out the call all the same.
    taken: bool = False


_WORDS: Final = {
    Family.GONE: """
        403 bot was blocked by the user
        403 user is deactivated
        403 bot can't initiate conversation with a user
        403 the group chat was deleted
        403 bot was kicked from the group chat
        403 bot was kicked from the supergroup chat
        403 bot was kicked from the channel chat
        403 bot is not a member of the group chat
        403 bot is not a member of the supergroup chat
        403 bot is not a member of the channel chat
        400 chat not found
        400 chat_id is empty
    """,
    Family.SILENCED: """
        400 TOPIC_CLOSED
        400 not enough rights to send text messages to the chat
    """,
    Family.TOPIC_GONE: """
        400 message thread not found
    """,
    Family.UNACCEPTABLE: """
        400 message text is empty
        400 message is too long
        400 text is too long
        400 message caption is too long
        400 unsupported parse_mode
        400 can't parse entities: Unsupported start tag "x" at byte offset N
        400 can't parse entities: Unclosed start tag at byte offset N
        400 can't parse entities: Unexpected end tag at byte offset N
        400 can't parse entities: Unmatched end tag at byte offset N, expected "</b>", found "</i>"
        400 can't parse entities: Can't find end tag corresponding to start tag "b"
        400 BUTTON_DATA_INVALID
        400 can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard
        400 reply markup is too long
        400 object expected as reply markup
    """,
    Family.UNCHANGED: (
        "400 message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    ),
    Family.VANISHED: "400 message to edit not found",
    Family.STALE: "400 query is too old and response timeout expired or query ID is invalid",
    Family.CONFLICT: """
        409 terminated by other getUpdates request; make sure that only one bot instance is running
        409 can't use getUpdates method while webhook is active; use deleteWebhook to delete the """
    "webhook first",
    Family.TOKEN: """
        401 Unauthorized
        404 Not Found
    """,
}


def _refused(name: str) -> Fault:
    code, _, words = name.partition(" ")
    said = "" if code in {"401", "404"} else words.replace("offset N", "offset 7")
    refusal = Refusal(int(code), said)
    return Fault(name=name, put=lambda on, _new: on.refuse(refusal))


def _gateway(status: int) -> Fault:
    return Fault(name=str(status), put=lambda on, _new: on.status(status))


FAULTS: Final[dict[Family, tuple[Fault, ...]]] = {
    family: tuple(_refused(line.strip()) for line in words.strip().splitlines())
    for family, words in _WORDS.items()
} | {
    Family.THROTTLED: (Fault(name="429 retry after N", put=lambda on, _new: on.too_many(1)),),
    Family.MOVED: (
        Fault(
            name="400 group chat was upgraded to a supergroup chat",
            put=lambda on, new: on.migrated(new),
        ),
    ),
    Family.GATEWAY: tuple(map(_gateway, (502, 504))),
    Family.CUT: (
        Fault(name="reset before", put=lambda on, _new: on.reset_before_reading()),
        Fault(name="reset after", put=lambda on, _new: on.reset_after_taking(), taken=True),
        Fault(name="truncated JSON", put=lambda on, _new: on.truncated_json(), taken=True),
    ),
    Family.SILENT: (
        Fault(name="60 s of silence", put=lambda on, _new: on.silence(60)),
        Fault(name="silence, taken", put=lambda on, _new: on.silence(60, taken=True), taken=True),
    ),
    Family.UNREACHABLE: (),
}

#: What Telegram, or its gateway, answers; the rest are connections that fail.
REFUSALS: Final = frozenset(Family) - {Family.CUT, Family.SILENT, Family.UNREACHABLE}


def answers() -> set[str]:
    """Return the names of the refusals that are here."""
    return {one.name for family in REFUSALS for one in FAULTS[family]}
