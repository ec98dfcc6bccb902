"""How the Bot API refuses, read from the list that the project shares."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ERRORS: Final = Path(__file__).resolve().parents[4] / "shared" / "bot-api" / "errors.md"
_PREFIXES: Final = ("Too Many Requests: ", "Forbidden: ", "Bad Request: ", "Conflict: ")
_CHOICE: Final = re.compile(r"\{([^}]*,[^}]*)\}")


def wordings(text: str) -> set[str]:
    """Return every refusal in the list's table, as its code and Telegram's words.

    A gateway has no words, but its page: `502` and `504` stand for themselves.
    """
    rows = [line.strip("| ").partition(" | ") for line in text.splitlines() if line[:1] == "|"]
    return {
        wording
        for codes, _, told in rows
        if codes[:1].isdigit()
        for wording in _of_row(re.findall(r"\d{3}", codes), told)
    }


def _of_row(codes: list[str], told: str) -> Iterator[str]:
    prefix = ""
    for number, item in enumerate(told.split(" · ")):
        words = re.findall(r"`([^`]*)`", item)
        if not words:  # said in prose
            yield from codes
            return
        if "followed by" in item:
            prefix, *words = words
        code = codes[min(number, len(codes) - 1)]
        for one in _chosen(prefix + _bare(words[0])):
            yield f"{code} {one}"


def _bare(words: str) -> str:
    for prefix in _PREFIXES:
        words = words.removeprefix(prefix)
    return words


def _chosen(words: str) -> list[str]:
    """Return the words once for each choice that they leave."""
    choice = _CHOICE.search(words)
    if choice is None:
        return [words]
    return [words.replace(choice.group(), one.strip(), 1) for one in choice.group(1).split(",")]
