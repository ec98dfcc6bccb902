"""How often each source is read at which time, and what that was learned from."""

import asyncio
from datetime import datetime
from typing import Final

from bot.app.checks.database import Stored
from bot.app.checks.findings import ok
from bot.app.checks.wording import about
from bot.app.parts import PolledSource, Site
from bot.domain.rhythm import LEAST_ARTICLES, LEAST_WEEKS, Rhythm
from bot.domain.tempo import Tempo
from bot.domain.tempo_outline import Busy, Outline, outline
from bot.domain.weekdays import format_weekdays
from bot.services.reports import Finding
from bot.services.rhythms import is_fixed, learned
from bot.settings import Settings
from bot.storage.database import Database

_TOO_LITTLE: Final = (
    f"until it has shown {LEAST_ARTICLES} articles with a time, of {LEAST_WEEKS} different weeks"
)


async def rhythms(site: Site, settings: Settings, stored: Stored, now: datetime) -> list[Finding]:
    """Return a finding for each source that is on; none where there is no database."""
    if stored.contents is None:
        return []
    known = ((one, stored.sources.get((one.url, one.kind))) for one in site.sources)
    read = [one for one, record in known if record is None or record.switched_off_at is None]
    database = Database(settings.database_url, site.profile.zone)
    try:
        return [
            ok(f"rhythm of {one.url}", await _told(one, settings, database, now, site))
            for one in read
        ]
    finally:
        await database.close()


async def _told(
    source: PolledSource, settings: Settings, database: Database, now: datetime, site: Site
) -> str:
    every = f"every {about(source.interval)}"
    if not settings.adaptive_polling:
        return f"{every}, since DEKBOT_ADAPTIVE_POLLING is no"
    if is_fixed(source):
        return f"{every}, which is as often as it may be"
    tempo = await learned(database, source, site.profile.zone, now)
    if tempo.rhythm is None:
        return f"{every}, {_TOO_LITTLE}"
    return await asyncio.to_thread(tempo_text, tempo, tempo.rhythm, now)


def tempo_text(tempo: Tempo, rhythm: Rhythm, now: datetime) -> str:
    """Return in words when a source is read how often."""
    shown = outline(tempo)
    zone = now.astimezone(tempo.zone).tzname()
    source = f"learned from {rhythm.articles:,} articles of {rhythm.weeks} weeks"
    return f"every {about(tempo.interval)} on average; {_hours(shown, zone)} ({source})"


def _hours(shown: Outline, zone: str | None) -> str:
    told = [_busy(one, zone) for one in shown.busy]
    told.append(f"{about(shown.otherwise)} otherwise" if told else "alike at all hours")
    if shown.minutes:
        spans = ", ".join(f":{first:02}-:{last:02}" for first, last in shown.minutes)
        told.append(f"most of all at {spans}")
    return ", ".join(told)


def _busy(busy: Busy, zone: str | None) -> str:
    days = format_weekdays(busy.days)
    return f"{about(busy.interval)} on {days} {busy.first:02}-{busy.end:02} {zone}"
