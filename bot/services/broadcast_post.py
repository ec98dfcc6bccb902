"""Takes claimed copies of a broadcast to Telegram, each by a task of its own, and settles them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.broadcast import Broadcast, settle_copy
from bot.domain.delivery import (
    BotRefused,
    Outcome,
    Refused,
    Sent,
    Settlement,
    Unanswered,
    Unreachable,
    unsent,
)
from bot.domain.errors import DatabaseError
from bot.domain.subscriber import Subscriber
from bot.services import places
from bot.services.broadcast_ports import ClaimedCopy
from bot.services.committing import Commits
from bot.services.ports import Clock, Messenger, Records, Store
from bot.services.waiting import GivenUpError, Waiting
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)

_RETRY_DATABASE: Final = 2.0
#: How often a settlement is tried once the program is asked to stop.
_LAST_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    subscriber: Subscriber
    #: None where nothing was sent.
    outcome: Outcome | None
    settlement: Settlement


class Post:
    """Where copies are sent; a place is free again when the result is committed."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        max_age: timedelta,
        *,
        on_owed: Callable[[], None],
    ) -> None:
        self._messenger = messenger
        self._clock = clock
        self._max_age = max_age
        self._on_owed = on_owed
        self._commits = Commits(store, self._write)
        #: For the lane, with nothing under way.
        self.waiting = Waiting()
        #: For Telegram, with a message under way.
        self._answers = Waiting()
        self._closing = False
        #: Why Telegram refuses the bot itself, if it does.
        self.refused: str | None = None

    def halt(self) -> None:
        """Give back what waits for its turn; what is claimed later is sent again."""
        self.waiting.give_up()
        if not self._closing:
            self.waiting = Waiting()

    def close(self) -> None:
        """Send nothing new."""
        self._closing = True
        self.waiting.give_up()

    def give_up(self) -> int:
        """Wait for no answer of Telegram any more; return how many messages were under way."""
        return self._answers.give_up()

    async def send(self, broadcast: Broadcast, one: ClaimedCopy, waiting: Waiting) -> None:
        """Send a copy when its turn comes; give it back where `waiting` is given up before."""
        try:
            outcome = await self._outcome(broadcast, one.subscriber, waiting)
        except Exception:
            log.exception("broadcast_crashed", chat=one.subscriber.address.chat_id)
            outcome = Unreachable("crashed")
        now = self._clock()
        settlement = settle_copy(one.copy, outcome, now) if outcome else unsent(one.copy, now)
        await self._settle(
            _Result(subscriber=one.subscriber, outcome=outcome, settlement=settlement)
        )
        if outcome is not None:
            _report(broadcast, one.subscriber, outcome, settlement)
        if isinstance(outcome, BotRefused):
            self.refused = outcome.detail
            self.close()
        if settlement.due_at is not None:
            self._on_owed()  # a nap under way was measured without it

    async def _outcome(
        self, broadcast: Broadcast, subscriber: Subscriber, waiting: Waiting
    ) -> Outcome | None:
        """Return what became of the message; None where it was not sent."""
        address, kind = subscriber.address, subscriber.kind
        try:
            await waiting.until(lambda: self._messenger.turn_behind(address, kind))
        except GivenUpError:
            return None
        letter = Letter(html=broadcast.text)
        try:
            return await self._answers.until(lambda: self._messenger.send(address, kind, letter))
        except GivenUpError:
            return Unanswered("given up when the bot stopped")

    async def _settle(self, result: _Result) -> None:
        """Commit the result, however long the database takes; only `close` limits the patience."""
        tries_left = _LAST_TRIES
        while True:
            try:
                await self._commits.commit(result)
            except DatabaseError as error:
                log.debug("settlement_waits_for_database", fault=str(error))
                tries_left -= self._closing
                if not tries_left:
                    chat = result.subscriber.address.chat_id
                    log.warning("settlement_given_up", chat=chat, fault=str(error))
                    return
                await asyncio.sleep(_RETRY_DATABASE)
            else:
                return

    async def _write(self, records: Records, results: Sequence[_Result]) -> None:
        now = self._clock()
        await records.copies.settle([one.settlement for one in results], now)
        for one in results:
            await places.heed(records, one.subscriber, one.outcome, now, self._max_age)


def _report(
    broadcast: Broadcast, subscriber: Subscriber, outcome: Outcome, settlement: Settlement
) -> None:
    """Log what became of a copy."""
    fields = {
        "broadcast": broadcast.id,
        "chat": subscriber.address.chat_id,
        "attempts": settlement.attempts,
        "ambiguous": settlement.ambiguous,
    }
    match outcome:
        case Sent(message_id):
            log.info("broadcast_copy_sent", message=message_id, **fields)
        case Refused(detail):
            log.error("broadcast_copy_refused", fault=detail, **fields)
        case _ if settlement.due_at is None:
            log.info("broadcast_copy_dropped", fault=settlement.detail, **fields)
        case _:
            due_at = settlement.due_at.isoformat()
            log.warning("broadcast_copy_deferred", fault=settlement.detail, due_at=due_at, **fields)
