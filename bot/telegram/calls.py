"""What a button carries: the `callback_data` of the Bot API, at most 64 bytes.

The format: `1:action:argument:argument`. `1` is the version of the format; `1@7` stands there where
the call is about the subscriber 7 rather than the chat of the button. An integer is written in
decimal, a string as it is, with `%` and `:` as `%25` and `%3A`; a string that would read as an
integer, or begins with `'`, has a `'` before it. Every call has exactly one spelling.
"""

import re
from typing import Final

from bot.domain.errors import DekbotError
from bot.texts.letter import Call

MOST_BYTES: Final = 64
_VERSION: Final = "1"
#: The version, and a row's id, of at most 18 digits.
_ABOUT: Final = re.compile(r"1@([0-9]{1,18})")
_ACTION: Final = re.compile(r"[a-z][a-z0-9_-]*")
_INTEGER: Final = re.compile(r"-?[0-9]+")


class StaleButtonError(DekbotError):
    """The button is of another version, or not one of the bot's."""


def encode(call: Call) -> str:
    """Return the call as a button carries it.

    Raises ValueError where the action's name is none, or the whole does not fit.
    """
    if not _ACTION.fullmatch(call.action):
        raise ValueError(f"not an action's name: {call.action!r}")
    version = _VERSION if call.on is None else f"{_VERSION}@{call.on}"
    data = ":".join((version, call.action, *map(_written, call.arguments)))
    length = len(data.encode())
    if length > MOST_BYTES:
        raise ValueError(f"a button carries {MOST_BYTES} bytes at most, not {length}: {data!r}")
    return data


def decode(data: str) -> Call:
    """Return the call that was encoded as `data`.

    Raises StaleButtonError for everything that `encode` never returns. Whether the action is known
    is the handlers' business.
    """
    if len(data) > MOST_BYTES:
        raise StaleButtonError
    version, _, rest = data.partition(":")
    action, *written = rest.split(":")
    on = _ABOUT.fullmatch(version)
    arguments = tuple(map(_read, written))
    call = Call(action=action, arguments=arguments, on=int(on[1]) if on else None)
    try:
        genuine = encode(call) == data
    except ValueError:
        genuine = False
    if not genuine:
        raise StaleButtonError
    return call


def _written(argument: str | int) -> str:
    if isinstance(argument, int):
        return str(int(argument))
    marked = argument.startswith("'") or _INTEGER.fullmatch(argument)
    text = f"'{argument}" if marked else argument
    return text.replace("%", "%25").replace(":", "%3A")


def _read(written: str) -> str | int:
    if _INTEGER.fullmatch(written):
        return int(written)
    return written.replace("%3A", ":").replace("%25", "%").removeprefix("'")
