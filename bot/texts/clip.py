"""Foreign text made fit for a message: cleaned, measured as Telegram measures, and cut to length.

All of it works on plain text, before anything is escaped, so that no cut falls into a tag or an
entity.
"""

import unicodedata
from collections.abc import Callable
from typing import Final

import regex

ELLIPSIS: Final = "\u2026"
_LAST_OF_ONE_UNIT: Final = "\uffff"
_GRAPHEME: Final = regex.compile(r"\X")
#: Controls, lone surrogates, and marks that turn the direction of what follows them.
_UNWANTED: Final = regex.compile("[\\p{Cc}\\p{Cs}\u2028-\u202e\u2066-\u2069]")
#: Characters that are counted as letters or symbols and yet show nothing.
_UNSEEN: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_WIDE: Final = frozenset({"W", "F"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
#: A word longer than this part of the text is cut in itself rather than left out.
_LONGEST_WORD_LEFT_OUT: Final = 0.2


def units(text: str) -> int:
    """Return the text's length in UTF-16 units, in which Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > _LAST_OF_ONE_UNIT for character in text)


def width(text: str) -> int:
    """Return how wide the text is, about, in Latin letters: one of Hangul takes two."""
    return units(text) + sum(
        character <= _LAST_OF_ONE_UNIT and unicodedata.east_asian_width(character) in _WIDE
        for character in text
    )


def clean(text: str) -> str:
    """Return the text on one line, without characters that control a terminal or a direction."""
    return " ".join(_UNWANTED.sub(" ", text).split())


def is_blank(text: str) -> bool:
    """Return whether the text shows nothing: no characters, or only spaces and invisible ones."""
    return all(c in _UNSEEN or unicodedata.category(c)[0] in "ZCM" for c in text)


def prefix(text: str, limit: int, measure: Callable[[str], int] = units) -> str:
    """Return the longest beginning of whole graphemes that measures at most `limit`."""
    if measure(text) <= limit:
        return text
    length = end = 0
    for grapheme in _GRAPHEME.finditer(text):
        length += measure(grapheme[0])
        if length > limit:
            break
        end = grapheme.end()
    return text[:end]


def clip(text: str, limit: int, measure: Callable[[str], int] = units) -> str:
    """Return the text so that it measures at most `limit`; what is cut ends with an ellipsis.

    The cut falls between graphemes, and between words where a word's end is near.
    """
    if measure(text) <= limit:
        return text
    kept = prefix(text, limit - measure(ELLIPSIS), measure)
    if not text[len(kept) :].startswith(" "):
        head, space, tail = kept.rpartition(" ")
        if space and len(tail) <= len(kept) * _LONGEST_WORD_LEFT_OUT:
            kept = head
    return kept.rstrip() + ELLIPSIS


def isolated(text: str) -> str:
    """Return the text kept apart from its line's direction, where it has right-to-left letters."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"\u2068{text}\u2069"
    return text
