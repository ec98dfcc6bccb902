"""Backups in a folder: what they are called, when the next one is due, which may go.

The rules, in their order:

1. A backup's name tells the database and the second it was made in: `dekbot-20260304T050607Z.db`.
   Nothing with another name is ever counted or removed.
2. The next one is due when the interval has gone by since the newest, by its name; so a restart
   makes none of its own. One whose name lies in the future (the clock was put back) delays nothing.
3. When one was made, and opened to see that it is good, all before it but the newest go, so that
   `keep` are left. The one that was just made stays; what is named later than it is let alone.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.article import require_aware

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_STAMPED: Final = re.compile(r"(?P<stem>.+)-(?P<stamp>\d{8}T\d{6}Z)\.db", re.ASCII)
#: After a failure the next try comes sooner than a whole interval later.
_RETRY: Final = timedelta(hours=1)


def stamp(moment: datetime) -> str:
    """Return the moment as file names have it, in UTC."""
    return f"{require_aware(moment).astimezone(UTC):{_STAMP}}"


def backup_name(stem: str, moment: datetime) -> str:
    """Return the name of a backup of the database `stem`.db."""
    return f"{stem}-{stamp(moment)}.db"


def moment_of(name: str, stem: str) -> datetime | None:
    """Return when a backup of that database was made; None for a file of any other name."""
    found = _STAMPED.fullmatch(name)
    if not found or found["stem"] != stem:
        return None
    try:
        return datetime.strptime(found["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_of(moments: Iterable[datetime], now: datetime) -> datetime | None:
    """Return the latest of these moments that is not in the future."""
    return max((moment for moment in moments if moment <= now), default=None)


def is_due(
    newest: datetime | None, tried: datetime | None, now: datetime, every: timedelta
) -> bool:
    """Return whether a backup is to be made, of which one was last `tried` in vain."""
    if tried is not None and tried <= now and now - tried < min(every, _RETRY):
        return False
    return newest is None or now - newest >= every


def superfluous(names: Collection[str], stem: str, keep: int, made: str) -> list[str]:
    """Return which backups are to go once `made` is there; the oldest first."""
    earlier = sorted(name for name in names if name < made and moment_of(name, stem) is not None)
    return earlier[: max(len(earlier) - (keep - 1), 0)]
