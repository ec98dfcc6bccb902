"""Editions and quiet hours in words."""

from collections.abc import Iterable
from datetime import time
from functools import reduce

from babel.dates import get_day_names

from bot.domain.editions import EditionDays, Editions
from bot.domain.quiet import QuietHours, QuietSpan
from bot.domain.timetable import EVERY_HOUR
from bot.domain.weekdays import EVERY_DAY, WEEKEND, WORKING_DAYS, Weekdays
from bot.texts.catalogue import Texts, locale_of
from bot.texts.dates import format_clock
from bot.texts.escape import Html


def editions_in_words(editions: Editions, texts: Texts, language: str) -> Html:
    """Return such as "weekdays at 08:00 and 18:00; Saturday at 10:00"."""
    return _parted((_edition_days(entry, texts, language) for entry in editions.entries), texts)


def quiet_in_words(quiet: QuietHours, texts: Texts, language: str) -> Html:
    """Return such as "22:00 to 07:00, every day; weekends, all day"."""
    return _parted((_span(span, texts, language) for span in quiet.spans), texts)


def _edition_days(entry: EditionDays, texts: Texts, language: str) -> Html:
    days = _days(entry.days, texts)
    if entry.times != EVERY_HOUR:
        return texts.t("days.times", days=days, times=_times(entry.times, texts, language))
    if entry.days == EVERY_DAY:
        return texts.t("days.always")
    return texts.t("days.hourly", days=days)


def _span(span: QuietSpan, texts: Texts, language: str) -> Html:
    days = _days(span.days, texts)
    if span.is_whole_days:
        return texts.t("days.whole", days=days)
    start, end = (format_clock(clock, language) for clock in (span.start, span.end))
    return texts.t("days.span", start=start, end=end, days=days)


def _days(days: Weekdays, texts: Texts) -> Html:
    if days == EVERY_DAY:
        return texts.t("days.every")
    if days == WORKING_DAYS:
        return texts.t("days.working")
    if days == WEEKEND:
        return texts.t("days.weekend")
    names = get_day_names("wide", context="stand-alone", locale=locale_of(texts.language))
    return texts.listing([str(names[day]) for day in sorted(days)])


def _times(times: Iterable[time], texts: Texts, language: str) -> Html:
    return texts.listing([format_clock(clock, language) for clock in times])


def _parted(entries: Iterable[Html], texts: Texts) -> Html:
    return reduce(lambda one, other: texts.t("format.parts", first=one, second=other), entries)
