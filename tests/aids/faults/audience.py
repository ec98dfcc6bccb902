"""Chats of one row of the table: they follow the news while the row lasts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.demo.botapi import Reader
from bot.demo.newsroom import SiteArticle
from bot.domain.subscriber import ChatKind
from bot.domain.topic import section
from bot.domain.turns import Turn
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.aids.play import Play
from tests.conftest import SITE_ZONE

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@dataclass(slots=True, kw_only=True)
class Seat:
    """A chat, and the supergroup that it may become."""

    chat_id: int
    new_id: int

    @property
    def ids(self) -> set[int]:
        return {self.chat_id, self.new_id}


@dataclass
class Audience:
    """Seats readers and groups, straight into the database of a program that runs."""

    play: Play
    _chats: list[int] = field(default_factory=list)
    _in_editions: list[int] = field(default_factory=list)
    _articles: list[SiteArticle] = field(default_factory=list)

    def reader(self) -> Reader:
        reader = self.play.server.reader("Mina", language_code="en", begun=True)
        self._chats.append(reader.chat_id)
        return reader

    async def seats(
        self, count: int, *, groups: bool = False, in_editions: bool = False
    ) -> list[Seat]:
        """Return so many new chats, all of which follow the economy, maybe in editions.

        What these are owed waits for `edition`, so that it comes as one message however long the
        program takes to plan it.
        """
        world = self.play.server.world
        seats = []
        for _ in range(count):
            new = world.supergroup("Desk of old").id
            chat = world.group("Desk").id if groups else self.reader().chat_id
            self._chats += [chat, new]
            seats.append(Seat(chat_id=chat, new_id=new))
        kind = ChatKind.GROUP if groups else ChatKind.PRIVATE
        async with _opened(self.play) as database, database.writing() as records:
            for seat in seats:
                follows = [section("Economy")]
                subscriber = await subscribe(
                    records, seat.chat_id, _NOW, follows=follows, kind=kind
                )
                if in_editions:
                    await _await_edition(records, subscriber.id)
                    self._in_editions.append(subscriber.id)
        return seats

    async def edition(self) -> None:
        """Have come by now what waits for an edition."""
        now = datetime.now(UTC)
        turn = Turn(quiet_until=None, next_edition_at=now, turns_at=now + _HOUR)
        async with _opened(self.play) as database, database.writing() as records:
            for number in self._in_editions:
                await records.timings.reschedule(number, turn, now, has_editions=True)

    def reads(self, article: SiteArticle) -> None:
        """Take note of what was published for this row."""
        self._articles.append(article)

    async def leave(self) -> None:
        """Have nobody of this row follow anything any more, and its articles off the site.

        The bot would read them again with each reading of the rows behind.
        """
        for article in self._articles:
            self.play.newsroom.withdraw(article)
        async with _opened(self.play) as database, database.writing() as records:
            for chat in self._chats:
                await records.subscribers.retire(chat, "the row is over", datetime.now(UTC))


async def _await_edition(records: Records, subscriber_id: int) -> None:
    await records.timings.choose(subscriber_id, editions="hourly", quiet=None, timezone=None)
    later = datetime.now(UTC) + _HOUR
    turn = Turn(quiet_until=None, next_edition_at=later, turns_at=later)
    await records.timings.turn([(subscriber_id, turn)])


@asynccontextmanager
async def _opened(play: Play) -> AsyncIterator[Database]:
    database = Database(play.settings.database_url, SITE_ZONE)
    try:
        yield database
    finally:
        await database.close()
