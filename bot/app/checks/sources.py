"""Whether each source can be read now."""

from collections.abc import AsyncIterator

from bot.app.checks.findings import failed, ok, warning
from bot.app.parts import PolledSource, Site
from bot.domain.errors import SourceError
from bot.domain.reading import SourceState, Unchanged
from bot.services.reports import Finding


async def sources(site: Site) -> AsyncIterator[Finding]:
    for source in site.sources:
        yield await _source(source)


async def _source(source: PolledSource) -> Finding:
    try:
        reading = await source.read(SourceState())
    except SourceError as error:
        remedy = "open the address in a browser; where it has moved, change the site profile"
        return failed(source.url, f"{error.kind}: {error}", remedy)
    if isinstance(reading, Unchanged) or not reading.teasers:
        remedy = "look whether the site has moved its articles, or article_url is wrong"
        return warning(source.url, "shows no article", remedy)
    newest = reading.teasers[0].headline
    return ok(source.url, f"{len(reading.teasers)} articles, the first: {newest}")
