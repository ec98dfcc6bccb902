"""What administrators of the bot are told in numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from bot.domain.condition import Condition, condition_of
from bot.domain.figures import Day, Readership, Traffic, bounds_of, last_days
from bot.services.ports import Clock, Records, SourceKey, Store
from bot.services.records import OpenFigures

#: What the chart shows.
DAYS: Final = 14
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
#: Behind everything that is settled by now, and no further.
_MOMENT: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    readership: Readership
    #: In the archive.
    articles: int
    #: Published within a day.
    fresh_articles: int
    waiting: OpenFigures
    last_day: Traffic
    last_week: Traffic
    #: How many of the sources that are polled are in each condition.
    sources: Mapping[Condition, int]
    #: How long the oldest due delivery has waited; None where none is due.
    overdue: timedelta | None
    version: str
    uptime: timedelta


class Administration:
    """Whom it is for, and what there is to tell; it begins with the bot."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        administrators: Sequence[int],
        sources: Sequence[SourceKey],
        version: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._administrators = frozenset(administrators)
        self._sources = frozenset(sources)
        self._version = version
        self._started_at = clock()

    def is_for(self, chat_id: int) -> bool:
        """Return whether the chat is one of those from which the bot is run."""
        return chat_id in self._administrators

    async def figures(self) -> Figures:
        now = self._clock()
        ends = now + _MOMENT
        async with self._store.reading() as records:
            (last_day,) = await records.figures.traffic([(now - _DAY, ends)])
            (last_week,) = await records.figures.traffic([(now - _WEEK, ends)], timed=False)
            (fresh,) = await records.articles.stretches([(now - _DAY, now)])
            waiting = await records.outbox.open_figures(now)
            return Figures(
                readership=await records.figures.readership(now - _WEEK),
                articles=await records.articles.count(),
                fresh_articles=fresh.articles,
                waiting=waiting,
                last_day=last_day,
                last_week=last_week,
                sources=await self._conditions(records),
                overdue=_age(waiting.oldest_due, now),
                version=self._version,
                uptime=max(now - self._started_at, timedelta(0)),
            )

    async def days(self, zone: tzinfo) -> list[Day]:
        """Return what was sent on each of the last days of the zone, the oldest first."""
        days = last_days(self._clock(), zone, DAYS)
        async with self._store.reading() as records:
            told = await records.figures.traffic([bounds_of(day, zone) for day in days])
        return [Day(day=day, traffic=one) for day, one in zip(days, told, strict=True)]

    async def _conditions(self, records: Records) -> Mapping[Condition, int]:
        known = {(one.url, one.kind): one for one in await records.sources.every()}
        found = [known[key] for key in self._sources if key in known]
        counted = Counter(
            condition_of(
                read_at=one.read_at,
                failing_since=one.failing_since,
                switched_off_at=one.switched_off_at,
            )
            for one in found
        )
        counted[Condition.NEW] += len(self._sources) - len(found)
        return counted


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    return None if moment is None else max(now - moment, timedelta(0))
