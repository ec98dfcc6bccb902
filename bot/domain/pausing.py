"""Reads for how long a reader wants no alerts.

The rules, in their order:

1. Nothing typed, or `forever`, is a pause without an end.
2. A duration: hours and minutes are as long as they are (`90m`, `2 hours`); days, weeks and months
   of 30 days end at the same time of day (`3d`, `2 weeks`).
3. A time (`until 18:00`) is the next moment at which the clocks show it.
4. A weekday is the coming one, never today; `tomorrow` and dates (`2026-12-01`, `1 Dec`,
   `1.12.2026`) are what they say, a date without its year being the next one. A day without a time
   is its morning, at eight: whoever pauses until Monday wants to know on Monday morning.
5. What is over already and what is more than a year ahead are faults.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from bot.domain.article import require_aware
from bot.domain.clock_times import parse_time
from bot.domain.korean import KOREAN_FOREVER, pause_in_english
from bot.domain.parse_fault import FaultKey, ParseFault, fault
from bot.domain.wall_clock import first_moment, local_day
from bot.domain.weekdays import parse_weekday

LONGEST_PAUSE: Final = timedelta(days=366)
MORNING: Final = time(8)
_FOREVER: Final = frozenset(("", "forever", "indefinitely", "for ever")) | KOREAN_FOREVER
_SMALL_WORDS: Final = re.compile(r"\b(?:until|till|til|for|at|on|next|the|of)\b|,", re.IGNORECASE)
_AMOUNT: Final = re.compile(
    r"(?P<count>\d+|an?|one)\s*(?P<unit>mo|[mhdw])(?P<rest>[a-z]*)\.?\s*(?:and\b\s*)?",
    re.IGNORECASE,
)
_UNITS: Final = {
    "m": ("", "in", "ins", "inute", "inutes"),
    "h": ("", "r", "rs", "our", "ours"),
    "d": ("", "ay", "ays"),
    "w": ("", "k", "ks", "eek", "eeks"),
    "mo": ("", "s", "nth", "nths"),
}
_LENGTHS: Final = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
}
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})?"),
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s?(?P<name>[a-z]{3,9})\.?(?:\s(?P<year>\d{4}))?"
    ),
    re.compile(r"(?P<name>[a-z]{3,9})\.?\s?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s(?P<year>\d{4}))?"),
)
_MOST_DIGITS: Final = 6
#: "Until 2026" is a year, not 20:26.
_YEAR: Final = re.compile(r"\d{4}")
#: "5" may be hours, days or a time; "until 5" is a time.
_BARE_NUMBER: Final = re.compile(r"\s*(?:for\b)?\s*\d+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Indefinitely:
    """The pause ends when the reader resumes."""


def parse_pause(text: str, now: datetime, zone: tzinfo) -> datetime | Indefinitely | ParseFault:
    """Return when the pause ends, in UTC, or what is wrong with the text."""
    require_aware(now)
    typed = " ".join(_SMALL_WORDS.sub(" ", pause_in_english(text)).split()).casefold()
    if text.strip().casefold() in _FOREVER:
        return Indefinitely()
    if not typed or _BARE_NUMBER.fullmatch(text):
        return fault(FaultKey.NOT_UNDERSTOOD, text)
    end = _after_duration(typed, now, zone)
    if end is None:
        end = _at_day_or_time(typed, now, zone)
    if end is None:
        return fault(FaultKey.NOT_UNDERSTOOD, text)
    if isinstance(end, FaultKey):
        return fault(end, text)
    if end <= now:
        return fault(FaultKey.PAST, text)
    return fault(FaultKey.TOO_LONG, text) if end - now > LONGEST_PAUSE else end


def _after_duration(typed: str, now: datetime, zone: tzinfo) -> datetime | FaultKey | None:
    elapsed, days, place = timedelta(), timedelta(), 0
    while place < len(typed):
        amount = _AMOUNT.match(typed, place)
        if not amount or amount["rest"] not in _UNITS[amount["unit"]]:
            return None
        if len(amount["count"]) > _MOST_DIGITS:
            return FaultKey.TOO_LONG
        count = int(amount["count"]) if amount["count"].isdecimal() else 1
        length = count * _LENGTHS[amount["unit"]]
        if amount["unit"] in "mh":
            elapsed += length
        else:
            days += length
        place = amount.end()
    if not elapsed + days:
        return FaultKey.NO_LENGTH
    return (
        FaultKey.TOO_LONG if elapsed + days > LONGEST_PAUSE else _later(now, days, zone) + elapsed
    )


def _later(now: datetime, days: timedelta, zone: tzinfo) -> datetime:
    if not days:
        return now.astimezone(UTC)
    local = now.astimezone(zone)
    return first_moment((local + days).date(), local.time(), zone)


def _at_day_or_time(typed: str, now: datetime, zone: tzinfo) -> datetime | FaultKey | None:
    """Return the moment of a day, of a time, or of both in either order."""
    today = local_day(now, zone)
    if typed in {"today", "tonight"}:
        return FaultKey.TIME_MISSING
    clock = _time(typed)
    if clock:
        moment = first_moment(today, clock, zone)
        return moment if moment > now else first_moment(today + timedelta(days=1), clock, zone)
    for day_part, time_part in _splits(typed):
        day = _day(day_part, today)
        clock = _time(time_part) if time_part else MORNING
        if day and clock:
            return first_moment(day, clock, zone)
    return None


def _time(text: str) -> time | None:
    return None if _YEAR.fullmatch(text) else parse_time(text)


def _splits(typed: str) -> list[tuple[str, str]]:
    """Return the text as a whole, then every way to part it into a day and a time."""
    words = typed.split()
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(len(words), 0, -1)]
    return [*halves, *((late, early) for early, late in halves[1:])]


def _day(text: str, today: date) -> date | None:
    match text:
        case "today" | "tonight":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
    weekday = parse_weekday(text)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return next((_date(found, today) for form in _DATES if (found := form.fullmatch(text))), None)


def _date(found: re.Match[str], today: date) -> date | None:
    parts = found.groupdict()
    name = (parts.get("name") or "")[:3]
    if name and name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1 if name else int(parts["month"])
    if parts["year"]:
        # Years further off are faults in the same way, and no computer counts beyond 9999.
        year = min(max(int(parts["year"]), today.year - 1), today.year + 2)
        return _existing(year, month, int(parts["day"]))
    years = (today.year, today.year + 1)
    found_days = (_existing(year, month, int(parts["day"])) for year in years)
    return next((day for day in found_days if day and day > today), None)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
