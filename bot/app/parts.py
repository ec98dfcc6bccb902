"""Builds the parts that every command shares: profile, database, sources and their use cases."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp

from bot import __version__
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.services.ingest import Ingest
from bot.services.polling import Poller
from bot.settings import Settings
from bot.sources.fetch import Fetcher
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.profile_file import load_profile
from bot.sources.reader import SiteReader
from bot.storage.database import Database
from bot.storage.migrate import migrate

_PROJECT: Final = "Telegram news alerts"


def clock() -> datetime:
    """Return the present moment; the only place that asks the machine for it."""
    return datetime.now(UTC)


class PolledSource:
    """The `Source` of the use cases: one of the profile's sources and what reads it."""

    def __init__(self, reader: SiteReader, spec: SourceSpec, interval: timedelta) -> None:
        self._reader = reader
        self._spec = spec
        self.url = spec.url
        self.kind = spec.kind
        self.interval = interval

    async def read(self, state: SourceState) -> Reading | Unchanged:
        return await self._reader.read(self._spec, state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    settings: Settings
    profile: SiteProfile
    database: Database
    reader: SiteReader
    sources: tuple[PolledSource, ...]
    ingest: Ingest

    def poller(self, on_alerts: Callable[[], None]) -> Poller:
        return Poller(self.database, self.ingest, clock, on_alerts)


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Load the profile, bring the database up to date and open what reads the site.

    Raises ConfigurationError and DatabaseError before anything is started.
    """
    profile = load_profile(settings.site)
    await asyncio.to_thread(migrate, settings.database_url)
    database = Database(settings.database_url, profile.zone)
    try:
        async with aiohttp.ClientSession() as session:
            reader = SiteReader(Fetcher(session, user_agent(settings)), profile)
            ingest = Ingest(database, clock, settings.max_alert_age)
            await ingest.configure(profile.topics)
            yield Parts(
                settings=settings,
                profile=profile,
                database=database,
                reader=reader,
                sources=tuple(_sources(settings, profile, reader)),
                ingest=ingest,
            )
    finally:
        await database.close()


def _sources(settings: Settings, profile: SiteProfile, reader: SiteReader) -> list[PolledSource]:
    return [
        PolledSource(reader, spec, settings.poll_interval or profile.interval(spec))
        for spec in profile.sources
    ]


def user_agent(settings: Settings) -> str:
    """Return an honest User-Agent: who asks, and whom a site's operator may ask back."""
    contact = f"; {settings.contact}" if settings.contact else ""
    return f"Dekbot/{__version__} ({_PROJECT}{contact})"
