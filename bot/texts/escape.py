"""Telegram's HTML: what is marked as HTML, and plain text made so."""

import html
from typing import Final
from urllib.parse import urlsplit

import regex

from bot.texts.clip import units

_TAG: Final = regex.compile(r"<[^>]*>")
#: No part of a host's name, and refused by Telegram there.
_ODD: Final = regex.compile(r"[\s\"'<>\\@]")
#: In bytes, of which a message has only so many. Longer addresses are no articles' addresses.
_LONGEST_ADDRESS: Final = 2048


class Html(str):
    """Text that is HTML already, in the tags that Telegram knows."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Return plain text as HTML; HTML is returned as it is."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=False))


def bold(text: str) -> Html:
    return Html(f"<b>{escape(text)}</b>")


def struck(text: str | Html) -> Html:
    return Html(f"<s>{escape(text)}</s>")


def italic(text: str) -> Html:
    return Html(f"<i>{escape(text)}</i>")


def code(text: str) -> Html:
    return Html(f"<code>{escape(text)}</code>")


def link(url: str, text: str) -> Html:
    """Return the text linked to the address; the text alone where Telegram refuses the address."""
    shown = escape(text)
    return Html(f'<a href="{html.escape(url)}">{shown}</a>') if is_openable(url) else shown


def joined(separator: str, parts: list[Html]) -> Html:
    """Return the parts that are not empty, with the separator between them."""
    return Html(separator.join(part for part in parts if part))


def is_openable(url: str) -> bool:
    """Return whether Telegram takes the address for a link: http(s), and a host with a dot."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_named = parts.scheme in ("http", "https") and ("." in host or ":" in host)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = url.isprintable() and " " not in url and not _ODD.search(parts.netloc)
    return is_named and has_port and is_plain and len(url.encode()) <= _LONGEST_ADDRESS


def plain(markup: Html) -> str:
    """Return the text that our own HTML shows."""
    return html.unescape(_TAG.sub("", markup))


def visible_units(markup: Html) -> int:
    """Return how many UTF-16 units of text our own HTML shows."""
    return units(plain(markup))
