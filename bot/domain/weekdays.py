"""Weekdays as people write them: `mon`, `Monday`, `weekdays`, `weekends`, `daily`."""

from typing import Final

from bot.domain.korean import korean_days, korean_weekday

#: 0 is Monday, as `date.weekday` counts.
Weekdays = frozenset[int]

EVERY_DAY: Final[Weekdays] = frozenset(range(7))
WORKING_DAYS: Final[Weekdays] = frozenset(range(5))
WEEKEND: Final[Weekdays] = frozenset((5, 6))

#: The canonical short names, Monday first.
SHORT_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_NAMES: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_GROUPS: Final = {
    "daily": EVERY_DAY,
    "day": EVERY_DAY,
    "days": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekday": WORKING_DAYS,
    "weekdays": WORKING_DAYS,
    "workday": WORKING_DAYS,
    "workdays": WORKING_DAYS,
    "weekend": WEEKEND,
    "weekends": WEEKEND,
}
#: A row of days at least this long is written as a range.
_SHORTEST_RANGE: Final = 3
_SHORTEST_WORD: Final = 2


def parse_weekday(word: str) -> int | None:
    """Return the day that the word names or begins (`mo`, `tues`, `Fridays`), or None."""
    bare = word.strip().casefold().rstrip(".")
    if len(bare) < _SHORTEST_WORD:
        return korean_weekday(bare)
    for number, name in enumerate(_LONG_NAMES):
        if bare == f"{name}s" or name.startswith(bare):
            return number
    return _OTHER_SPELLINGS.get(bare, korean_weekday(bare))


_OTHER_SPELLINGS: Final = {"weds": 2, "thr": 3, "thurs": 3}


def parse_group(word: str) -> Weekdays | None:
    """Return the days that one word names together, or None."""
    bare = word.strip().casefold()
    return _GROUPS.get(bare) or korean_days(bare)


def days_between(first: int, last: int) -> Weekdays:
    """Return the days from one to the other, both included, over the week's end if need be."""
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def format_weekdays(days: Weekdays) -> str:
    """Return the canonical text: `daily`, `weekdays`, `weekends`, or as in `mon-wed,fri`."""
    for name in ("daily", "weekdays", "weekends"):
        if days == _GROUPS[name]:
            return name
    return ",".join(_format_row(row) for row in _rows(days))


def _rows(days: Weekdays) -> list[list[int]]:
    rows: list[list[int]] = []
    for day in sorted(days):
        if rows and rows[-1][-1] == day - 1:
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def _format_row(row: list[int]) -> str:
    names = [SHORT_NAMES[day] for day in row]
    return f"{names[0]}-{names[-1]}" if len(row) >= _SHORTEST_RANGE else ",".join(names)
