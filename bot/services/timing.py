"""When readers want their alerts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.domain.editions import Editions
from bot.domain.editions_parser import stored_editions
from bot.domain.matching import Stance
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import stored_quiet
from bot.domain.subscriber import Subscriber
from bot.domain.timing import Timing
from bot.domain.turns import Turn, turn
from bot.domain.urgency import Urgency
from bot.services.ports import Clock, Records, Store
from bot.services.records import TimingRecord, TopicRecord
from bot.services.stances import change_stance

log = structlog.get_logger(__name__)

#: Chats to a transaction when calendars turn; on the hour it may be all of them.
_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingView:
    """What a reader chose, and what follows from it now."""

    zone: tzinfo
    #: None where the reader has not chosen one; then it is the site's.
    zone_name: str | None
    editions: Editions | None
    quiet: QuietHours | None
    #: When what waits for an edition will come; None where nothing does.
    next_edition: datetime | None
    #: The end of the present quiet stretch; None where it is not quiet.
    quiet_until: datetime | None


class TimingService:
    """Readers' editions, quiet hours, zones and urgencies, and the calendars that follow."""

    def __init__(self, store: Store, clock: Clock, site_zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._site_zone = site_zone

    async def view(self, subscriber: Subscriber) -> TimingView:
        async with self._store.reading() as records:
            record = await self._record(records, subscriber)
        timing = self._timing(record)
        return _view(record, timing, turn(timing, self._clock()))

    async def set_editions(self, subscriber: Subscriber, editions: Editions | None) -> TimingView:
        text = str(editions) if editions else ""
        return await self._choose(subscriber, lambda record: replace(record, editions=text))

    async def set_quiet(self, subscriber: Subscriber, quiet: QuietHours | None) -> TimingView:
        text = str(quiet) if quiet else ""
        return await self._choose(subscriber, lambda record: replace(record, quiet=text))

    async def set_zone(self, subscriber: Subscriber, name: str) -> TimingView:
        """Set the IANA zone; raises ZoneInfoNotFoundError for one that does not exist."""
        ZoneInfo(name)
        return await self._choose(subscriber, lambda record: replace(record, timezone=name))

    async def set_urgency(
        self, subscriber: Subscriber, topic_id: int, urgency: Urgency | None
    ) -> TopicRecord | None:
        """Give a follow its urgency; return None where the topic is not followed."""
        async with self._store.writing() as records:
            return await self._set_urgency(records, subscriber, topic_id, urgency)

    async def follow(
        self, subscriber: Subscriber, topic_id: int, urgency: Urgency | None
    ) -> TopicRecord | None:
        """Follow the topic with that urgency; return None where there is no such topic."""
        async with self._store.writing() as records:
            await change_stance(records, subscriber, topic_id, Stance.FOLLOW, self._clock())
            return await self._set_urgency(records, subscriber, topic_id, urgency)

    async def _set_urgency(
        self, records: Records, subscriber: Subscriber, topic_id: int, urgency: Urgency | None
    ) -> TopicRecord | None:
        if not await records.timings.set_urgency(subscriber.id, topic_id, urgency):
            return None
        # From now on something may wait for an edition, so the calendar must be known.
        record = await self._record(records, subscriber)
        await records.timings.turn([(subscriber.id, turn(self._timing(record), self._clock()))])
        return await records.topics.get(topic_id, subscriber.id)

    async def catch_up(self, subscriber: Subscriber) -> int:
        """Have what was held come now, as one message; return how many alerts that are."""
        async with self._store.writing() as records:
            return await records.timings.catch_up(subscriber.id, self._clock())

    async def skip(self, subscriber: Subscriber) -> int:
        """Drop what was held; return how many alerts that were."""
        async with self._store.writing() as records:
            return await records.timings.skip(subscriber.id, self._clock())

    async def turn_due(self) -> int:
        """Work out anew the calendars whose turn has come; return how many."""
        now, turned = self._clock(), 0
        while True:
            async with self._store.reading() as records:  # nearly always there are none
                due = await records.timings.turning(now, _BATCH)
            if not due:
                return turned
            turns = [(record.subscriber_id, turn(self._timing(record), now)) for record in due]
            async with self._store.writing() as records:
                await records.timings.turn(turns)
            turned += len(due)

    async def settle_in(self, records: Records, subscriber_id: int) -> None:
        """Work a chat's calendar out after it was given another's times, and what it owes then."""
        now = self._clock()
        record = await records.timings.get(subscriber_id)
        if record is None:
            return
        timing = self._timing(record)
        found = turn(timing, now)
        await records.timings.turn([(subscriber_id, found)])
        await records.timings.reschedule(
            subscriber_id, found, now, has_editions=timing.editions is not None
        )

    async def _choose(
        self, subscriber: Subscriber, change: Callable[[TimingRecord], TimingRecord]
    ) -> TimingView:
        now = self._clock()
        async with self._store.writing() as records:
            record = change(await self._record(records, subscriber))
            timing = self._timing(record)
            found = turn(timing, now)
            await records.timings.choose(
                subscriber.id,
                editions=record.editions or None,
                quiet=record.quiet or None,
                timezone=record.timezone,
            )
            await records.timings.turn([(subscriber.id, found)])
            await records.timings.reschedule(
                subscriber.id, found, now, has_editions=timing.editions is not None
            )
        return _view(record, timing, found)

    async def _record(self, records: Records, subscriber: Subscriber) -> TimingRecord:
        found = await records.timings.get(subscriber.id)
        return found or TimingRecord(
            subscriber_id=subscriber.id, timezone=None, editions="", quiet=""
        )

    def _timing(self, record: TimingRecord) -> Timing:
        return Timing(
            zone=self._zone(record.timezone),
            quiet=stored_quiet(record.quiet),
            editions=stored_editions(record.editions),
        )

    def _zone(self, name: str | None) -> tzinfo:
        try:
            return ZoneInfo(name) if name else self._site_zone
        except (ZoneInfoNotFoundError, ValueError):  # gone from the machine's tz database
            return self._site_zone


def _view(record: TimingRecord, timing: Timing, found: Turn) -> TimingView:
    return TimingView(
        zone=timing.zone,
        zone_name=record.timezone,
        editions=timing.editions,
        quiet=timing.quiet,
        next_edition=found.next_edition_at if timing.editions else None,
        quiet_until=found.quiet_until,
    )
