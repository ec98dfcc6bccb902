"""Lengths of time as readers write them."""

from datetime import timedelta
from typing import Final

from babel.dates import format_timedelta
from babel.units import format_unit

from bot.texts.catalogue import locale_of

_A_SECOND: Final = timedelta(seconds=1)
_TEN_SECONDS: Final = timedelta(seconds=10)
_A_MINUTE: Final = timedelta(minutes=1)


def format_span(span: timedelta, language: str) -> str:
    """Return such as "40 ms", "1.2 secs", "3 mins" or "2 days"; of two units the greater."""
    locale = locale_of(language)
    if span >= _A_MINUTE:
        return format_timedelta(span, threshold=1, format="short", locale=locale)
    seconds = span.total_seconds()
    if span < _A_SECOND:
        return format_unit(int(seconds * 1000), "millisecond", length="short", locale=locale)
    shown = round(seconds, 1) if span < _TEN_SECONDS else int(seconds)
    return format_unit(shown, "second", length="short", locale=locale)
