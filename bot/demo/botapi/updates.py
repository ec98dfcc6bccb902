"""Updates on their way to the bot."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Final

from bot.demo.botapi.errors import Refusal

#: Sent only to bots that ask for them.
_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICTS: Final = {
    "terminated": "Terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    "webhook": "Terminated by setWebhook request",
}
_MOST: Final = 100
_LONGEST_WAIT: Final = 50


class Updates:
    """The queue that `getUpdates` empties, or a webhook; an offset confirms what came before."""

    def __init__(self, first_id: int = 700_000_001) -> None:
        self._next_id = first_id
        self._waiting: deque[dict[str, Any]] = deque()
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[str] | None = None
        self._closed = False
        #: Set while a poll waits: the bot is there and idle.
        self.polled = asyncio.Event()
        #: What `getWebhookInfo` tells of the webhook, while there is one.
        self.webhook: dict[str, Any] | None = None
        self.on_added: Callable[[], None] = _nothing

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update, unless the bot asked for other kinds only."""
        if not (kind not in _ON_REQUEST if self._allowed is None else kind in self._allowed):
            return
        self._waiting.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self._wake("updates")
        self.on_added()

    @property
    def waiting(self) -> tuple[dict[str, Any], ...]:
        """What is not confirmed yet, the oldest first."""
        return tuple(self._waiting)

    def forget(self, update_id: int) -> None:
        """Take one for confirmed, wherever it stands."""
        self._waiting = deque(one for one in self._waiting if one["update_id"] != update_id)

    def abort_poll(self) -> None:
        """Refuse the poll that waits, since a webhook is set."""
        self._wake("webhook")

    def allow(self, kinds: Iterable[str]) -> None:
        """Deliver these kinds from now on; all but the ones on request when there are none."""
        self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed or ())

    def drop(self) -> None:
        self._waiting.clear()

    def close(self) -> None:
        """Answer the poll that waits, and every later one, at once."""
        self._closed = True
        self._wake("closed")

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 - a field of the Bot API
        """Return what waits, after `timeout` seconds at most; the older of two polls is refused."""
        if self.webhook is not None:
            raise Refusal.conflict(
                "Can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._wake("terminated")
        self._confirm(offset)
        if not self._waiting and timeout > 0 and not self._closed:
            await self._wait(min(timeout, _LONGEST_WAIT))
        limit = limit if 0 < limit <= _MOST else _MOST
        return [update for update, _ in zip(self._waiting, range(limit), strict=False)]

    async def _wait(self, seconds: float) -> None:
        own = self._poll = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(seconds):
                why = await own
        except TimeoutError:
            self.polled.clear()
            return
        if why in _CONFLICTS:
            raise Refusal.conflict(_CONFLICTS[why])

    def _confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps so many from the end."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()

    def _wake(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)
            self.polled.clear()


def _nothing() -> None:
    """Nobody waits for updates to be added."""
