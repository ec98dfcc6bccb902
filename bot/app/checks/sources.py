"""Whether each source can be read now."""

from collections.abc import AsyncIterator
from datetime import datetime

from bot.app.checks.database import Stored
from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.hubs import Hubs
from bot.app.checks.wording import moment
from bot.app.parts import PolledSource, Site
from bot.domain.errors import SourceError
from bot.domain.reading import SourceState, Unchanged
from bot.services.reports import Finding


async def sources(site: Site, database: Stored, hubs: Hubs) -> AsyncIterator[Finding]:
    for source in site.sources:
        record = database.sources.get((source.url, source.kind))
        if record is not None and record.switched_off_at is not None:
            yield _switched_off(source, record.switched_off_at)
        else:
            for finding in await _source(source, hubs):
                yield finding


def _switched_off(source: PolledSource, since: datetime) -> Finding:
    text = f"is switched off since {moment(since)}, and read by nobody"
    return warning(source.url, text, "an administrator switches it on with /admin in chat")


async def _source(source: PolledSource, hubs: Hubs) -> list[Finding]:
    """Return whether it can be read, and how it stands with the hub that it names."""
    try:
        reading = await source.read(SourceState())
    except SourceError as error:
        remedy = "open the address in a browser; where it has moved, change the site profile"
        return [failed(source.url, f"{error.kind}: {error}", remedy)]
    if isinstance(reading, Unchanged) or not reading.teasers:
        remedy = "look whether the site has moved its articles, or article_url is wrong"
        return [warning(source.url, "shows no article", remedy)]
    newest = reading.teasers[0].headline
    told = ok(source.url, f"{len(reading.teasers)} articles, the first: {newest}")
    return [told, *hubs.of(source, reading.hub)]
