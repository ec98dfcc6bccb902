"""Reads sources, one round at a time."""

from collections.abc import Callable

import structlog

from bot.domain.backoff import next_reading, wished_for
from bot.domain.errors import DatabaseError, SourceError
from bot.domain.reading import Reading, Unchanged
from bot.services.ingest import Ingest
from bot.services.intake import Intake
from bot.services.meter import Meter, Unmetered
from bot.services.ports import Clock, Source, SourceKey, Store
from bot.services.records import SourceRecord
from bot.services.reports import PollReport
from bot.services.source_book import SourceBook

log = structlog.get_logger(__name__)


class Poller:
    """Polls a source: reads it, stores what it says, and tells when alerts are to be planned.

    A source that fails is left alone until its back-off is over, whatever the scheduler says, and
    one that is switched off until it is switched on; no source knows of another.
    """

    def __init__(
        self,
        store: Store,
        ingest: Ingest,
        clock: Clock,
        on_alerts: Callable[[], None],
        meter: Meter | None = None,
        *,
        book: SourceBook | None = None,
    ) -> None:
        """`book` keeps what is known of the sources; by default nothing is kept."""
        self._meter = meter or Unmetered()
        self._book = book or SourceBook(store, clock)
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._on_alerts = on_alerts

    async def poll(self, source: Source) -> PollReport | None:
        """Poll once; return what came of it, or None where the source is left alone for now."""
        record = await self._book.find(source)
        is_early = record.due_at is not None and record.due_at > self._clock()
        if is_early or record.switched_off_at is not None:
            return None
        return self._counted(await self._read(source, record))

    def renew(self, source: SourceKey) -> None:
        """Look up what is known of the source before it is read again: it was changed."""
        self._book.forget(source)

    async def write_down(self) -> None:
        """Write what is not yet written of the readings; raises DatabaseError."""
        await self._book.write_down()

    async def poll_now(self, source: Source) -> PollReport:
        """Poll once, past caches, even if the source has failed and is left alone otherwise."""
        record = await self._book.find(source)
        if record.switched_off_at is not None:
            return off_report(source)
        return self._counted(await self._read(source, record, fresh=True))

    async def poll_on_call(self, source: Source) -> PollReport | None:
        """Poll once, past caches, since somebody says that there is news; None as `poll` does.

        Neither does the source's back-off hinder it, nor does a failure count: callers shall not
        have the plan wait longer. Only what the server itself asks for is granted, to the second.
        """
        record = await self._book.find(source)
        is_unwelcome = record.retry_at is not None and record.retry_at > self._clock()
        if is_unwelcome or record.switched_off_at is not None:
            return None
        return self._counted(await self._read(source, record, fresh=True, on_call=True))

    def _counted(self, report: PollReport) -> PollReport:
        self._meter.polled(report.source, report.kind, report.outcome)
        return report

    async def _read(
        self, source: Source, record: SourceRecord, *, fresh: bool = False, on_call: bool = False
    ) -> PollReport:
        try:
            reading = await source.read(record.state, fresh=fresh)
        except SourceError as error:
            self._book.forget((source.url, source.kind))
            if on_call and error.retry_after is None:
                log.info(
                    "called_reading_failed", source=source.url, kind=error.kind, fault=str(error)
                )
                return failed_report(source, error)
            return await self._failed(source, record, error)
        if isinstance(reading, Unchanged):
            return await self._unchanged(source, record, reading)
        self._book.forget((source.url, source.kind))
        return await self._changed(source, record, reading)

    async def _failed(self, source: Source, record: SourceRecord, error: SourceError) -> PollReport:
        failures = record.failures + 1
        now = self._clock()
        due_at = next_reading(now, source.interval, failures, error.retry_after)
        async with self._store.writing() as records:
            retry_at = wished_for(now, error.retry_after)
            await records.sources.failed(record.id, str(error), due_at, now, retry_at)
        log.warning(
            "source_failed",
            source=source.url,
            kind=error.kind,
            fault=str(error),
            failures=failures,
            next_reading=due_at.isoformat(),
        )
        return failed_report(source, error)

    async def _unchanged(
        self, source: Source, record: SourceRecord, reading: Unchanged
    ) -> PollReport:
        await self._book.unchanged(record, reading.state)
        log.debug("source_unchanged", source=source.url)
        return PollReport(source=source.url, kind=source.kind, outcome="unchanged")

    async def _changed(self, source: Source, record: SourceRecord, reading: Reading) -> PollReport:
        try:
            intake = await self._ingest.take(record, reading)
        except DatabaseError:
            self._on_alerts()  # what was stored before the fault may alert, and is known next time
            raise
        baseline = record.baselined_at is None
        log.info(
            "source_read",
            source=source.url,
            teasers=reading.count,
            new=intake.new,
            alerting=intake.alerting,
            reworded=intake.reworded,
            baseline=baseline,
            notes=list(reading.notes),
        )
        if intake.alerting:
            self._on_alerts()
        return reading_report(source, reading, intake, baseline=baseline)


def off_report(source: Source) -> PollReport:
    return PollReport(source=source.url, kind=source.kind, outcome="switched off")


def failed_report(source: Source, error: SourceError) -> PollReport:
    return PollReport(source=source.url, kind=source.kind, outcome="failed", fault=str(error))


def reading_report(
    source: Source, reading: Reading, intake: Intake, *, baseline: bool
) -> PollReport:
    return PollReport(
        source=source.url,
        kind=source.kind,
        outcome="baseline" if baseline else "read",
        teasers=reading.teasers,
        unchanged=reading.unchanged,
        new=intake.new,
        alerts=intake.alerting,
    )
