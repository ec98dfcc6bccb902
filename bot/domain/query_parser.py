"""Reads what a reader typed as a query. Any text whatever is a query; nothing raises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from bot.domain.query import (
    Carries,
    Fault,
    From,
    Literal,
    Phrase,
    Prefix,
    Problem,
    Query,
    Term,
    Until,
)
from bot.domain.topic import TopicKind, slug
from bot.domain.words import stems, words

#: A query of more literals is no search but an attack on the index.
_MOST_LITERALS: Final = 64
_DOUBLE_QUOTES: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
#: An optional hyphen, an optional filter name, then a quoted text (the end of the query closes an
#: open quote) or a run without spaces; brackets have no meaning.
_PART: Final = re.compile(
    r"""
    (?P<not>-)?
    (?:(?P<filter>section|author|label|after|before):)?
    (?: "(?P<quoted>[^"]*)(?:"|$) | (?P<bare>[^\s"()]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Years beyond are typing errors, and their ends are no dates that a computer can count.
_DATE: Final = re.compile(r"((?:19|20|21)\d{2})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Placed:
    """A literal, and where in the text it stands."""

    literal: Literal
    start: int
    end: int


def parse_query(text: str, zone: tzinfo) -> Query:
    """Return the query; its dates are days of the zone. What makes no sense becomes a problem."""
    groups, problems = placed_groups(text, zone)
    return Query(
        tuple(tuple(one.literal for one in group) for group in groups),
        tuple(problems),
    )


def placed_groups(text: str, zone: tzinfo) -> tuple[list[tuple[Placed, ...]], list[Problem]]:
    """Return the query's groups, each literal with its place, and what makes no sense."""
    groups: list[tuple[Placed, ...]] = []
    problems: list[Problem] = []
    joined = False
    for number, part in enumerate(_PART.finditer(text.translate(_DOUBLE_QUOTES))):
        if part[0] in ("OR", "|"):
            joined = bool(groups)
            continue
        if number >= _MOST_LITERALS * 2 or len(groups) >= _MOST_LITERALS:
            problems.append(Problem(Fault.TOO_LONG, part[0]))
            break
        found = _literal(part, zone)
        if isinstance(found, Problem):
            problems.append(found)
        elif found:
            one = Placed(found, part.start(), part.end())
            groups = [*groups[:-1], (*groups[-1], one)] if joined else [*groups, (one,)]
            joined = False
    return groups, problems


def _literal(part: re.Match[str], zone: tzinfo) -> Literal | Problem | None:
    """Return what the part means; None for mere punctuation, as in `Seoul - Tokyo`."""
    negated = part["not"] is not None
    name = (part["filter"] or "").lower()
    text = part["bare"] if part["quoted"] is None else part["quoted"]
    if name in ("after", "before"):
        term = _date_term(name, text, zone)
        return Literal(term, negated) if term else Problem(Fault.NO_DATE, part[0])
    if name:
        return Literal(Carries(TopicKind(name), slug(text)), negated)
    term = _text_term(text, quoted=part["bare"] is None)
    return Literal(term, negated) if term else None


def _text_term(text: str, *, quoted: bool) -> Term | None:
    if not quoted and text.endswith("*"):
        starts = words(text)
        if len(starts) == 1:
            return Prefix(starts[0])
    found = stems(text)
    return Phrase(tuple(found)) if found else None


def _date_term(name: str, text: str, zone: tzinfo) -> Term | None:
    found = _DATE.fullmatch(text)
    numbers = [int(number) for number in found.groups() if number] if found else []
    days = next(_first_and_next_day(numbers), None)
    if days is None:
        return None
    first, following = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in days)
    return From(following) if name == "after" else Until(first)


def _first_and_next_day(numbers: list[int]) -> Iterator[tuple[date, date]]:
    """Yield the first day of the year, month or day, and the day after its last; or nothing."""
    try:
        match numbers:
            case [year]:
                yield date(year, 1, 1), date(year + 1, 1, 1)
            case [year, month]:
                following = date(year, month, 28) + timedelta(days=4)
                yield date(year, month, 1), following.replace(day=1)
            case [year, month, day]:
                yield date(year, month, day), date(year, month, day) + timedelta(days=1)
    except ValueError:
        return
