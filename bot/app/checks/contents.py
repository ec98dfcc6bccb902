"""What the database holds: the archive, the chats, and what they are owed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.app.checks.findings import ok, warning
from bot.app.checks.wording import length
from bot.domain.subscriber import Address, Standing
from bot.services.hub_ports import HubRecord
from bot.services.records import OutboxFigures, SourceRecord
from bot.services.reports import Finding
from bot.settings import Settings
from bot.storage.database import Database

#: At Telegram's pace a large audience takes a while; what waits longer does not go out at all.
_LATE: Final = timedelta(minutes=30)
_STANDINGS: Final = ("active", "paused", "silent", "retired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    articles: int
    #: How many chats there are by standing, and `silent` ones.
    chats: Mapping[str, int]
    outbox: OutboxFigures
    #: When the delivery was due that waits longest.
    oldest_due: datetime | None
    #: By address and kind.
    sources: Mapping[tuple[str, str], SourceRecord]
    #: Of those administrators' chats that are known, by id.
    administrators: Mapping[int, Standing]
    #: Of the sources that name one, by address and kind.
    hubs: Mapping[tuple[str, str], HubRecord] = field(default_factory=dict)


async def read_contents(settings: Settings, now: datetime) -> Contents:
    """Read it all in one view; raises DatabaseError."""
    database = Database(settings.database_url, UTC)
    try:
        async with database.reading() as records:
            found = [
                await records.subscribers.find(Address(chat_id=chat_id))
                for chat_id in settings.admin_ids
            ]
            return Contents(
                articles=await records.articles.count(),
                chats=await records.overview.chats(),
                outbox=await records.outbox.figures(),
                oldest_due=await records.overview.oldest_due(now),
                sources={(one.url, one.kind): one for one in await records.sources.every()},
                administrators={one.address.chat_id: one.standing for one in found if one},
                hubs={(one.url, one.kind): one for one in await records.hubs.every()},
            )
    finally:
        await database.close()


def contents(held: Contents, now: datetime, *, is_running: bool) -> list[Finding]:
    return [
        ok("archive", f"{held.articles} articles"),
        ok("chats", ", ".join(f"{held.chats.get(one, 0)} {one}" for one in _STANDINGS)),
        ok("outbox", _figures(held.outbox)),
        _due(held.oldest_due, now, is_running=is_running),
    ]


def _figures(figures: OutboxFigures) -> str:
    return (
        f"{figures.owed} owed, {figures.held} held, {figures.sent} sent,"
        f" {figures.dropped} dropped, {figures.failed} failed"
    )


def _due(oldest: datetime | None, now: datetime, *, is_running: bool) -> Finding:
    if oldest is None:
        return ok("oldest due delivery", "none is due")
    text = f"has been due for {length(now - oldest)}"
    if now - oldest < _LATE:
        return ok("oldest due delivery", text)
    if not is_running:
        return warning("oldest due delivery", text, "dekbot run sends it")
    remedy = "look for telegram_unreachable, telegram_throttled and delivery_deferred in the log"
    return warning("oldest due delivery", text, remedy)
