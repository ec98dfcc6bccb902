"""Shows administrators how far a broadcast is: one message, edited time and again.

The rules, in their order:

1. Nobody else edits that message, so that no older word overtakes a younger one.
2. While copies are sent it is edited every few seconds, and only where it would say something new.
3. That it was stopped or is done is shown for certain: what was not shown when the bot ended is
   shown after the next start. The end is told in a message of its own as well, since nobody is
   alerted to an edit.
4. A 429 puts off the next edit, and nothing else. Where the message, or the chat, is there no more,
   nothing is shown any longer.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.domain.broadcast import Broadcast, Stage
from bot.domain.delivery import Outcome, Sent, Throttled, Unanswered, Unreachable
from bot.domain.errors import DatabaseError
from bot.domain.subscriber import Address
from bot.services.broadcasting import Broadcasts
from bot.services.ports import Clock, Messenger, Store
from bot.services.waiting import GivenUpError, Waiting
from bot.texts.broadcasts import status_letter, summary_letter
from bot.texts.catalogue import Texts
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)

#: Seconds between two edits; Telegram takes about twenty a minute.
INTERVAL: Final = 4.0


class BroadcastBoard:
    """Runs until stopped; `wake` it when a broadcast was begun, stopped or sent on."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        broadcasts: Broadcasts,
        clock: Clock,
        *,
        language: str,
        interval: float = INTERVAL,
    ) -> None:
        """Administrators who are no readers are told in `language`."""
        self._store = store
        self._messenger = messenger
        self._broadcasts = broadcasts
        self._clock = clock
        self._language = language
        self._interval = interval
        self._woken = asyncio.Event()
        self._answers = Waiting()
        self._stopping = False
        #: What each message says, and before when Telegram wants no further edit.
        self._said: dict[tuple[int, int], Letter] = {}
        self._not_before: datetime | None = None

    def wake(self) -> None:
        """Say that there is something new to be shown."""
        self._woken.set()

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()

    def give_up(self) -> None:
        """Wait for Telegram's answer no longer."""
        self._answers.give_up()

    async def run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                await self.show()
            except GivenUpError:
                return
            except DatabaseError as error:
                log.debug("broadcast_board_waits_for_database", fault=str(error))
            except Exception:
                log.exception("broadcast_board_crashed")
            await self._rest()

    async def show(self) -> None:
        """Show once how far the broadcasts are."""
        if self._not_before and self._clock() < self._not_before:
            return
        async with self._store.reading() as records:
            found = await records.broadcasts.to_show()
        if not found:
            self._said.clear()
        for broadcast in found:
            await self._show(broadcast)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), self._interval)
        except TimeoutError:
            return

    async def _show(self, broadcast: Broadcast) -> None:
        if broadcast.shown_in is None or broadcast.shown_by is None:
            return
        status = await self._broadcasts.status(broadcast.id)
        if status is None:
            return
        chat, message = Address(chat_id=broadcast.shown_in), broadcast.shown_by
        place = (broadcast.shown_in, message)
        texts = Texts(await self._language_of(broadcast.shown_in))
        left = self._broadcasts.time_needed(status.tally.open - status.tally.waiting)
        letter = status_letter(status.broadcast, status.tally, left, texts)
        if self._said.get(place) != letter:
            outcome = await self._answers.until(
                lambda: self._messenger.change(chat, message, letter)
            )
            if not await self._heed(broadcast, outcome):
                return
            self._said[place] = letter
        stage = status.broadcast.stage
        if stage is Stage.SENDING:
            return
        if stage is Stage.DONE:
            summary = summary_letter(status.tally, texts)
            outcome = await self._answers.until(lambda: self._messenger.tell(chat, summary))
            if isinstance(outcome, Throttled | Unreachable):
                await self._heed(broadcast, outcome)
                return
        async with self._store.writing() as records:
            await records.broadcasts.shown(broadcast.id, stage)

    async def _heed(self, broadcast: Broadcast, outcome: Outcome) -> bool:
        """Return whether the message says now what it is to say."""
        match outcome:
            case Sent():
                return True
            case Throttled(retry_after):
                self._not_before = self._clock() + timedelta(seconds=retry_after)
            case Unreachable() | Unanswered():
                pass  # with the next turn
            case _:
                log.info("broadcast_not_shown", broadcast=broadcast.id, fault=str(outcome))
                async with self._store.writing() as records:
                    await records.broadcasts.hide(broadcast.id)
        return False

    async def _language_of(self, chat_id: int) -> str:
        async with self._store.reading() as records:
            known = await records.subscribers.find(Address(chat_id=chat_id))
        return known.language if known else self._language
