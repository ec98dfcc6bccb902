"""For how long a server calls its answer fresh: asking sooner would bring nothing new."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

#: A directive's name in any case; quotes are not meant to be there, and are (RFC 9111, 5.2).
_MAX_AGE: Final = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})', re.IGNORECASE | re.ASCII)
_UNSTORED: Final = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:[,\s]|$)", re.IGNORECASE)
_AGE: Final = re.compile(r"\s*(\d{1,10})\s*", re.ASCII)


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """Return what `max-age` leaves behind the answer's `Age` (RFC 9111, 4.2); None without any.

    `Expires` and what feeds say of themselves (`ttl`, `sy:updatePeriod`) are left aside: they are
    mostly what some program has by default.
    """
    told = headers.get("Cache-Control", "")
    found = _MAX_AGE.search(told)
    if found is None or _UNSTORED.search(told):
        return None
    age = _AGE.fullmatch(headers.get("Age", "0"))
    return timedelta(seconds=max(int(found[1]) - (int(age[1]) if age else 0), 0))
