"""Messages that a correction overtook while they were being sent.

A correction edits every message that carries the article. One that is under way at that moment has
no message id yet, so when it is settled, what it shows is compared with what the article says now.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.domain.article import Article
from bot.domain.correction import is_retraction, version_of
from bot.services.ports import Records
from bot.services.records import Dispatchable


async def catch_up(
    records: Records,
    carried: Sequence[Dispatchable],
    retractions: Sequence[re.Pattern[str]],
    now: datetime,
) -> None:
    """Have what was just settled as sent corrected; alert once more where it was retracted."""
    shown = [(one.delivery.id, one.article.corrected_at) for one in carried]
    overtaken = set(await records.edits.overtaken(shown))
    if not overtaken:
        return
    late = [one for one in carried if one.delivery.id in overtaken]
    await records.edits.begin_of([one.delivery.id for one in late], now)
    current = await records.articles.get([one.article.id for one in late])
    again = [
        one.delivery.id
        for one in late
        if _was_retracted(one.article, current[one.article.id], retractions)
    ]
    if again:
        await records.edits.alert_again_of(again, now)


def _was_retracted(shown: Article, now: Article, patterns: Sequence[re.Pattern[str]]) -> bool:
    old, new = (version_of(one.headline, one.dek, one.topics) for one in (shown, now))
    return is_retraction(old, new, patterns)
