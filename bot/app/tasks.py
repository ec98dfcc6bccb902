"""What the command line does besides running the bot: each command's work, start to end."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bot.app.parts import Parts, PolledSource, open_parts, open_site, wall_clock
from bot.domain.errors import SourceError
from bot.domain.reading import SourceState, Unchanged
from bot.services.intake import Intake
from bot.services.polling import failed_report, off_report, reading_report
from bot.services.previews import preview_letters
from bot.services.reports import ImportReport, PollReport
from bot.services.timing import TimingService
from bot.settings import Settings
from bot.texts.letter import Letter

#: Enough to judge by; a feed holds hundreds.
_MOST_PREVIEWS: Final = 5


async def poll_once(settings: Settings, *, dry_run: bool = False) -> list[PollReport]:
    """Read every source that is on, whatever its back-off; with `dry_run`, store nothing.

    Alerts are planned here, and sent by the bot that runs on the same database.
    """
    async with open_parts(settings) as parts:
        if dry_run:
            return [await _try(parts, source) for source in parts.site.sources]
        poller = parts.poller(lambda: None)
        reports = [await poller.poll_now(source) for source in parts.site.sources]
        timing = TimingService(parts.database, parts.clock, parts.site.profile.zone)
        await parts.planner(timing).plan()
        return reports


async def _try(parts: Parts, source: PolledSource) -> PollReport:
    async with parts.database.reading() as records:
        record = await records.sources.find(source.url, source.kind)
    if record is not None and record.switched_off_at is not None:
        return off_report(source)
    try:
        reading = await source.read(SourceState())
    except SourceError as error:
        return failed_report(source, error)
    if isinstance(reading, Unchanged):
        return PollReport(source=source.url, kind=source.kind, outcome="unchanged")
    if record is None:
        return reading_report(source, reading, Intake(new=len(reading.teasers)), baseline=True)
    intake = await parts.ingest.weigh(record, reading)
    return reading_report(source, reading, intake, baseline=record.baselined_at is None)


async def preview(settings: Settings, target: str) -> list[Letter]:
    """Return the messages for what a feed, a page or a saved file shows, the newest first.

    Raises SourceError where it cannot be read.
    """
    async with open_site(settings) as site:
        profile = site.profile
        teasers = (await site.look_at(target))[:_MOST_PREVIEWS]
        return preview_letters(teasers, wall_clock(), profile.zone, profile.language)


async def import_files(
    settings: Settings, paths: Sequence[Path], on_file: Callable[[Path], None]
) -> ImportReport:
    """Store what saved feeds and pages hold, for search; alert nobody.

    `on_file` is called behind each file. A file that cannot be read costs none of the others.
    """
    read = 0
    intake = Intake()
    faults: list[str] = []
    async with open_parts(settings) as parts:
        for path in paths:
            try:
                reading = await asyncio.to_thread(parts.site.reader.read_file, path)
            except SourceError as error:
                faults.append(f"{path}: {error}")
            else:
                read += len(reading.teasers)
                intake = intake.plus(await parts.ingest.import_archive(reading))
            on_file(path)
    return ImportReport(read=read, new=intake.new, faults=tuple(faults))
