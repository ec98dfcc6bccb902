"""Turns each article that alerts into deliveries, range by range of subscribers."""

from typing import Final

import structlog

from bot.services.ports import Clock, Store
from bot.services.records import Fanout

log = structlog.get_logger(__name__)

#: Subscribers to a range. Measured on SQLite: 2,000 hold the database for 2 ms, 13 at most.
RANGE: Final = 2_000


class Planner:
    """Finishes all fan-outs that were begun, those of an earlier process too."""

    def __init__(self, store: Store, clock: Clock, width: int = RANGE) -> None:
        self._store = store
        self._clock = clock
        self._width = width

    async def plan(self) -> int:
        """Plan all that is pending; return how many deliveries became owed.

        Each range is one transaction, so that readers' commands get their turn between two.
        """
        async with self._store.reading() as records:
            pending = await records.fanouts.pending()
        total = 0
        for fanout in pending:
            owed = 0
            left: Fanout | None = fanout
            while left is not None:
                async with self._store.writing() as records:
                    left, planned = await records.fanouts.advance(left, self._width, self._clock())
                owed += planned
            log.info(
                "fanout_planned",
                article=fanout.article_id,
                deliveries=owed,
                further_topics=fanout.alert_from > 0,
            )
            total += owed
        return total
