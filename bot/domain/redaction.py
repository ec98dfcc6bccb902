"""Takes secrets out of texts that somebody will read: log lines, faults, error messages."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

HIDDEN: Final = "…"

#: A bot's token as Telegram gives it out, also where its colon stands URL-encoded.
_TOKEN: Final = r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}"  # noqa: S105 - a shape, not a secret


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text with everything shaped like a bot token, and the secrets, as `…`.

    A secret is found as it is, URL-encoded, and as JSON writes it.
    """
    return redactor(secrets)(text)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """Return `redact` for these secrets, made ready for many texts."""
    hidden = re.compile("|".join([*map(re.escape, _spellings(secrets)), _TOKEN]))
    return lambda text: hidden.sub(HIDDEN, text)


def _spellings(secrets: Iterable[str]) -> list[str]:
    """Return every way in which the secrets may be written, the longest first."""
    found = {
        spelling
        for secret in secrets
        for spelling in (
            secret,
            quote(secret, safe=""),
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
        )
        if spelling
    }
    return sorted(found, key=lambda spelling: (-len(spelling), spelling))
