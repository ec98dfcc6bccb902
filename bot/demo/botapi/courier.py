"""Brings updates to the bot's webhook, as Telegram's own server does.

The rules, numbered:

1. The updates of one chat are brought one after another, in order; chats do not wait for each
   other, but for one of the webhook's connections.
2. Any answer from 200 to 299 confirms the update. What else the answer says is not looked at: the
   stand-in knows no calls of methods in answers.
3. After anything else the update is brought again: at once, then after 2, 4, 8 … 60 s, or when the
   answer's Retry-After says; the chat's other updates wait behind it.
4. `getWebhookInfo` tells of the last failure until the webhook is set anew.
5. An address beyond this machine is never called: its updates pile up.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Any, Final

import aiohttp

from bot.demo.botapi.updates import Updates
from bot.demo.botapi.webhooks import Webhook

_LONGEST_PAUSE: Final = 60.0
#: Seconds that a call may take.
_PATIENCE: Final = 60.0
_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class Undelivered(Exception):  # noqa: N818 - what getWebhookInfo tells, not a fault of ours
    """Why an update was not confirmed, in Telegram's words."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Courier:
    """Brings what waits to one webhook at a time; `local` and `pause` as the stand-in has them."""

    def __init__(
        self,
        updates: Updates,
        *,
        wall_clock: Callable[[], float],
        local: bool = False,
        pause: float = 2.0,
    ) -> None:
        self.local = local
        self.webhook: Webhook | None = None
        self._updates = updates
        self._wall_clock = wall_clock
        self._pause = pause
        self._session: aiohttp.ClientSession | None = None
        self._connections = asyncio.Semaphore()
        self._lines: dict[object, asyncio.Task[None]] = {}
        self._failure: dict[str, Any] = {}
        updates.on_added = self._look

    async def serve(self, webhook: Webhook) -> None:
        """Bring updates there from now on, those that wait first."""
        await self.stop()
        self.webhook = webhook
        self._connections = asyncio.Semaphore(webhook.max_connections)
        self._updates.webhook = webhook.as_info()
        if webhook.is_near:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=_PATIENCE),
                connector=aiohttp.TCPConnector(limit=0),
            )
            self._look()

    async def stop(self) -> None:
        """Forget the webhook; what is under way is broken off, and waits on."""
        lines, self._lines = list(self._lines.values()), {}
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        self.webhook = self._updates.webhook = None
        self._failure = {}

    def info(self) -> dict[str, Any]:
        """Return what `getWebhookInfo` tells of the last failure."""
        return dict(self._failure)

    def _look(self) -> None:
        """Begin a line for each chat whose updates wait for nobody yet."""
        if self._session is None or self.webhook is None:
            return
        for update in self._updates.waiting:
            key = _line_of(update)
            if key not in self._lines:
                line = self._bring(key, self._session, self.webhook)
                self._lines[key] = asyncio.create_task(line)

    async def _bring(self, key: object, session: aiohttp.ClientSession, webhook: Webhook) -> None:
        failures = 0
        while update := next((u for u in self._updates.waiting if _line_of(u) == key), None):
            try:
                async with self._connections:
                    await _call(session, webhook, update)
            except Undelivered as error:
                failures += 1
                self._failure = {
                    "last_error_date": int(self._wall_clock()),
                    "last_error_message": str(error),
                }
                await asyncio.sleep(error.retry_after or self._pause_after(failures))
            else:
                failures = 0
                self._updates.forget(update["update_id"])
        del self._lines[key]

    def _pause_after(self, failures: int) -> float:
        return min(self._pause * 2 ** (failures - 2), _LONGEST_PAUSE) if failures > 1 else 0.0


async def _call(session: aiohttp.ClientSession, webhook: Webhook, update: dict[str, Any]) -> None:
    """Return when the update is confirmed; raises `Undelivered`."""
    headers = {_SECRET_HEADER: webhook.secret} if webhook.secret else {}
    try:
        async with session.post(
            webhook.url, json=update, headers=headers, allow_redirects=False
        ) as response:
            if 200 <= response.status <= 299:  # noqa: PLR2004 - rule 2
                return
            wait = response.headers.get("Retry-After", "")
            raise Undelivered(
                f"Wrong response from the webhook: {response.status} {response.reason}",
                float(wait) if wait.isdecimal() else None,
            )
    except aiohttp.ClientConnectorError as error:
        raise Undelivered(os.strerror(error.errno or 0)) from None
    except TimeoutError:
        raise Undelivered("Read timeout expired") from None
    except aiohttp.ClientError:
        raise Undelivered("Connection reset by peer") from None


def _line_of(update: dict[str, Any]) -> object:
    """Return what an update waits behind: others of its kind, from its chat or its person."""
    (kind,) = update.keys() - {"update_id"}
    payload = update[kind]
    return kind, (payload.get("chat") or payload["from"])["id"]
