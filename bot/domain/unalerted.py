"""Why an article alerted nobody, by what is still known of it afterwards.

The rules, in their order; they are those of `bot.domain.news`, told backwards:

1. It came from a saved file, and no source has shown it since.
2. It was met by the end of the first reading of the source that brought it.
3. It was older than `max_alert_age` when it was met.
4. None of these: it was held by another source's baseline, or the setting was another one then.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.article import Published
from bot.domain.carrying import IMPORTED
from bot.domain.news import Occasion, is_fresh


class Unalerted(StrEnum):
    IMPORTED = "imported"
    BASELINE = "baseline"
    TOO_OLD = "too-old"
    OTHERWISE = "otherwise"


def why_unalerted(
    published: Published,
    seen_at: datetime,
    source_id: int,
    baselined_at: datetime | None,
    max_age: timedelta,
) -> Unalerted:
    """Return what kept the article back; `source_id` and `baselined_at` are its owner's."""
    if source_id == IMPORTED:
        return Unalerted.IMPORTED
    if baselined_at is None or seen_at <= baselined_at:
        return Unalerted.BASELINE
    met = Occasion(source_id=source_id, baselined_at=baselined_at, now=seen_at, max_age=max_age)
    return Unalerted.OTHERWISE if is_fresh(published, met) else Unalerted.TOO_OLD
