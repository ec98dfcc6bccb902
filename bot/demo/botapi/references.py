"""Character references in HTML, of which Telegram knows four names and the numbers."""

import re
from typing import Final

_REFERENCE: Final = re.compile(
    r"&(?:#x(?P<hex>[0-9a-f]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-z]*))(?P<end>;?)",
    re.IGNORECASE | re.ASCII,
)
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_BEYOND: Final = 0x10FFFF
#: Longer references, the semicolon not counted, are taken for text.
_LONGEST: Final = 10


def character_at(text: str, position: int) -> tuple[str, int] | None:
    """Return the character referred to and where the reference ends; None: it is plain text."""
    found = _REFERENCE.match(text, position)
    if found is None:
        return None
    if found["name"] is not None:
        character = _NAMED.get(found["name"])
        return None if character is None else (character, found.end())
    digits, base = (found["hex"], 16) if found["hex"] is not None else (found["decimal"], 10)
    length = found.end() - len(found["end"]) - position
    number = int(digits, base) if digits and length < _LONGEST else 0
    return (chr(number), found.end()) if 0 < number < _BEYOND else None


def resolve(text: str) -> str:
    """Return the text with its references replaced."""
    parts, position = [], 0
    while (ampersand := text.find("&", position)) >= 0:
        parts.append(text[position:ampersand])
        character, position = character_at(text, ampersand) or ("&", ampersand + 1)
        parts.append(character)
    return "".join([*parts, text[position:]])
