"""The one-time codes by which a chat's settings are fetched by another.

A code has 12 of 32 letters and digits, 60 bits: nobody guesses one within its quarter of an hour.
What is easily taken for another letter is not among them, and is read as what it was taken for.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

LIFETIME: Final = timedelta(minutes=15)
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 12
_GROUP: Final = 4
_READ_AS: Final = str.maketrans("OIL", "011", "- \u2010\u2011\u2012\u2013\u2014")


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a new code; `choose` returns one of the letters, by chance."""
    return "".join(choose(_ALPHABET) for _ in range(_LENGTH))


def written(code: str) -> str:
    """Return the code as people read it, in groups of four."""
    return "-".join(code[first : first + _GROUP] for first in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str | None:
    """Return the code that was typed; None for what is none."""
    code = typed.upper().translate(_READ_AS)
    is_code = len(code) == _LENGTH and all(letter in _ALPHABET for letter in code)
    return code if is_code else None


def code_hash(code: str, holder: int | None = None) -> str:
    """Return what is kept of a code; with a holder, nobody else's code has the same.

    A holder is a person's id: what everybody in a group can read, only one of them can use.
    """
    bound = code if holder is None else f"{code}:{holder}"
    return hashlib.sha256(bound.encode()).hexdigest()
