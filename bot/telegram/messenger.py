"""Sends alerts.

1. A turn of the lane comes first, then the request; whatever happens becomes an outcome.
2. A 429 pauses what it concerns (see `bot.telegram.lane`).
3. Where Telegram cannot be reached, or does not answer, the lane pauses: 1 s, then 2, 4 … 30 s
   until something is answered. All requests that were under way together count once.
"""

import time
from typing import Any, Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.domain.delivery import Outcome, Refused, Sent, Throttled, Unanswered, Unreachable
from bot.domain.subscriber import Address, ChatKind
from bot.services.meter import Meter, Unmetered
from bot.telegram.lane import Lane
from bot.telegram.markup import raw_markup
from bot.telegram.outage import Outage
from bot.telegram.outcomes import outcome_of
from bot.texts.letter import Letter, Preview

log = structlog.get_logger(__name__)

#: Becomes sendMessage. python-telegram-bot warns at every call where one of its own methods is
#: called by its plain name; its method would build a Message that nobody reads.
_METHOD: Final = "send_Message"
_EDIT: Final = "edit_MessageText"
#: What sendMessage knows and editMessageText does not.
_NOT_IN_EDITS: Final = (
    "message_thread_id",
    "reply_parameters",
    "disable_notification",
    "allow_paid_broadcast",
)
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
        outcome = await self._call(_METHOD, address, self._arguments(address, letter))
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
        arguments = self._arguments(address, letter)
        arguments.pop("allow_paid_broadcast", None)
        return await self._call(_METHOD, address, arguments)

    async def _call(self, method: str, address: Address, arguments: dict[str, Any]) -> Outcome:
        try:
            message = await self._bot.do_api_request(
                method,
                api_kwargs=arguments,
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
        arguments = self._arguments(address, letter)
        for name in _NOT_IN_EDITS:
            arguments.pop(name, None)
        outcome = await self._call(_EDIT, address, {**arguments, "message_id": message_id})
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

    def _arguments(self, address: Address, letter: Letter) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "chat_id": address.chat_id,
            "text": letter.html,
            "parse_mode": "HTML",
            "link_preview_options": preview_options(letter),
        }
        if address.thread_id:
            arguments["message_thread_id"] = address.thread_id
        if letter.reply_to is not None:
            # The reader may have deleted the earlier message; the alert comes all the same.
            arguments["reply_parameters"] = {
                "message_id": letter.reply_to,
                "allow_sending_without_reply": True,
            }
        if letter.silent:
            arguments["disable_notification"] = True
        if self._paid_broadcast:
            arguments["allow_paid_broadcast"] = True
        keyboard = raw_markup(letter.rows)
        if keyboard:
            arguments["reply_markup"] = keyboard
        return arguments


def preview_options(letter: Letter) -> dict[str, Any]:
    """Return the letter's link preview as the Bot API's LinkPreviewOptions."""
    if letter.preview is Preview.NONE:
        return {"is_disabled": True}
    size = "prefer_large_media" if letter.preview is Preview.LARGE else "prefer_small_media"
    address = {"url": letter.preview_url} if letter.preview_url else {}
    return {size: True, **address}
