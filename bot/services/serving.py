"""Serves one chat after another what is due for each: sorts, sends, settles.

A chat's messages go one after another, whatever was claimed for it meanwhile; different chats are
served at the same time.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog

from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    Delivery,
    Outcome,
    Sent,
    Settlement,
    Silenced,
    TopicGone,
    Unanswered,
    Unreachable,
    settle,
    unsent,
    withheld,
)
from bot.domain.errors import DatabaseError
from bot.domain.timing import Lot
from bot.services.letters import Envelope, Letters
from bot.services.meter import Meter, Unmetered
from bot.services.ports import Clock, Messenger
from bot.services.recent import Recent
from bot.services.records import Dispatchable
from bot.services.reporting import report
from bot.services.settling import Result, Settler
from bot.services.waiting import GivenUpError, Waiting

log = structlog.get_logger(__name__)

_RETRY_DATABASE: Final = 2.0
#: How often a settlement is tried once the program is asked to stop.
_LAST_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class _Failed:
    """The chat gets no further message for now."""

    #: What becomes of the rest; None where it was dropped with the chat.
    rest: Callable[[Delivery], Settlement] | None


class Counter:
    """Where chats are served; each by a task of its own that runs `serve`."""

    def __init__(
        self,
        messenger: Messenger,
        letters: Letters,
        settler: Settler,
        clock: Clock,
        *,
        on_owed: Callable[[], None],
        on_settled: Callable[[], None],
        meter: Meter | None = None,
    ) -> None:
        self._meter = meter or Unmetered()
        self._on_owed = on_owed
        #: Called where something may be told to those who set chats up.
        self._on_settled = on_settled
        self._messenger = messenger
        self._letters = letters
        self._settler = settler
        self._clock = clock
        self._recent = Recent()
        #: What waits for each chat that is being served.
        self._queues: dict[int, list[Dispatchable]] = {}
        #: For the lane, with nothing under way.
        self._turns = Waiting()
        #: For Telegram, with a message under way.
        self._answers = Waiting()
        self._closing = False
        #: Why Telegram refuses the bot itself, if it does.
        self.refused: str | None = None
        #: When the last message went out; None before the first.
        self.sent_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """How many chats wait for their turn."""
        return len(self._turns)

    def queue(self, due: Sequence[Dispatchable]) -> bool:
        """Add what is due for one chat; return whether nobody serves that chat yet."""
        chat = due[0].subscriber.id
        idle = chat not in self._queues
        self._queues.setdefault(chat, []).extend(due)
        return idle

    def close(self) -> None:
        """Send nothing new; what waits is given back, what is under way is settled."""
        self._closing = True
        self._turns.give_up()

    def give_up(self) -> int:
        """Wait for no answer of Telegram any more; return how many messages were under way.

        Nobody knows whether they arrived, so they stay owed, as those without an answer do.
        """
        return self._answers.give_up()

    async def serve(self, chat: int) -> None:
        """Serve until nothing waits; a fault of ours costs this chat a delay, others nothing."""
        while due := self._take(chat):
            try:
                await self._serve(chat, due)
            except Exception:
                log.exception("delivery_crashed", chat=due[0].subscriber.address.chat_id)
                now = self._clock()
                fault = Unreachable("crashed")
                again = tuple(settle(one.delivery, fault, now) for one in due)
                await self._settle(Result(settlements=again))
        del self._queues[chat]

    def _take(self, chat: int) -> list[Dispatchable]:
        due, self._queues[chat] = self._queues[chat], []
        return due

    async def _serve(self, chat: int, due: list[Dispatchable]) -> None:
        now = self._clock()
        sorting = self._letters.sort(due, self._recent.of(chat, now), now)
        if sorting.until is not None:
            await self._give_back(sorting.later, partial(unsent, due_at=sorting.until))
            return
        for number, envelope in enumerate(sorting.now):
            failed = await self._post(chat, envelope)
            if failed is None:
                continue
            left = [one for later in sorting.now[number + 1 :] for one in later.deliveries]
            left += [*sorting.later, *self._take(chat)]
            if failed.rest is not None:
                await self._give_back(left, failed.rest)
            return
        self._queues[chat] = [*sorting.later, *self._queues[chat]]

    async def _post(self, chat: int, envelope: Envelope) -> _Failed | None:
        """Send one message in its turn and settle it."""
        if self._closing or not await self._turn(envelope):
            again = partial(unsent, due_at=self._clock())
            await self._give_back(envelope.deliveries, again)
            return _Failed(again)
        outcome, again_at = await self._send(envelope)
        match outcome:
            case ChatGone() | TopicGone():
                return _Failed(None)
            case Silenced():
                return _Failed(withheld)
            case Sent():
                self.sent_at = self._clock()
                self._recent.add(chat, self.sent_at)
                self._clock_alerts(envelope, self.sent_at)
        return _Failed(partial(unsent, due_at=again_at)) if again_at else None

    def _clock_alerts(self, envelope: Envelope, now: datetime) -> None:
        """Note how long each alert took that was to come at once, and comes the first time."""
        for one in envelope.deliveries:
            if one.lot is Lot.INSTANT and not one.came_before:
                self._meter.alerted((now - one.delivery.owed_at).total_seconds())

    async def _turn(self, envelope: Envelope) -> bool:
        """Wait for the lane; return False where `close` came first."""
        subscriber = envelope.subscriber
        try:
            await self._turns.until(
                lambda: self._messenger.turn(subscriber.address, subscriber.kind)
            )
        except GivenUpError:
            return False
        return True

    async def _send(self, envelope: Envelope) -> tuple[Outcome, datetime | None]:
        """Send and settle; return when the message is to be tried again, if it is."""
        subscriber = envelope.subscriber
        outcome = await self._answer(envelope)
        now = self._clock()
        settlements = tuple(settle(one.delivery, outcome, now) for one in envelope.deliveries)
        result = Result(
            subscriber=subscriber,
            outcome=outcome,
            settlements=settlements,
            carried=envelope.deliveries,
        )
        await self._settle(result)
        report(envelope, outcome, settlements)
        if isinstance(outcome, BotRefused):
            self.refused = outcome.detail
            self.close()
        return outcome, settlements[0].due_at

    async def _answer(self, envelope: Envelope) -> Outcome:
        """Send; the outcome is unknown where `give_up` comes before Telegram's answer."""
        subscriber, letter = envelope.subscriber, envelope.letter
        try:
            return await self._answers.until(
                lambda: self._messenger.send(subscriber.address, subscriber.kind, letter)
            )
        except GivenUpError:
            return Unanswered("given up when the bot stopped")

    async def _give_back(
        self, left: Sequence[Dispatchable], how: Callable[[Delivery], Settlement]
    ) -> None:
        """Give back claimed deliveries that were not tried; they stay together."""
        if left:
            settlements = tuple(how(one.delivery) for one in left)
            await self._settle(Result(settlements=settlements))

    async def _settle(self, result: Result) -> None:
        """Commit the result, however long the database takes; only `close` limits the patience."""
        tries_left = _LAST_TRIES
        while True:
            try:
                await self._settler.settle(result)
            except DatabaseError as error:
                log.debug("settlement_waits_for_database", fault=str(error))
                tries_left -= self._closing
                if not tries_left:
                    there = result.subscriber
                    chat = there.address.chat_id if there else None
                    log.warning("settlement_given_up", chat=chat, fault=str(error))
                    return
                await asyncio.sleep(_RETRY_DATABASE)
            else:
                break
        was_silent = result.subscriber is not None and result.subscriber.silence is not None
        if was_silent or any(one.due_at for one in result.settlements):
            self._on_owed()  # a nap under way was measured without them
        if was_silent or not isinstance(result.outcome, Sent | None):
            self._on_settled()
