"""Reads which channel somebody means.

A name (`@wire`, `wire`), the address of the channel or of one of its posts (`t.me/wire/7`,
`t.me/c/1234/7`), or its id (`-1001234`). An invitation names no channel.
"""

import re
from enum import Enum, auto
from typing import Final

_NAME: Final = re.compile(r"@?([a-z][a-z0-9_]{3,31})", re.IGNORECASE | re.ASCII)
_ID: Final = re.compile(r"-100[0-9]{1,13}", re.ASCII)
_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?P<path>[^\s?#]+)(?:[?#]\S*)?", re.IGNORECASE
)
_PRIVATE: Final = re.compile(r"c/([0-9]{1,13})(?:/.*)?", re.ASCII)
_INVITATIONS: Final = ("+", "joinchat/")
#: What people put around a name.
_AROUND: Final = "<>()[]\"'.,; "


class Unclear(Enum):
    NO_NAME = auto()
    INVITATION = auto()


def parse_channel(typed: str) -> str | int | Unclear:
    """Return the channel's @name, or its id."""
    word = typed.strip(_AROUND)
    address = _ADDRESS.fullmatch(word)
    if address:
        return _of_path(address["path"])
    if _ID.fullmatch(word):
        return int(word)
    return _named(word)


def _of_path(path: str) -> str | int | Unclear:
    if path.lower().startswith(_INVITATIONS):
        return Unclear.INVITATION
    private = _PRIVATE.fullmatch(path)
    if private:
        return int(f"-100{private[1]}")
    return _named(path.removeprefix("s/").partition("/")[0])


def _named(word: str) -> str | Unclear:
    found = _NAME.fullmatch(word)
    return f"@{found[1]}" if found else Unclear.NO_NAME
