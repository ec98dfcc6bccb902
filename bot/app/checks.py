"""`dekbot check`: looks at everything the bot needs, and changes nothing but the schema."""

from collections.abc import AsyncIterator
from datetime import datetime

from bot.app.parts import Parts, PolledSource, open_parts
from bot.domain.errors import BotRefusedError, ConfigurationError, DatabaseError, SourceError
from bot.domain.reading import SourceState, Unchanged
from bot.services.reports import Finding, Verdict
from bot.settings import Settings
from bot.sources.profile_file import advice
from bot.telegram.identity import TelegramUnreachableError, bot_name


async def check(settings: Settings) -> list[Finding]:
    """Return what was found, in the order of looking."""
    findings = [await _token(settings)]
    try:
        async with open_parts(settings) as parts:
            profile = parts.site.profile
            findings.append(_ok("site", f"{profile.name} ({settings.site})"))
            told = advice(profile, settings.poll_interval)
            findings += [_warning("site", text) for text in told]
            findings.append(await _database(parts))
            findings += [finding async for finding in _sources(parts)]
    except ConfigurationError as error:
        findings += [_failed("settings", fault) for fault in error.faults]
    except DatabaseError as error:
        findings.append(_failed("database", str(error)))
    return findings


async def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return _warning("token", "DEKBOT_BOT_TOKEN is missing; ask @BotFather for a token")
    try:
        name = await bot_name(settings.bot_token.get_secret_value(), settings.telegram_api_url)
    except BotRefusedError as error:
        return _failed("token", str(error))
    except TelegramUnreachableError as error:
        return _failed("token", f"{settings.telegram_api_url} cannot be reached: {error}")
    return _ok("token", f"the bot is @{name}")


async def _database(parts: Parts) -> Finding:
    async with parts.database.reading() as records:
        articles = await records.articles.count()
        figures = await records.outbox.figures()
    text = f"{articles} articles; {figures.owed} deliveries owed, {figures.sent} sent"
    return _ok("database", text)


async def _sources(parts: Parts) -> AsyncIterator[Finding]:
    async with parts.database.reading() as records:
        off = {(one.url, one.kind): one.switched_off_at for one in await records.sources.every()}
    for source in parts.site.sources:
        since = off.get((source.url, source.kind))
        yield _switched_off(source, since) if since else await _source(source)


def _switched_off(source: PolledSource, since: datetime) -> Finding:
    text = f"is switched off since {since:%Y-%m-%d %H:%M} UTC; /admin in chat switches it on"
    return _warning(source.url, text)


async def _source(source: PolledSource) -> Finding:
    try:
        reading = await source.read(SourceState())
    except SourceError as error:
        return _failed(source.url, f"{error.kind}: {error}")
    if isinstance(reading, Unchanged) or not reading.teasers:
        return _warning(source.url, "shows no article")
    newest = reading.teasers[0].headline
    return _ok(source.url, f"{len(reading.teasers)} articles, the first: {newest}")


def _ok(subject: str, text: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.OK, text=text)


def _warning(subject: str, text: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.WARNING, text=text)


def _failed(subject: str, text: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.FAILED, text=text)
