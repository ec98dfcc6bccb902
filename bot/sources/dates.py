"""Times of publication, as feeds and pages write them."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

from bot.domain.article import Published

_MONTHS: Final = tuple(
    "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - easier on the eye
)
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})"
_CLOCK: Final = (
    r"(?:,?\s+(?:at\s+|@\s*)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?)?"
)
_WRITTEN: Final = tuple(
    re.compile(rf"(?<![\w-]){form}{_CLOCK}(?![\w-])", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    )
)
_DATE_ONLY: Final = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")
#: What WordPress writes for a time that is not set.
_UNSET: Final = "0000-00-00"
_HALF_DAY: Final = 12
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


def written_date(text: str, zone: tzinfo) -> tuple[str, Published, str] | None:
    """Return the last date that the text names, between what stands before and behind it.

    Known are `August 21, 2024`, `Aug 21, 2024`, `21 August 2024` and `2024-08-21`, each with a
    time of day behind it or without.
    """
    found = [match for form in _WRITTEN for match in form.finditer(text)]
    for match in sorted(found, key=re.Match.start, reverse=True):
        if published := _published(match, zone):
            return text[: match.start()], published, text[match.end() :]
    return None


def iso_date(text: str, zone: tzinfo) -> Published | None:
    """Return the time that an ISO 8601 text names; without a zone it is the site's."""
    if text.startswith(_UNSET):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return Published(at=_aware(moment, zone), has_time=not _DATE_ONLY.fullmatch(text))
    except (ValueError, OverflowError):
        return None


def feed_date(text: str, zone: tzinfo) -> Published | None:
    """Return the time that a feed names: RFC 822, ISO 8601 or a written date."""
    if found := iso_date(text, zone):
        return found
    try:
        moment = parsedate_to_datetime(text)
        told = UTC if text.rstrip().endswith("-0000") else zone
        return Published(at=_aware(moment, told))
    except (ValueError, TypeError, OverflowError, IndexError):
        written = written_date(text, zone)
        return written[1] if written else None


def _published(match: re.Match[str], zone: tzinfo) -> Published | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        day = date(int(match["year"]), number, int(match["day"]))
        moment = datetime.combine(day, _time_of_day(match), zone)
        return Published(at=_aware(moment, zone), has_time=match["hour"] is not None)
    except (ValueError, OverflowError):
        return None


def _time_of_day(match: re.Match[str]) -> time:
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % _HALF_DAY + (_HALF_DAY if match["half"][0] in "pP" else 0)
    return time(hour, int(match["minute"] or 0))


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    """Raise ValueError where the year cannot be that of an article."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError("no news is that old")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
