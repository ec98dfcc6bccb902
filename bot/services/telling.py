"""Tells whoever set up a group, a forum topic or a channel what happened to it.

The rules, in their order:

1. What is to be told was written down in the transaction of what happened.
2. An offer goes where its alerts would go; a channel's goes to whoever set it up. All else goes to
   their private chat, as a reply does: beside the alerts' lane.
3. Where they cannot be reached (they never wrote, or blocked the bot), what concerns one forum
   topic is told in its forum. The rest is in the log.
4. What failed on the way is tried again; what may have arrived is not, since it is told once. What
   was under way when patience ended is told after the next start.
"""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.domain.delivery import Outcome, Sent, Throttled, Unanswered, Unreachable, pause
from bot.domain.errors import DatabaseError
from bot.domain.notice import NoticeKind
from bot.domain.subscriber import Address, ChatKind
from bot.services.ports import Clock, Messenger, Store
from bot.services.records import NoticeRow
from bot.services.waiting import GivenUpError, Waiting
from bot.texts.notices import notice_letter

log = structlog.get_logger(__name__)

_BATCH: Final = 50
_NAP: Final = 5.0
#: With the pauses between them, about a day.
_MOST_ATTEMPTS: Final = 300


class Herald:
    """Runs until stopped; `wake` it when there is something to be told."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._woken = asyncio.Event()
        self._answers = Waiting()
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be something to be told."""
        self._woken.set()

    def stop(self) -> None:
        """Tell nothing more; what is left is told after the next start."""
        self._stopping = True
        self._woken.set()

    def give_up(self) -> None:
        """Wait for Telegram's answer no longer."""
        self._answers.give_up()

    async def run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                await self.tell_due()
            except GivenUpError:
                return
            except DatabaseError as error:
                log.debug("notices_wait_for_database", fault=str(error))
            try:
                await asyncio.wait_for(self._woken.wait(), _NAP)
            except TimeoutError:
                continue

    async def tell_due(self) -> None:
        """Tell all that is to be told by now."""
        while not self._stopping:
            async with self._store.reading() as records:
                due = await records.notices.due(self._clock(), _BATCH)
            for row in due:
                await self._tell(row)
            if not due:
                return

    async def _tell(self, row: NoticeRow) -> None:
        for address in _addresses(row):
            language = await self._language(row, address)
            letter = notice_letter(row.kind, row.about, row.held, language, to=address)
            outcome = await self._answers.until(partial(self._messenger.tell, address, letter))
            wait = _wait(row, outcome)
            if wait is not None:
                await self._put_off(row, wait, outcome)
                return
            if isinstance(outcome, Sent | Unanswered):
                await self._done(row, "notice_sent", to=address.chat_id)
                return
            log.info("notice_not_taken", to=address.chat_id, fault=str(outcome), **_about(row))
        await self._done(row, "notice_undeliverable")

    async def _language(self, row: NoticeRow, address: Address) -> str:
        """Return the language of the chat that is told; the place's own, where it has none."""
        async with self._store.reading() as records:
            found = await records.subscribers.find(address)
        return found.language if found else row.about.language

    async def _put_off(self, row: NoticeRow, wait: timedelta, outcome: Outcome) -> None:
        async with self._store.writing() as records:
            await records.notices.again(row.id, self._clock() + wait)
        log.warning("notice_deferred", fault=str(outcome), **_about(row))

    async def _done(self, row: NoticeRow, event: str, **fields: int) -> None:
        async with self._store.writing() as records:
            await records.notices.done(row.id)
        log.info(event, **_about(row), **fields)


def _addresses(row: NoticeRow) -> Iterator[Address]:
    """Yield where it may be told, the first choice first."""
    about = row.about
    if row.kind is NoticeKind.OFFERED and about.kind is not ChatKind.CHANNEL:
        yield about.address
        return
    if about.keeper_id is not None:
        yield Address(chat_id=about.keeper_id)
    if row.kind.of_topic and about.address.thread_id:
        yield Address(chat_id=about.address.chat_id)


def _wait(row: NoticeRow, outcome: Outcome) -> timedelta | None:
    """Return how long to wait before it is tried again; None where it is not."""
    match outcome:
        case Throttled(retry_after):
            return timedelta(seconds=retry_after)
        case Unreachable() if row.attempts < _MOST_ATTEMPTS:
            return pause(row.attempts)
        case _:
            return None


def _about(row: NoticeRow) -> dict[str, int | str]:
    address = row.about.address
    return {"notice": str(row.kind), "chat": address.chat_id, "thread": address.thread_id}
