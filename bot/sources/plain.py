"""Markup into plain text."""

import html
import re
from typing import Final

from bot.domain.article import one_line
from bot.domain.errors import SourceError
from bot.sources.markup import parse_html

_MARKUP: Final = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAKS: Final = re.compile(r"(?i)<(?=/?(?:p|br|div|li|h[1-6]|blockquote|tr|td|ul|ol)\b)")
#: Controls, lone surrogates and non-characters have no business in a headline; what shapes
#: writing (joiners, directions) has.
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_TAIL: Final = re.compile(
    r"\s*(?:The post\b.{0,1000}?\b(?:appeared first on|first appeared on)\b.*"
    r"|(?:(?<=[.\u2026\]!?])\s*|^)\(?(?:(?:Continue|Keep) [Rr]eading|Read [Mm]ore)\b.{0,300}"
    r"|\s\(?(?:(?:Continue|Keep) [Rr]eading|Read [Mm]ore)\W*)$",
    re.DOTALL,
)
#: Longer summaries are whole articles.
_LONGEST_DEK: Final = 10_000
_ELLIPSIS: Final = re.compile(r"\s*\[(?:\u2026|\.\.\.)\]\s*$")


def plain(markup: str) -> str:
    """Return the text of an HTML fragment on one line; what is no markup stays as it is."""
    if not _MARKUP.search(markup):
        return tidy(markup)
    try:
        tree = parse_html(_BREAKS.sub(" <", markup))
    except SourceError:
        return tidy(html.unescape(_TAG.sub(" ", markup)))
    tree.strip_tags(["script", "style", "template", "noscript"])
    body = tree.body
    return tidy(body.text() if body else "")


def tidy(text: str) -> str:
    """Return the text on one line, without characters that nobody can see."""
    return one_line(_UNPRINTABLE.sub("", text))


def dek_of(markup: str) -> str:
    """Return a summary as plain text, without what WordPress puts behind it."""
    text = _TAIL.sub("", plain(markup)[:_LONGEST_DEK])
    return _ELLIPSIS.sub("\u2026", text).strip()
