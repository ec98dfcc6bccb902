"""How often a bot may send: token buckets, from which replies take nothing."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.demo.botapi.errors import Refusal

_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Telegram's limits on messages in bulk, as its documents and experience give them."""

    per_second: float = 30
    #: With `allow_paid_broadcast`.
    paid_per_second: float = 1000
    per_chat_second: float = 1
    #: How many messages to one chat may come at once.
    per_chat_burst: int = 5
    group_per_minute: float = 20
    #: How many messages to a chat, after somebody wrote or pressed there, are replies.
    replies: int = 5


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: float
    level: float
    at: float

    def lacks(self, now: float) -> float:
        """Return the seconds until a token is there; 0 when one is."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


class Pace:
    """Refuses what comes too fast; without limits nothing does."""

    def __init__(self, limits: Limits | None, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self._buckets: dict[object, _Bucket] = {}
        self._replies: dict[int, int] = {}

    def expect_replies(self, chat_id: int) -> None:
        """Somebody acted in the chat: what the bot says next there is not bulk."""
        if self._limits is not None:
            self._replies[chat_id] = self._limits.replies

    def take(self, chat_id: int, *, group: bool, paid: bool) -> None:
        """Count a message to the chat; raises `Refusal` when there is no room for it."""
        limits = self._limits
        if limits is None:
            return
        if self._replies.get(chat_id, 0) > 0:
            self._replies[chat_id] -= 1
            return
        total = limits.paid_per_second if paid else limits.per_second
        buckets = [
            self._bucket("paid" if paid else "free", total, total),
            self._bucket(("chat", chat_id), limits.per_chat_second, limits.per_chat_burst),
        ]
        if group:
            per_minute = limits.group_per_minute
            buckets.append(self._bucket(("group", chat_id), per_minute / _MINUTE, per_minute))
        now = self._clock()
        wait = max(bucket.lacks(now) for bucket in buckets)
        if wait > 0:
            raise Refusal.too_many(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, key: object, rate: float, size: float) -> _Bucket:
        if key not in self._buckets:
            self._buckets[key] = _Bucket(rate, max(size, 1), max(size, 1), self._clock())
        return self._buckets[key]
