"""Reads the days and times of a timetable that a reader typed, for quiet hours and for editions.

The rules, in their order:

1. Case, spaces and small words (`at`, `on`, `every`) do not count; `to` is a hyphen and `and` is
   a comma.
2. A semicolon or a new line parts entries. So does a comma between days and times, as in
   `22:00-07:00, weekends`; between times, or between single days, it merely lists them.
3. Days before times govern these times, and so do days behind them: `mon-fri 9:00 18:00` is
   `9:00 18:00 mon-fri`. Where days stand on both sides of times nobody knows which are meant, and
   that is a fault.
4. Where days alone mean something (`days_alone`), a comma behind `weekends` or the like parts
   them from what follows; otherwise days alone wait for the times behind the comma.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from enum import Enum, auto
from itertools import groupby
from typing import Final

from bot.domain.clock_times import NAMED_TIMES, parse_time
from bot.domain.korean import (
    KOREAN_AND,
    KOREAN_FROM,
    KOREAN_HOURLY,
    KOREAN_SMALL_WORDS,
    KOREAN_TIME,
    split_ending,
)
from bot.domain.parse_fault import FaultKey, ParseFault, fault
from bot.domain.weekdays import Weekdays, days_between, parse_group, parse_weekday

_LONGEST: Final = 500
_PART: Final = re.compile(
    rf"""
    (?P<time> {KOREAN_TIME} | \d+ (?:(?:\s?[:\uff1a]\s?|[.h])\d+)?
              (?:[^\S\n]?(?:h|[ap]\.?\s?m\.?)(?![^\W_]))? )
    | (?P<word> [^\W\d_]+(?:['\u2019][^\W\d_]+)* )
    | (?P<dash> [-\u2010-\u2015\u2212~\u301c\uff5e] )
    | (?P<comma> [,&+\u00b7\u3001\uff0c] )
    | (?P<parting> [;\n\uff1b] )
    | (?P<space> [\s.] )
    | (?P<other> . )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SMALL_WORDS: Final = KOREAN_SMALL_WORDS | {
    "at", "on", "every", "each", "from", "the", "in", "only", "o'clock", "o\u2019clock",
}  # fmt: skip
_HYPHENS: Final = frozenset(("to", "until", "till", "through", "thru", KOREAN_FROM))
_AND: Final = KOREAN_AND | {"and"}
_HOURLY: Final = KOREAN_HOURLY | {"hourly", "hour"}
EVERY_HOUR: Final = tuple(time(hour) for hour in range(24))


class Mark(Enum):
    DASH = auto()
    COMMA = auto()
    PARTING = auto()


@dataclass(frozen=True, slots=True)
class Days:
    typed: str
    days: Weekdays
    #: Whether one word stands for several days.
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    typed: str
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Span:
    typed: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Entry:
    """Days (None where none were named) with what was named for them (maybe nothing)."""

    days: Weekdays | None
    slots: tuple[Times | Span, ...]
    #: What was typed, for telling of faults.
    typed: str


_Item = Days | Times | Span
_Clause = list[_Item]


def read_timetable(text: str, *, days_alone: bool) -> list[Entry] | ParseFault:
    """Return what the text names, in its order; at least one entry."""
    if len(text) > _LONGEST:
        return fault(FaultKey.TOO_LONG, text)
    tokens: list[_Item | Mark] = []
    for token in _tokens(text):
        if isinstance(token, ParseFault):
            return token
        tokens.append(token)
    items = _join_ranges(tokens)
    if isinstance(items, ParseFault):
        return items
    entries: list[Entry] = []
    for clause in _clauses(items, days_alone=days_alone):
        found = _entries(clause)
        if isinstance(found, ParseFault):
            return found
        entries += found
    return entries or fault(FaultKey.EMPTY, text)


def _tokens(text: str) -> Iterator[_Item | Mark | ParseFault]:
    marks = {"dash": Mark.DASH, "comma": Mark.COMMA, "parting": Mark.PARTING}
    for part in _PART.finditer(text):
        kind, typed = part.lastgroup or "", part[0]
        if kind in marks:
            yield marks[kind]
        elif kind == "time":
            clock = parse_time(typed)
            yield Times(typed, (clock,)) if clock else fault(FaultKey.NO_SUCH_TIME, typed)
        elif kind == "word":
            yield from _word(typed)
        elif kind == "other":
            yield fault(FaultKey.NOT_UNDERSTOOD, typed)


def _word(typed: str) -> Iterator[_Item | Mark | ParseFault]:
    word = typed.casefold()
    if word in _SMALL_WORDS:
        return
    group, day, clock = parse_group(word), parse_weekday(word), NAMED_TIMES.get(word)
    if word in _HYPHENS:
        yield Mark.DASH
    elif word in _AND:
        yield Mark.COMMA
    elif word in _HOURLY:
        yield Times(typed, EVERY_HOUR)
    elif clock is not None:
        yield Times(typed, (clock,))
    elif group is not None:
        yield Days(typed, group, grouped=True)
    elif day is not None:
        yield Days(typed, frozenset((day,)))
    elif ending := split_ending(word):
        for part in ending:
            yield from _word(part)
    else:
        yield fault(FaultKey.NOT_UNDERSTOOD, typed)


def _join_ranges(tokens: Sequence[_Item | Mark]) -> list[_Item | Mark] | ParseFault:
    """Return the tokens with each range, two of a kind around a hyphen, as one item."""
    joined: list[_Item | Mark] = []
    rest = list(reversed(tokens))
    while rest:
        token = rest.pop()
        if token is not Mark.DASH:
            joined.append(token)
            continue
        whole = _range(joined.pop() if joined else None, rest.pop() if rest else None)
        if isinstance(whole, ParseFault):
            return whole
        joined.append(whole)
    return joined


def _range(left: _Item | Mark | None, right: _Item | Mark | None) -> _Item | ParseFault:
    typed = "-".join("" if x is None or isinstance(x, Mark) else x.typed for x in (left, right))
    match left, right:
        case Times(_, (start,)), Times(_, (end,)):
            return Span(typed, start, end)
        case Days(_, first, grouped=False), Days(_, last, grouped=False) if (
            len(first) == len(last) == 1
        ):
            return Days(typed, days_between(min(first), min(last)))
    return fault(FaultKey.NOT_UNDERSTOOD, typed)


def _clauses(items: Sequence[_Item | Mark], *, days_alone: bool) -> Iterator[_Clause]:
    """Yield what no comma or new line parts (rules 2 and 4)."""
    clause: _Clause = []
    mark: Mark | None = None
    for item in items:
        if isinstance(item, Mark):
            mark = item if mark is not Mark.PARTING else mark
            continue
        if clause and mark is not None and _parts(mark, clause, item, days_alone=days_alone):
            yield clause
            clause = []
        clause.append(item)
        mark = None
    if clause:
        yield clause


def _parts(mark: Mark, clause: _Clause, following: _Item, *, days_alone: bool) -> bool:
    if mark is Mark.PARTING:
        return True
    last = clause[-1]
    if not days_alone and all(isinstance(item, Days) for item in clause):
        return False
    if isinstance(last, Days) and isinstance(following, Days):
        return days_alone and last.grouped
    return isinstance(last, Days) or isinstance(following, Days)


def _entries(clause: _Clause) -> list[Entry] | ParseFault:
    """Return the entries of one clause, whose days all stand on the same side (rule 3)."""
    runs = [list(run) for _, run in groupby(clause, key=lambda item: isinstance(item, Days))]
    if len(runs) > 1 and len(runs) % 2:
        return fault(FaultKey.NOT_UNDERSTOOD, _typed(runs[-1]))
    pairs = [[*first, *second] for first, second in zip(runs[::2], runs[1::2], strict=False)]
    return [_entry(items) for items in pairs or runs]


def _entry(items: _Clause) -> Entry:
    named = [item.days for item in items if isinstance(item, Days)]
    return Entry(
        days=frozenset[int]().union(*named) if named else None,
        slots=tuple(item for item in items if not isinstance(item, Days)),
        typed=_typed(items),
    )


def _typed(items: _Clause) -> str:
    return " ".join(item.typed for item in items)
