"""Moments as readers write them."""

from datetime import date, datetime, time, tzinfo

from babel.dates import format_date, format_skeleton, format_time

from bot.domain.article import Published
from bot.texts.catalogue import Texts, locale_of
from bot.texts.clip import isolated


def format_published(published: Published, zone: tzinfo, language: str) -> str:
    """Return the time of publication in the reader's zone and language.

    A date without a time is a day of the site's zone: it stands as it is, whatever the reader's.
    """
    if published.has_time:
        return format_moment(published.at, zone, language)
    return format_day(published.at.date(), language)


def format_moment(moment: datetime, zone: tzinfo, language: str) -> str:
    """Return date and time, such as "21 Aug 2024, 14:05"."""
    local = moment.astimezone(zone)
    return _together(_day(local.date(), language), _clock(local.time(), language), language)


def format_day(day: date, language: str) -> str:
    return isolated(_day(day, language))


def format_clock(clock: time, language: str) -> str:
    """Return a time of day, such as "14:05" or "2:05 PM"."""
    return isolated(_clock(clock, language))


def format_clock_at(moment: datetime, zone: tzinfo, language: str) -> str:
    """Return what the clocks of the zone show at that moment."""
    return format_clock(moment.astimezone(zone).time(), language)


def format_coming(moment: datetime, zone: tzinfo, language: str, *, far: bool = False) -> str:
    """Return a moment to come, such as "Thu 5 Mar, 08:00"; with its year where it may be `far`."""
    local = moment.astimezone(zone)
    skeleton = "yMMMEd" if far else "MMMEd"
    day = format_skeleton(skeleton, local, tzinfo=zone, locale=locale_of(language))
    return _together(day, _clock(local.time(), language), language)


def _day(day: date, language: str) -> str:
    form = Texts(language).plain("format.date")
    return format_date(day, format=form, locale=locale_of(language))


def _clock(clock: time, language: str) -> str:
    form = Texts(language).plain("format.clock")
    return format_time(clock, format=form, locale=locale_of(language))


def _together(day: str, clock: str, language: str) -> str:
    return isolated(str(locale_of(language).datetime_formats["medium"]).format(clock, day))
