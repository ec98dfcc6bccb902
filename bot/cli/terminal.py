"""Writes to the terminal."""

import sys
import unicodedata
from typing import Final

from rich.console import Console, RenderableType

from bot.domain.redaction import redact

#: Where no terminal says how wide it is.
_PIPE_WIDTH: Final = 160


def show(what: RenderableType) -> None:
    """Print a table or other rich content to standard output."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    Console(width=width, highlight=False, markup=False, emoji=False).print(what)


def plain(text: str, keep: str = "") -> str:
    """Return foreign text without secrets, and with control characters as spaces."""
    return "".join(
        " " if unicodedata.category(character) == "Cc" and character not in keep else character
        for character in redact(text)
    )
