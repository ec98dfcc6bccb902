"""/mydata: everything that is stored on a chat, as one JSON document.

A chat may have been alerted for many years. Its deliveries are read and written page by page, so
that neither the database nor any other reader waits for them; what would make the document larger
than Telegram takes is left out, the oldest first, and the document says how many those are.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.subscriber import Subscriber
from bot.services.ports import Clock, Store

#: Telegram takes 50 MB from a bot.
MOST_BYTES: Final = 45_000_000
_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    content: bytes
    #: How many deliveries were left out.
    left_out: int


class Disclosures:
    """The document is UTF-8, its times are in UTC, each delivery is one line."""

    def __init__(self, store: Store, clock: Clock, *, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._clock = clock
        self._most_bytes = most_bytes

    async def of(self, subscriber: Subscriber, about: str) -> Disclosure:
        """Return everything on the chat; `about` is said at the head of it."""
        async with self._store.reading() as records:
            holdings = await records.disclosure.holdings(subscriber.id)
            total = await records.disclosure.count_deliveries(subscriber.id)
        head = {"about": about, "made_at": self._clock().astimezone(UTC), **holdings}
        lines = await self._deliveries(subscriber)
        left_out = max(0, total - len(lines))
        if left_out:
            head["deliveries_left_out"] = left_out
        parts = [_block(head).removesuffix(b"\n}"), b',\n "deliveries": [\n', b",\n".join(lines)]
        return Disclosure(content=b"".join([*parts, b"\n ]\n}\n"]), left_out=left_out)

    async def _deliveries(self, subscriber: Subscriber) -> list[bytes]:
        """Return the newest deliveries, as many as the document may hold."""
        lines: list[bytes] = []
        size, below = 0, None
        while True:
            async with self._store.reading() as records:
                told, below = await records.disclosure.deliveries(subscriber.id, below, _PAGE)
            for line in map(_line, told):
                size += len(line)
                if size > self._most_bytes:
                    return lines
                lines.append(line)
            if below is None:
                return lines


def _block(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, default=_moment).encode(errors="replace")


def _line(told: dict[str, Any]) -> bytes:
    text = json.dumps(told, ensure_ascii=False, default=_moment)
    return b"  " + text.encode(errors="replace")


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"not to be told: {value!r}")
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
