"""How often topics and searches bring something, told before they are followed and after."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from bot.domain.estimate import Estimate, estimate
from bot.domain.query import From, Literal, Query
from bot.domain.query_parser import parse_query
from bot.domain.reach import reach, stretches_back
from bot.services.ports import Clock, Records, Store

#: Over what time that is told before anything is followed, where the archive goes back so far.
ESTIMATED: Final = timedelta(days=90)
#: The same of what stands already.
RECENT: Final = timedelta(days=30)


class Estimates:
    """How many articles a follow or a search would have brought of late."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    async def of_topics(
        self, topic_ids: Sequence[int], longest: timedelta = ESTIMATED
    ) -> list[Estimate]:
        """Return an estimate for each, in their order."""
        now = self._clock()
        async with self._store.reading() as records:
            period = await _period(records, now, longest)
            counts = [await records.articles.count_topic(one, now - period) for one in topic_ids]
        return [estimate(count, period) for count in counts]

    async def of_searches(
        self, texts: Sequence[str], longest: timedelta = ESTIMATED
    ) -> list[Estimate]:
        """Return an estimate for each query, in their order."""
        now = self._clock()
        queries = [parse_query(text, self._zone) for text in texts]
        async with self._store.reading() as records:
            period = await _period(records, now, longest)
            wanted = [_since(query, now - period) for query in queries]
            counts = [await records.articles.count_answers(query) for query in wanted]
        return [estimate(count, period) for count in counts]


async def _period(records: Records, now: datetime, longest: timedelta) -> timedelta:
    """Return the time that is told of: less than the longest where the archive is younger."""
    found = await records.articles.stretches(stretches_back(now, longest))
    return reach(found, now, longest)


def _since(query: Query, moment: datetime) -> Query:
    """Return the query for articles that are not older."""
    return Query(groups=((Literal(From(moment)),), *query.groups))
