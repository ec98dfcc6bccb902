"""When administrators are told that a source fails."""

from datetime import datetime, timedelta
from typing import Final

#: Sites have bad minutes; nobody is called for those.
TOLD_AFTER: Final = timedelta(hours=1)


def is_to_be_told(failing_since: datetime | None, now: datetime) -> bool:
    """Return whether a source has failed for so long that somebody should know."""
    return failing_since is not None and now - failing_since >= TOLD_AFTER
