"""Makes backups on time, and tells administrators where that fails.

The rules of naming, of what is due and of what may go stand in `bot.domain.backups`; beside them:

1. A backup that failed is tried again within the hour. Nothing is removed unless one was made.
2. Each administrator is told once that backups fail, and once that they work again, as of sources
   in trouble (`bot.services.watch`): it is written down behind Telegram's answer, so that a restart
   repeats nothing; who was not told of the trouble is not told of its end.
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.domain.backups import is_due
from bot.domain.errors import BackupError
from bot.services.administrators import Administrators
from bot.services.backup_ports import BackupShelf
from bot.services.ports import Clock, Store
from bot.texts.backup_letters import backups_fail_letter, backups_work_letter

log = structlog.get_logger(__name__)


class Backups:
    """Turned every minute or so; one turn at a time."""

    def __init__(
        self,
        store: Store,
        shelf: BackupShelf,
        administrators: Administrators,
        clock: Clock,
        *,
        every: timedelta,
        keep: int,
    ) -> None:
        """Keep so many, one for each interval."""
        self._store = store
        self._shelf = shelf
        self._administrators = administrators
        self._clock = clock
        self._every = every
        self._keep = keep
        #: When the last try was that failed, the first one in a row, and why.
        self._tried: datetime | None = None
        self._failing_since: datetime | None = None
        self._fault = ""
        #: Who was told of the trouble, where that could not be written down.
        self._told: dict[int, datetime] = {}
        self._stopped = False

    async def turn(self) -> None:
        """Make a backup if one is due, and tell what is to be told by now."""
        now = self._clock()
        try:
            newest = await asyncio.to_thread(self._shelf.newest, now)
            if is_due(newest, self._tried, now, self._every):
                await self._make(now)
            elif self._tried is not None and (newest is None or newest < self._tried):
                return await self._tell_of_trouble()
        except BackupError as error:
            if self._stopped:
                log.info("backup_stopped")
                return None
            self._failed(now, str(error))
            return await self._tell_of_trouble()
        self._tried = self._failing_since = None
        return await self._tell_of_its_end()

    def stop(self) -> None:
        """Give up a backup that is being made, and what Telegram has not answered.

        Both are done after the next start. A turn that waits for Telegram raises GivenUpError.
        """
        self._stopped = True
        self._shelf.stop()
        self._administrators.stop()

    async def _make(self, now: datetime) -> None:
        made = await asyncio.to_thread(self._shelf.make, now)
        removed = await asyncio.to_thread(self._shelf.rotate, self._keep, made.file)
        log.info(
            "backup_made",
            file=made.file,
            size=made.size,
            seconds=made.seconds,
            articles=made.contents.articles,
            subscribers=made.contents.subscribers,
            removed=removed,
        )

    def _failed(self, now: datetime, fault: str) -> None:
        # Where even the folder cannot be read, each turn would tell it.
        if is_due(None, self._tried, now, self._every):
            log.error("backup_failed", fault=fault)
            self._tried = now
        self._failing_since = self._failing_since or now
        self._fault = fault

    async def _tell_of_trouble(self) -> None:
        since = self._failing_since
        if since is None or not self._administrators.chat_ids:
            return
        async with self._store.reading() as records:
            told = await records.backup_notices.every()
        for chat_id in self._administrators.chat_ids:
            if chat_id in told:
                continue
            if chat_id not in self._told:
                zone, language = await self._administrators.manner(chat_id)
                letter = backups_fail_letter(self._fault, since, zone, language)
                if not await self._administrators.tell(
                    chat_id, letter, about="backups", news="failing"
                ):
                    continue
                self._told[chat_id] = since
            async with self._store.writing() as records:
                await records.backup_notices.add(chat_id, since)

    async def _tell_of_its_end(self) -> None:
        async with self._store.reading() as records:
            told = self._told | await records.backup_notices.every()
        for chat_id, since in told.items():
            is_one = chat_id in self._administrators.chat_ids
            letter = backups_work_letter(since, *await self._administrators.manner(chat_id))
            if not is_one or await self._administrators.tell(
                chat_id, letter, about="backups", news="working"
            ):
                async with self._store.writing() as records:
                    await records.backup_notices.remove(chat_id)
                self._told.pop(chat_id, None)
