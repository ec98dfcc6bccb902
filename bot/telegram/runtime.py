"""Starts and stops the bot's side that talks with readers."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError
from bot.domain.redaction import redact
from bot.services.meter import Meter
from bot.telegram.application import AnyApplication
from bot.telegram.faults import FloodError
from bot.telegram.menus import set_administrators_menu
from bot.telegram.outage import Outage
from bot.telegram.outcomes import TOKEN_REFUSED
from bot.telegram.poller import Poller
from bot.telegram.request import AiohttpRequest
from bot.telegram.updates import PerChatProcessor

log = structlog.get_logger(__name__)

#: Seconds.
_PATIENCE: Final = 5.0
#: For what only has to be closed.
_LEAST_PATIENCE: Final = 0.5
#: What Telegram says of an administrator who has not written to the bot yet; with /start, they have
#: their menu.
_STRANGER: Final = "chat not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The command menu in one language, and what the bot says of itself."""

    #: ISO 639-1; empty for everybody whose language has no menu of its own.
    language: str
    #: Commands without their slash, each with its description.
    commands: tuple[tuple[str, str], ...]
    #: What stands in a chat before it begins, and on the bot's profile; empty to leave them.
    description: str = ""
    about: str = ""


class Receiver(Protocol):
    """How updates come in: fetched, or brought."""

    async def run(self) -> None:
        """Receive until cancelled; raise BotRefusedError where that is of no use."""

    def close(self) -> None:
        """Take nothing more that would count as handled: the bot is about to stop."""

    async def confirm(self) -> None:
        """Have Telegram forget what was handled, as far as it does not yet know."""


async def _no_administrators() -> Mapping[int, str]:
    return {}


class TelegramBot:
    """Runs from `start` to `stop`; requests can be made from `start` on.

    Updates are fetched, unless another `receiver` is given.

    Where Telegram cannot be reached at the start, it is tried again in the background, ever more
    slowly, and the rest of the program goes on meanwhile. What ends the bot later is given to
    `on_fatal`, once: a BotRefusedError, or an exception that is a fault of ours.
    """

    def __init__(
        self,
        application: AnyApplication,
        *,
        menus: Sequence[Menu],
        on_fatal: Callable[[Exception], None],
        receiver: Receiver | None = None,
        administrators: Callable[[], Awaitable[Mapping[int, str]]] = _no_administrators,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        meter: Meter | None = None,
    ) -> None:
        self._application = application
        self._menus = menus
        self._on_fatal = on_fatal
        #: Asked once, when Telegram answers: the chats that have a menu of their own, each with the
        #: language that it chose, or "".
        self._administrators = administrators
        self._sleep = sleep
        self._outage = Outage("start", meter=meter)
        self._receiver = receiver or Poller(
            application.bot, application.update_queue.put_nowait, sleep=self._sleep, meter=meter
        )
        self._running: asyncio.Task[None] | None = None

    @property
    def application(self) -> AnyApplication:
        return self._application

    async def start(self) -> None:
        """Check the token and begin; raises BotRefusedError where Telegram does not know it."""
        try:
            pause = await self._connect()
        except BaseException:
            await self._application.bot.shutdown()
            raise
        self._running = asyncio.create_task(self._guard(pause))

    def begin_stop(self) -> None:
        """Leave to Telegram what it could not bring back after `stop` had given it up."""
        self._receiver.close()

    async def stop(self, patience: float = _PATIENCE) -> None:
        """Receive nothing more, finish what was received, and close the connections.

        What Telegram has not answered within these seconds is given up; the updates that it
        concerns are not confirmed, so that they may come again. Those that were brought by webhook
        are confirmed already.
        """
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            self._running = None
        if self._application.running and await self._finish(patience):
            await self._receiver.confirm()
        await self._application.shutdown()
        # An application that never got through to Telegram leaves its bot's connections open.
        await self._application.bot.shutdown()

    async def _finish(self, patience: float) -> bool:
        """Have the application stop; return whether it could handle everything."""
        stopping = asyncio.create_task(self._application.stop())
        done, _ = await asyncio.wait({stopping}, timeout=max(patience, _LEAST_PATIENCE))
        if not done:
            self._give_up()
        await stopping
        return bool(done)

    def _give_up(self) -> None:
        processor, request = self._application.update_processor, self._application.bot.request
        updates = processor.close() if isinstance(processor, PerChatProcessor) else 0
        if isinstance(request, AiohttpRequest):
            request.give_up()
        log.warning("replies_given_up", updates=updates)

    async def _connect(self) -> float | None:
        """Ask Telegram who we are; return how long to wait before the next try, None if it said."""
        try:
            await self._application.initialize()
        except InvalidToken:  # whose text holds the token
            raise BotRefusedError(TOKEN_REFUSED) from None
        except FloodError as error:
            return self._outage.throttled(error.retry_after.total_seconds())
        except TelegramError as error:
            return self._outage.failed(redact(str(error)))
        self._outage.answered()
        log.info("telegram_connected", bot=self._application.bot.username)
        return None

    async def _guard(self, pause: float | None) -> None:
        try:
            await self._run(pause)
        except BotRefusedError as error:  # told in the log by whoever stops for it
            self._on_fatal(error)
        except Exception as error:
            log.exception("telegram_crashed")
            self._on_fatal(error)

    async def _run(self, pause: float | None) -> None:
        while pause is not None:
            await self._sleep(pause)
            pause = await self._connect()
        await self._application.start()
        # No reader waits for the menus.
        work = [asyncio.create_task(one) for one in (self._receiver.run(), self._set_menus())]
        try:
            await asyncio.gather(*work)
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _set_menus(self) -> None:
        for menu in self._menus:
            try:
                await self._set_menu(menu)
            except TelegramError as error:
                log.warning("menu_not_set", language=menu.language, fault=redact(str(error)))
        for chat_id, language in (await self._administrators()).items():
            try:
                await set_administrators_menu(self._application.bot, chat_id, language)
            except TelegramError as error:
                is_stranger = _STRANGER in str(error).lower()
                tell = log.info if is_stranger else log.warning
                tell("menu_not_set", chat=chat_id, fault=redact(str(error)))

    async def _set_menu(self, menu: Menu) -> None:
        bot, code = self._application.bot, menu.language or None
        await bot.set_my_commands(menu.commands, language_code=code)
        if menu.description:
            await bot.set_my_description(menu.description, language_code=code)
        if menu.about:
            await bot.set_my_short_description(menu.about, language_code=code)
