"""The lane that alerts go through, at the pace that Telegram allows.

The rules, numbered:

1. Turns are given out evenly: one every 1/rate seconds. Nothing is saved up while the lane is
   idle; only a delay of the event loop itself is made up for, up to `_SLACK` seconds. So a second
   never sees more than the rate, 2 % and one message. Where turns are closer than `_TICK`, the loop
   is not woken for each of them: those of one tick are given out together.
2. A chat gets one turn a second, a group or a channel also at most twenty within any minute.
3. Who waits for the lane is served in the order of coming. Who waits for a chat's own pace stands
   aside meanwhile and holds up nobody but that chat.
4. A 429 from a group or channel pauses that chat alone; replies count towards its limit as well,
   and those the lane does not see.
5. A 429 from a private chat pauses the whole lane, because the lane keeps that chat's own limit by
   itself: Telegram means the bot.
6. Replies to readers do not go through here, so nothing here ever delays them.
7. A turn that is no longer waited for is not used up.
8. Who stands behind (`turn_behind`: broadcasts) gets a turn only while no alert stands in line, and
   one at a time. So an alert waits for one message of a broadcast at most, however long that is.
9. Nothing is kept on a chat that may be written to at once and for which nobody waits.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.subscriber import ChatKind

Sleep = Callable[[float], Awaitable[object]]

CHAT_INTERVAL: Final = 1.0
GROUP_MINUTE: Final = 60.0
GROUP_MESSAGES: Final = 20
#: Seconds that a late turn may be early the next time; less than the pause between two turns at
#: Telegram's usual rate, so that two turns never fall together.
_SLACK: Final = 0.02
#: The shortest sleep, in seconds; less than `_SLACK`, which makes up for it.
_TICK: Final = 0.005
#: Seconds between two sweeps for chats that are at rest.
_SWEEP: Final = 5.0


@dataclass(slots=True)
class _Chat:
    #: No turn before this.
    ready_at: float = 0.0
    #: When the last messages went out to a group or a channel, the oldest first.
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))
    #: Held by the one of the chat's messages that is next.
    next: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many wait, the next one included.
    waiting: int = 0

    def at_rest(self, now: float) -> bool:
        remembered = self.sent[-1] + GROUP_MINUTE if self.sent else 0.0
        return not self.waiting and max(self.ready_at, remembered) <= now


class Lane:
    """Gives out turns to send, `rate` a second (see the rules above)."""

    def __init__(
        self,
        rate: float,
        *,
        clock: Callable[[], float] | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`clock` tells monotonic seconds; the event loop's by default."""
        self._interval = 1 / rate
        self._least_sleep = _TICK if self._interval < _TICK else 0.0
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._chats: dict[int, _Chat] = {}
        self._gate = asyncio.Lock()
        #: How many alerts stand in line, and whether there are none.
        self._in_line = 0
        self._nobody_in_line = asyncio.Event()
        self._nobody_in_line.set()
        #: Held by the one that stands behind them and is next.
        self._behind = asyncio.Lock()
        self._open_at = 0.0
        self._sweep_at = 0.0

    @property
    def remembered(self) -> int:
        """How many chats something is kept on."""
        return len(self._chats)

    async def turn(self, chat_id: int, kind: ChatKind) -> None:
        """Return when a message to the chat may be sent; to be sent at once."""
        self._sweep()
        chat = self._chats.get(chat_id) or self._chats.setdefault(chat_id, _Chat())
        if self._is_free(chat):
            self._use(chat, kind)
            return
        chat.waiting += 1
        try:
            async with chat.next:
                await self._take(chat, kind)
        finally:
            chat.waiting -= 1

    async def turn_behind(self, chat_id: int, kind: ChatKind) -> None:
        """Return as `turn` does, once nobody waits by `turn` (rule 8)."""
        self._sweep()
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.waiting += 1
        try:
            while not await self._take_behind(chat, kind):
                pass
        finally:
            chat.waiting -= 1

    def pause(self, seconds: float) -> None:
        """Give out no turns for so long."""
        self._open_at = max(self._open_at, self._clock() + seconds)

    def pause_chat(self, chat_id: int, seconds: float) -> None:
        """Give the chat no turns for so long."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.ready_at = max(chat.ready_at, self._clock() + seconds)

    def throttled(self, chat_id: int, kind: ChatKind, seconds: float) -> bool:
        """Obey a 429 (rules 4 and 5); return whether the whole lane pauses for it."""
        if kind is ChatKind.PRIVATE:
            self.pause(seconds)
            return True
        self.pause_chat(chat_id, seconds)
        return False

    def _is_free(self, chat: _Chat) -> bool:
        """Return whether a turn may be taken at once, with nobody to stand behind."""
        if chat.waiting or self._in_line or self._gate.locked():
            return False
        return max(chat.ready_at, self._open_at) <= self._clock()

    async def _take(self, chat: _Chat, kind: ChatKind) -> None:
        while True:
            await self._until(lambda: chat.ready_at)
            if await self._stand_in_line(chat, kind):
                return

    async def _stand_in_line(self, chat: _Chat, kind: ChatKind) -> bool:
        self._in_line += 1
        self._nobody_in_line.clear()
        try:
            async with self._gate:
                return await self._pass(chat, kind)
        finally:
            self._in_line -= 1
            if not self._in_line:
                self._nobody_in_line.set()

    async def _take_behind(self, chat: _Chat, kind: ChatKind) -> bool:
        """Try to take a turn; an alert to the same chat goes first, too."""
        await self._until(lambda: chat.ready_at)
        if chat.next.locked():
            async with chat.next:
                return False
        async with self._behind:
            while self._in_line:
                await self._nobody_in_line.wait()
            async with self._gate:
                return await self._pass(chat, kind)

    async def _pass(self, chat: _Chat, kind: ChatKind) -> bool:
        """Use the next turn; False where the chat was paused while it stood in line."""
        await self._until(lambda: self._open_at)
        if chat.ready_at > self._clock():
            return False
        self._use(chat, kind)
        return True

    async def _until(self, moment: Callable[[], float]) -> None:
        """Wait for the moment, which a pause may put off meanwhile."""
        while (delay := moment() - self._clock()) > 0:
            await self._sleep(max(delay, self._least_sleep))

    def _use(self, chat: _Chat, kind: ChatKind) -> None:
        now = self._clock()
        self._open_at = max(self._open_at, now - _SLACK) + self._interval
        chat.ready_at = now + CHAT_INTERVAL
        if kind.is_shared:
            chat.sent.append(now)
            if len(chat.sent) == GROUP_MESSAGES:
                chat.ready_at = max(chat.ready_at, chat.sent[0] + GROUP_MINUTE)

    def _sweep(self) -> None:
        now = self._clock()
        if now < self._sweep_at:
            return
        self._sweep_at = now + _SWEEP
        for chat_id in [key for key, chat in self._chats.items() if chat.at_rest(now)]:
            del self._chats[chat_id]
