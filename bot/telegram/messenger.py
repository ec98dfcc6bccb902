"""Sends alerts.

1. A turn of the lane comes first, then the request; whatever happens becomes an outcome.
2. A 429 pauses what it concerns (see `bot.telegram.lane`).
3. Where Telegram cannot be reached, or does not answer, the lane pauses: 1 s, then 2, 4 … 30 s
   until something is answered. All requests that were under way together count once.
"""

import time
from typing import Any, Final, cast

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.domain.delivery import Outcome, Refused, Sent, Throttled, Unanswered, Unreachable
from bot.domain.subscriber import Address, ChatKind
from bot.services.meter import Meter, Unmetered
from bot.telegram.lane import Lane
from bot.telegram.outage import Outage
from bot.telegram.outcomes import outcome_of
from bot.telegram.parcel import JsonBody, changed_message, new_message
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)

_SEND: Final = "sendMessage"
_EDIT: Final = "editMessageText"
_CONNECT_SECONDS: Final = 5.0
_WRITE_SECONDS: Final = 10.0
_READ_SECONDS: Final = 20.0


class TelegramMessenger:
    """The `Messenger` port, on a bot whose requests are initialized."""

    def __init__(
        self, bot: Bot, lane: Lane, *, paid_broadcast: bool = False, meter: Meter | None = None
    ) -> None:
        """`paid_broadcast` pays Telegram for more than its usual 30 messages a second."""
        self._meter = meter or Unmetered()
        self._bot = bot
        self._lane = lane
        self._paid_broadcast = paid_broadcast
        self._outage = Outage("alerts")

    async def turn(self, address: Address, kind: ChatKind) -> None:
        """Wait until a message to that chat may be sent; may be cancelled without loss."""
        await self._lane.turn(address.chat_id, kind)

    async def turn_behind(self, address: Address, kind: ChatKind) -> None:
        """Wait as `turn` does, and let everybody go first who waits there."""
        await self._lane.turn_behind(address.chat_id, kind)

    async def send(self, address: Address, kind: ChatKind, letter: Letter) -> Outcome:
        """Send one message, whose turn it is; every answer becomes an outcome."""
        round_, began = self._outage.round, time.perf_counter()
        outcome = await self._call(
            _SEND, address, new_message(address, letter, paid=self._paid_broadcast)
        )
        self._meter.sent(outcome, time.perf_counter() - began)
        match outcome:
            case Throttled(retry_after):
                self._throttled(address, kind, retry_after)
            case Unreachable(detail) | Unanswered(detail):
                pause = self._outage.failed(detail, round_)
                if pause is not None:
                    self._lane.pause(pause)
            case _:
                self._outage.answered()
        return outcome

    async def tell(self, address: Address, letter: Letter) -> Outcome:
        """Send a message beside the lane, as a reply; every answer becomes an outcome."""
        return await self._call(_SEND, address, new_message(address, letter))

    async def _call(self, method: str, address: Address, body: JsonBody) -> Outcome:
        """Call a method of the Bot API on the bot's own request.

        Its methods for this (`send_message`, `do_api_request`) would build the body anew for each
        chat, and the former a Message that nobody reads: see `docs/performance/send.md`.
        """
        try:
            message: Any = await self._bot.request.post(
                f"{self._bot.base_url}/{method}",
                cast("Any", body),
                connect_timeout=_CONNECT_SECONDS,
                write_timeout=_WRITE_SECONDS,
                read_timeout=_READ_SECONDS,
            )
            return Sent(message["message_id"])
        except TelegramError as error:
            return outcome_of(error)
        except Exception as error:
            log.exception("alert_crashed", chat=address.chat_id)
            return outcome_of(error)

    async def edit(
        self, address: Address, kind: ChatKind, message_id: int, letter: Letter
    ) -> Outcome:
        """Put the letter in a sent message's place; Sent also where nothing differs."""
        outcome = await self.change(address, message_id, letter)
        if isinstance(outcome, Throttled):
            self._throttled(address, kind, outcome.retry_after)
        self._meter.edited(outcome)
        return outcome

    async def change(self, address: Address, message_id: int, letter: Letter) -> Outcome:
        """Do the same beside the lane, with a message that was told."""
        body = changed_message(address, message_id, letter)
        outcome = await self._call(_EDIT, address, body)
        if isinstance(outcome, Refused) and "message is not modified" in outcome.detail.lower():
            return Sent(message_id)
        return outcome

    def _throttled(self, address: Address, kind: ChatKind, seconds: float) -> None:
        """Obey a 429, and tell what it pauses."""
        self._outage.answered()
        everything = self._lane.throttled(address.chat_id, kind, seconds)
        pauses = "alerts" if everything else "chat"
        self._meter.throttled(pauses)
        log.warning("telegram_throttled", concerns=pauses, chat=address.chat_id, seconds=seconds)
