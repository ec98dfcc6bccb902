"""The database: its file, its schema, its soundness, who runs on it, and what it holds."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.checks.contents import Contents, contents, read_contents
from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.room import room
from bot.app.checks.wording import size
from bot.domain.errors import ConfigurationError, DamagedDatabaseError, DatabaseError
from bot.domain.subscriber import Standing
from bot.services.hub_ports import HubRecord
from bot.services.records import SourceRecord
from bot.services.reports import Finding, Verdict
from bot.settings import Settings
from bot.storage.file_facts import FileFacts, file_facts
from bot.storage.integrity import verify
from bot.storage.lock import holder
from bot.storage.schema import Age, Schema, schema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What was found of the database, and what of it others judge by."""

    findings: tuple[Finding, ...]
    #: Who runs on it as a bot, in words; None where nobody does.
    holder: str | None = None
    #: None where it could not be read.
    contents: Contents | None = None

    @property
    def active_chats(self) -> int:
        return self.contents.chats.get(Standing.ACTIVE, 0) if self.contents else 0

    @property
    def standings(self) -> Mapping[int, Standing]:
        """Of the administrators' chats, by id."""
        return self.contents.administrators if self.contents else {}

    @property
    def sources(self) -> Mapping[tuple[str, str], SourceRecord]:
        """By address and kind."""
        return self.contents.sources if self.contents else {}

    @property
    def hubs(self) -> Mapping[tuple[str, str], HubRecord]:
        """Likewise."""
        return self.contents.hubs if self.contents else {}


async def stored(settings: Settings, now: datetime) -> Stored:
    """Look at the file first, and open it as a database only where that is worth it."""
    try:
        facts = await asyncio.to_thread(file_facts, settings.database_url)
        running = await asyncio.to_thread(holder, settings.database_url)
    except ConfigurationError as error:
        remedy = "put DEKBOT_DATABASE_URL right"
        return Stored(findings=tuple(failed("database", one, remedy) for one in error.faults))
    except DatabaseError as error:
        return Stored(findings=(failed("database", str(error), "give Dekbot the right to it"),))
    findings = _file(facts)
    if facts.size is None or facts.closed is not None:
        return Stored(findings=tuple(findings), holder=running)
    sound = await asyncio.to_thread(_soundness, settings.database_url, facts.path)
    findings += [*sound, room(facts), _bot(running)]
    if any(one.verdict is not Verdict.OK for one in sound):
        return Stored(findings=tuple(findings), holder=running)
    try:
        held = await read_contents(settings, now)
    except DatabaseError as error:
        findings.append(failed("contents", str(error), "look at the machine, and check again"))
        return Stored(findings=tuple(findings), holder=running)
    findings += contents(held, now, is_running=running is not None)
    return Stored(findings=tuple(findings), holder=running, contents=held)


def _file(facts: FileFacts) -> list[Finding]:
    if facts.closed is not None:
        remedy = "give it to the user that Dekbot runs as, or change DEKBOT_DATABASE_URL"
        return [failed("database", f"{facts.closed} cannot be written", remedy)]
    if facts.size is None:
        return [ok("database", f"{facts.path} is not there yet; dekbot run makes it"), room(facts)]
    return [ok("database", f"{facts.path}, {size(facts.size)}")]


def _soundness(url: str, path: Path) -> list[Finding]:
    """Look at every page of the file; SQLite says of most damage where it is."""
    try:
        verify(url)
        return [ok("soundness", "SQLite's quick_check finds no damage"), _schema(schema_of(path))]
    except DamagedDatabaseError as error:
        return [failed("soundness", str(error), "stop the bot, and restore a backup")]
    except DatabaseError as error:
        return [failed("soundness", str(error), "look at the machine, and check again")]


def _schema(schema: Schema) -> Finding:
    if schema.age is Age.NEWER:
        text = f"{schema.revision}, which a newer Dekbot made"
        return failed("schema", text, "upgrade Dekbot, or restore a backup of this version's")
    if schema.age is Age.OLDER:
        text = f"{schema.revision or 'none'}; this version works on {schema.wanted}"
        return warning("schema", text, "back up, then dekbot migrate; the next run does it as well")
    return ok("schema", schema.wanted)


def _bot(holder: str | None) -> Finding:
    return ok("bot", holder or "none runs on this database")
