"""Receives updates by webhook: Telegram brings them, instead of being asked for them.

The rules, numbered:

1. The webhook is set at every start, with the secret. What has piled up meanwhile is kept; it comes
   at once where the secret is another one than before.
2. Where Telegram cannot be reached, it is tried again after 1, 2, 4 … 30 s, for as long as it
   takes; a 429 is waited for.
3. A token that is refused ends it, and so does an address that Telegram does not take. A host that
   cannot be resolved may be one whose name server is slow: that is tried again.
4. An update is taken as soon as it is in the queue of what is to be handled. One that comes again,
   since Telegram did not hear that it was taken, is taken again and handled once.
5. An update that cannot be read is taken as well, and told: Telegram would hold up its chat for a
   day with bringing it again.
6. From the stop on nothing is taken: Telegram keeps it and brings it to the next run. The webhook
   stays set. Updates wait at Telegram with it or without it, so that taking it away would only be
   one call more for a bot that should end soon, and that call may fail.
7. Now and then Telegram is asked how it fares: the log tells when it cannot reach us, and when it
   can again. A webhook that is not ours any more is another program at work with the token, which
   ends this one: to set it again and again would only be a fight.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.domain.errors import BotRefusedError
from bot.domain.reachability import Change, Reachability
from bot.domain.redaction import redact
from bot.services.meter import Meter
from bot.telegram.faults import FloodError
from bot.telegram.identity import report_of
from bot.telegram.outage import Outage
from bot.telegram.outcomes import TOKEN_REFUSED
from bot.telegram.poller import ALLOWED_UPDATES

log = structlog.get_logger(__name__)

#: An update is taken within milliseconds: more would only be more connections.
_CONNECTIONS: Final = 20
#: Seconds between two reports.
_BETWEEN_REPORTS: Final = 60.0
#: How many updates are remembered as taken: an hour of a bot that is busy.
_REMEMBERED: Final = 20_000
_ADDRESS_REFUSED: Final = ("webhook", "secret token")
_UNRESOLVED: Final = "resolve host"
_NOT_OURS: Final = (
    "Another program changed this bot's webhook while it ran, and Telegram serves either: stop "
    "that program and start Dekbot again, which sets its own, or get a token of its own from "
    "@BotFather."
)


class Webhook:
    """Gives every update that comes to `deliver`, in order and once."""

    def __init__(
        self,
        bot: Bot,
        deliver: Callable[[Update], None],
        *,
        url: str,
        secret: str,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        meter: Meter | None = None,
    ) -> None:
        self._bot = bot
        self._deliver = deliver
        self._url = url
        self._secret = secret
        self._sleep = sleep
        self._outage = Outage("webhook", meter=meter)
        self._reachability = Reachability()
        self._takes = False
        self._came = False
        self._taken: OrderedDict[int, None] = OrderedDict()

    def take(self, update: Mapping[str, Any]) -> bool:
        """Take an update to be handled; return False where none is taken now.

        Raises ValueError for what is no update at all.
        """
        number = update.get("update_id")
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError("an update has a number")  # noqa: TRY004 - its type is what it says
        if not self._takes:
            return False
        self._came = True
        if number not in self._taken:
            self._hand_over(number, update)
            self._taken[number] = None
            if len(self._taken) > _REMEMBERED:
                self._taken.popitem(last=False)
        return True

    async def run(self) -> None:
        """Take updates until cancelled; raise BotRefusedError where that is of no use."""
        self._takes = True
        try:
            await self._until_done(self._set)
            log.info("webhook_set", url=self._url)
            while True:
                await self._until_done(self._look)
                await self._sleep(_BETWEEN_REPORTS)
        finally:
            self.close()

    def close(self) -> None:
        """Take nothing more (rule 6)."""
        self._takes = False

    async def confirm(self) -> None:
        """Do nothing: what was taken is confirmed already."""

    def _hand_over(self, number: int, update: Mapping[str, Any]) -> None:
        try:
            read = Update.de_json(dict(update), self._bot)
        except Exception:  # whatever python-telegram-bot stumbles over
            log.exception("update_unreadable", update=number)
            return
        self._deliver(read)

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=_CONNECTIONS,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            words = redact(error.message)
            if not _is_final(words.lower()):
                raise
            raise BotRefusedError(
                f"DEKBOT_WEBHOOK_URL: Telegram does not take {self._url} and says: {words}; "
                "expected a public https address that leads to this bot"
            ) from None

    async def _look(self) -> None:
        report = report_of(await self._bot.get_webhook_info())
        if report.url != self._url:
            raise BotRefusedError(_NOT_OURS)
        came, self._came = self._came, False
        change = self._reachability.judge(report, came=came)
        if change is Change.BROKEN:
            log.warning("webhook_failing", fault=redact(report.failure), waiting=report.waiting)
        elif change is Change.MENDED:
            log.info("webhook_working", waiting=report.waiting)

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        """Take a step, again and again until it succeeds (rules 2 and 3)."""
        while True:
            try:
                await step()
            except FloodError as error:
                pause = self._outage.throttled(error.retry_after.total_seconds())
            except InvalidToken:
                raise BotRefusedError(TOKEN_REFUSED) from None
            except BotRefusedError:
                raise
            except Exception as error:
                if not isinstance(error, TelegramError):
                    log.exception("webhook_unchecked")
                pause = self._outage.failed(redact(str(error))) or 0.0
            else:
                self._outage.answered()
                return
            await self._sleep(pause)


def _is_final(words: str) -> bool:
    """Return whether Telegram would say so again, however often it is asked (rule 3)."""
    return _UNRESOLVED not in words and any(one in words for one in _ADDRESS_REFUSED)
