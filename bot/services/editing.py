"""Edits delivered messages whose articles were corrected.

The rules, in their order:

1. Edits take the alerts' lane, and only when no alert is being sent: news first.
2. An edit that Telegram takes, or has nothing to change in, is done; so is one whose message or
   chat is gone.
3. What failed on the way is tried again, ever more slowly, for as long as an alert may be old.
4. Where Telegram refuses the bot itself, the edit is kept for the next start.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.delivery import (
    BotRefused,
    Outcome,
    Refused,
    Sent,
    Throttled,
    Unanswered,
    Unreachable,
    pause,
)
from bot.domain.errors import DatabaseError
from bot.domain.timing import Lot
from bot.services.letters import Letters
from bot.services.ports import Clock, Messenger, Store
from bot.services.records import EditRow
from bot.services.waiting import GivenUpError, Waiting
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)

#: Edits at once: so many that the lane sets the pace, and not the way to Telegram; few enough that
#: an alert waits for no more.
_AT_ONCE: Final = 8
_NAP: Final = 2.0
#: What a message came as, where its deliveries differ: one may have come once more since.
_TITLED: Final = (Lot.EDITION, Lot.CATCH_UP)
#: With the pauses between them, about a day.
_MOST_ATTEMPTS: Final = 300


class Editor:
    """Runs until stopped."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        letters: Letters,
        clock: Clock,
        *,
        is_busy: Callable[[], bool],
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._letters = letters
        self._clock = clock
        #: Whether alerts are being sent.
        self._is_busy = is_busy
        self._stopping = asyncio.Event()
        #: For the lane, and for Telegram.
        self._turns, self._answers = Waiting(), Waiting()

    async def run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.edit_due()
            except DatabaseError as error:
                log.debug("edits_wait_for_database", fault=str(error))
            try:
                await asyncio.wait_for(self._stopping.wait(), _NAP)
            except TimeoutError:
                continue

    def stop(self) -> None:
        """Begin no further edit; those that are left are made after the next start."""
        self._stopping.set()
        self._turns.give_up()

    def give_up(self) -> None:
        """Let go of what is in flight after `stop`; made twice it changes nothing more."""
        self._answers.give_up()

    async def edit_due(self) -> int:
        """Make all edits that are due, unless alerts are to be sent; return how many."""
        made = 0
        while not self._is_busy():
            async with self._store.reading() as records:
                due = await records.edits.due(self._clock(), _AT_ONCE)
            if not due or self._is_busy() or self._stopping.is_set():
                break
            ends = await asyncio.gather(*map(self._edit, due), return_exceptions=True)
            for error in filter(None, ends):
                raise error
            made += len(due)
        return made

    async def _edit(self, row: EditRow) -> None:
        letter = await self._letter(row)
        if letter is None:
            await self._settle(row, Refused("no longer an alert"))
            return
        try:
            outcome = await self._made(row, letter)
        except GivenUpError:
            return
        await self._settle(row, outcome)

    async def _made(self, row: EditRow, letter: Letter) -> Outcome:
        address, kind = row.subscriber.address, row.subscriber.kind
        await self._turns.until(lambda: self._messenger.turn(address, kind))
        return await self._answers.until(
            lambda: self._messenger.edit(address, kind, row.message_id, letter)
        )

    async def _letter(self, row: EditRow) -> Letter | None:
        """Return the message as it is to be now; None where its article is gone."""
        async with self._store.reading() as records:
            carried = await records.outbox.of_message(row.subscriber.id, row.message_id)
            ids = [one.article_id for one in carried] or [row.article_id]
            found = await records.articles.get(ids)
            saved = await records.saved.which(row.subscriber.id, ids)
        articles = [found[number] for number in ids if number in found]
        if not articles:
            return None
        lots = {one.lot for one in carried}
        lot = next((one for one in _TITLED if one in lots), Lot.INSTANT)
        return self._letters.again(row.subscriber, articles, lot, saved)

    async def _settle(self, row: EditRow, outcome: Outcome) -> None:
        now = self._clock()
        chat = row.subscriber.address.chat_id
        wait = _wait(row, outcome)
        async with self._store.writing() as records:
            if wait is None:
                await records.edits.done(row)
            else:
                counted = not isinstance(outcome, Throttled | BotRefused)
                await records.edits.again(row, now + wait, row.attempts + counted)
        if isinstance(outcome, Sent):
            log.info("message_edited", chat=chat, message=row.message_id)
        elif wait is None:
            log.info("edit_dropped", chat=chat, message=row.message_id, fault=str(outcome))
        else:
            log.warning("edit_deferred", chat=chat, message=row.message_id, fault=str(outcome))


def _wait(row: EditRow, outcome: Outcome) -> timedelta | None:
    """Return how long to wait before the next try; None where there is none."""
    match outcome:
        case Throttled(retry_after):
            return timedelta(seconds=retry_after)
        case Unreachable() | Unanswered() if row.attempts < _MOST_ATTEMPTS:
            return pause(row.attempts)
        case BotRefused():
            return pause(row.attempts)
        case _:
            return None
