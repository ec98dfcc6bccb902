"""What is wrong with a text that a reader typed: a key for the catalogue, and the part at fault."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.article import one_line

#: Longer than anything that makes sense, so that a pasted page is not repeated to its reader.
_LONGEST_PART: Final = 40


class FaultKey(StrEnum):
    #: Nothing was typed where something is needed.
    EMPTY = "empty"
    NOT_UNDERSTOOD = "not-understood"
    #: A number that is no time of day, as in 25:00 or 13pm.
    NO_SUCH_TIME = "no-such-time"
    #: Days without a time, where a time is needed.
    TIME_MISSING = "time-missing"
    #: A time that begins something and does not say when it ends.
    END_MISSING = "end-missing"
    #: Something that is over when it begins.
    NO_LENGTH = "no-length"
    #: Quiet hours that fill the week: nothing would ever come.
    ALWAYS = "always"
    TOO_MANY = "too-many"
    #: A moment that is over.
    PAST = "past"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class ParseFault:
    key: FaultKey
    #: As typed, on one line and clipped; empty where nothing was typed.
    part: str = ""


def fault(key: FaultKey, part: str = "") -> ParseFault:
    typed = one_line(part)
    clipped = typed if len(typed) <= _LONGEST_PART else typed[: _LONGEST_PART - 1].rstrip() + "…"
    return ParseFault(key, clipped)
