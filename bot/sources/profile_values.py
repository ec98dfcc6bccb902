"""Checks of a profile's single values; each raises ValueError with what would be right."""

import re
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bot.domain.duration import parse_duration
from bot.domain.topic import slug
from bot.sources.suggestion import closest

_SHORTEST_INTERVAL: Final = timedelta(seconds=1)


def duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise ValueError(f'{value!r} is no duration: write text such as "5m"')  # noqa: TRY004
    parsed = parse_duration(value)
    if parsed < _SHORTEST_INTERVAL:
        raise ValueError(f"{value!r} is too short: at least 1s")
    return parsed


def pattern(value: Any) -> re.Pattern[str]:
    if isinstance(value, re.Pattern):
        return value
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no regular expression: write text in single quotes")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None


def anchored(value: re.Pattern[str]) -> re.Pattern[str]:
    if not value.pattern.startswith("^") or not value.pattern.endswith("$"):
        raise ValueError("must describe the whole address: begin it with ^ and end it with $")
    return value


def web_address(value: str) -> str:
    try:
        parts = urlsplit(value.strip())
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", value.strip()):
        raise ValueError(f"{value!r} is no web address: write it in full, with https:// or http://")
    return value.strip()


def slugged(value: str) -> str:
    if not value or slug(value) != value:
        better = slug(value) or "foreign-relations"
        raise ValueError(
            f"{value!r} is no key: lower-case words joined by hyphens, such as {better!r}"
        )
    return value


def zone_name(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        hint = closest(value, sorted(available_timezones()))
        better = f"did you mean {hint!r}?" if hint else "write an IANA name such as 'Asia/Seoul'"
        raise ValueError(f"{value!r} is no time zone: {better}") from None
    return value


def selector(value: str) -> str:
    try:
        LexborHTMLParser("<p>").css_first(value)
    except SelectolaxError:
        raise ValueError(f"{value!r} is no CSS selector") from None
    return value


def lines(value: Any) -> Any:
    """One line may stand for a list of one."""
    return (value,) if isinstance(value, str) else value
