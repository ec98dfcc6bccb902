"""Fetches updates by long polling.

The rules, numbered; python-telegram-bot's own updater keeps silent about time-outs and a token that
was revoked, and cannot tell when an outage is over:

1. A webhook that is set is taken away first, since Telegram serves either. What has piled up
   meanwhile is kept.
2. A fetched update is confirmed with the next fetch, and the last ones by `confirm`.
3. Where Telegram cannot be reached, it is tried again after 1, 2, 4 … 30 s, for as long as it
   takes; the log tells when that begins and when it ends.
4. A 429 is waited for.
5. A token that is refused ends the polling.
6. So does another process with the same token: it gets our updates, and we its. A single conflict
   may come from a process that is just ending; `_MOST_CONFLICTS` in a row do not. Of two processes
   one loses first, and the other one goes on. A webhook that is set while we poll is such a
   process, too: to take it away again and again would only be a fight.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError
from bot.domain.redaction import redact
from bot.services.meter import Meter
from bot.telegram.faults import FloodError
from bot.telegram.outage import Outage
from bot.telegram.outcomes import TOKEN_REFUSED

log = structlog.get_logger(__name__)

#: The kinds of updates the handlers know.
ALLOWED_UPDATES: Final = (
    "message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
_OTHER_PROCESS: Final = (
    "Another process works with this bot's token: stop that one, or get a token of its own from "
    "@BotFather."
)
_OTHER_WEBHOOK: Final = (
    "Another program set a webhook for this bot while it ran, and Telegram serves either: stop "
    "that program and start Dekbot again, which takes the webhook away, or get a token of its own "
    "from @BotFather."
)
_POLL: Final = timedelta(seconds=25)
_MOST_CONFLICTS: Final = 3
_CONFLICT_PAUSE: Final = 1.0
_LAST_WORD_SECONDS: Final = 2.0


class Poller:
    """Gives every update to `deliver`, in order."""

    def __init__(
        self,
        bot: Bot,
        deliver: Callable[[Update], None],
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        meter: Meter | None = None,
    ) -> None:
        self._bot = bot
        self._deliver = deliver
        self._sleep = sleep
        self._outage = Outage("updates", meter=meter)
        #: The first update that is not yet fetched; 0 where there was none.
        self._offset = 0
        self._conflicts = 0

    async def run(self) -> None:
        """Fetch until cancelled; raise BotRefusedError where that is of no use (rules 5 and 6)."""
        while not await self._guarded(self._take_over):
            pass
        while True:
            await self._guarded(self._fetch)

    def close(self) -> None:
        """Do nothing: what is fetched and not handled by the end comes again."""

    async def confirm(self) -> None:
        """Tell Telegram which updates need not come again; not to be told is no harm."""
        if not self._offset:
            return
        try:
            await self._bot.get_updates(
                offset=self._offset,
                timeout=timedelta(),
                allowed_updates=ALLOWED_UPDATES,
                connect_timeout=_LAST_WORD_SECONDS,
                read_timeout=_LAST_WORD_SECONDS,
            )
        except TelegramError as error:
            log.info("updates_not_confirmed", fault=redact(str(error)))

    async def _take_over(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _fetch(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=_POLL, allowed_updates=ALLOWED_UPDATES
        )
        for update in updates:
            self._deliver(update)
            self._offset = update.update_id + 1

    async def _guarded(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Take a step; return whether it succeeded, after the pause that its failure asks for."""
        try:
            await step()
        except FloodError as error:
            await self._sleep(self._outage.throttled(error.retry_after.total_seconds()))
        except Conflict as error:
            await self._yield_to_other(redact(str(error)))
        except InvalidToken:
            raise BotRefusedError(TOKEN_REFUSED) from None
        except Exception as error:
            if not isinstance(error, TelegramError):
                log.exception("updates_unreadable")
            await self._sleep(self._outage.failed(redact(str(error))) or 0.0)
        else:
            self._outage.answered()
            self._conflicts = 0
            return True
        return False

    async def _yield_to_other(self, words: str) -> None:
        self._outage.answered()
        self._conflicts += 1
        if self._conflicts >= _MOST_CONFLICTS:
            advice = _OTHER_WEBHOOK if "webhook" in words.lower() else _OTHER_PROCESS
            raise BotRefusedError(f"{advice} Telegram says: {words}") from None
        await self._sleep(_CONFLICT_PAUSE)
