"""Builds the parts that every command shares: profile, database, sources and their use cases."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import structlog

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.services.fanout import Planner
from bot.services.ingest import Ingest
from bot.services.meter import Meter, Unmetered
from bot.services.polling import Poller
from bot.services.ports import Clock
from bot.services.rhythms import Rhythms
from bot.services.searches import StandingSearches
from bot.services.source_book import SourceBook
from bot.services.stories import Stories
from bot.services.timing import TimingService
from bot.settings import Settings
from bot.sources.article_page import read_article
from bot.sources.fetch import Fetcher, user_agent
from bot.sources.fetched import Fetched
from bot.sources.hub_client import HubClient
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.profile_file import load_profile
from bot.sources.reader import SiteReader
from bot.sources.saved import read_saved
from bot.storage.database import Database
from bot.storage.upgrading import upgrade

log = structlog.get_logger(__name__)


def wall_clock() -> datetime:
    """Return the present moment; everything else is given it."""
    return datetime.now(UTC)


class PolledSource:
    """The `Source` of the use cases: one of the profile's sources and what reads it."""

    def __init__(
        self,
        reader: SiteReader,
        spec: SourceSpec,
        interval: timedelta,
        least_interval: timedelta | None,
    ) -> None:
        self._reader = reader
        self._spec = spec
        self.url = spec.url
        self.kind = spec.kind
        self.interval = interval
        self.least_interval = least_interval
        #: For how long the server called its last answer fresh.
        self.fresh_for: timedelta | None = None

    async def read(self, state: SourceState, *, fresh: bool = False) -> Reading | Unchanged:
        reading = await self._reader.read(self._spec, state, fresh=fresh)
        self.fresh_for = reading.fresh_for
        return reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's profile, and what reads the site."""

    profile: SiteProfile
    reader: SiteReader
    fetcher: Fetcher
    hubs: HubClient
    sources: tuple[PolledSource, ...]

    async def look_at(self, target: str) -> tuple[Teaser, ...]:
        """Return what a web address or a saved file shows, of whatever kind it is.

        Raises SourceError where it cannot be read.
        """
        if not target.lower().startswith(("http://", "https://")):
            reading = await asyncio.to_thread(self.reader.read_file, Path(target))
            return reading.teasers
        fetched = await self.fetcher.fetch(target)
        if not isinstance(fetched, Fetched):
            raise SourceError("http-304", f"{target} answers an unconditional request with a 304.")
        if self.profile.is_article(target):
            article = await asyncio.to_thread(read_article, fetched, self.profile)
            return (article,)
        found = await asyncio.to_thread(read_saved, fetched.body, profile=self.profile)
        return found.teasers


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    settings: Settings
    site: Site
    database: Database
    ingest: Ingest
    clock: Clock
    meter: Meter

    def searches(self) -> StandingSearches:
        return StandingSearches(self.database, self.clock, self.site.profile.zone)

    def planner(self, timing: TimingService) -> Planner:
        stories = Stories(self.database, self.clock)
        return Planner(
            self.database, self.clock, timing, self.searches(), stories, meter=self.meter
        )

    def rhythms(self) -> Rhythms:
        return Rhythms(
            self.database,
            self.clock,
            self.site.profile.zone,
            self.site.sources,
            adaptive=self.settings.adaptive_polling,
        )

    def poller(self, on_alerts: Callable[[], None], keeps: timedelta = timedelta(0)) -> Poller:
        """Keep what is known of sources from the database for no longer than `keeps`."""
        book = SourceBook(self.database, self.clock, keeps)
        return Poller(self.database, self.ingest, self.clock, on_alerts, self.meter, book=book)


@asynccontextmanager
async def open_site(
    settings: Settings, traces: Sequence[aiohttp.TraceConfig] = ()
) -> AsyncIterator[Site]:
    """Load the profile and open the connections to the site. Raises ConfigurationError.

    `traces` are told of every request.
    """
    profile = load_profile(settings.site)
    async with aiohttp.ClientSession(trace_configs=list(traces)) as session:
        agent = user_agent(settings.contact)
        fetcher = Fetcher(session, agent)
        reader = SiteReader(fetcher, profile)
        sources = tuple(
            PolledSource(
                reader,
                spec,
                settings.poll_interval or profile.interval(spec),
                profile.least(spec),
            )
            for spec in profile.sources
        )
        yield Site(
            profile=profile,
            reader=reader,
            fetcher=fetcher,
            hubs=HubClient(session, agent),
            sources=sources,
        )


@asynccontextmanager
async def open_parts(
    settings: Settings, clock: Clock = wall_clock, meter: Meter | None = None
) -> AsyncIterator[Parts]:
    """Open the site and the database, brought up to date; only a bot that is watched has a meter.

    Raises ConfigurationError and DatabaseError before anything is started.
    """
    meter = meter or Unmetered()
    async with open_site(settings) as site:
        report = await asyncio.to_thread(upgrade, settings.database_url)
        if report.copy or report.fault:
            log.info(
                "database_upgraded", steps=report.steps, copy=report.copy, no_copy=report.fault
            )
        database = Database(settings.database_url, site.profile.zone, meter)
        try:
            ingest = Ingest(
                database, clock, settings.max_alert_age, site.profile.retractions, meter
            )
            await ingest.configure(site.profile.topics)
            yield Parts(
                settings=settings,
                site=site,
                database=database,
                ingest=ingest,
                clock=clock,
                meter=meter,
            )
        finally:
            await database.close()
