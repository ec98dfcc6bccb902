"""A Bot API that does nothing but take messages, quicker than any bot sends them.

The stand-in checks every call as Telegram does, and takes about a thousand messages a second. Where
a bot's own highest rate is asked for, this server answers instead: it parses no more of a request
than its length and its method, and counts.
"""

import asyncio
import re
import ssl
import time
from typing import Final, cast

_HEAD: Final = re.compile(rb"[A-Z]+ /bot[^/ ]+/(?P<method>\w+)[ ?]")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ME: Final = (
    b'{"id":123456,"is_bot":true,"first_name":"Swift","username":"swift_bot",'
    b'"can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":true}'
)
#: Seconds that a request for updates is held.
_HOLD: Final = 1.0


class Counts:
    """What was taken, and when."""

    def __init__(self) -> None:
        self.messages = 0
        self.first_at = 0.0
        self.last_at = 0.0

    def take(self) -> int:
        """Count a message; return its number."""
        self.last_at = time.monotonic()
        if not self.messages:
            self.first_at = self.last_at
        self.messages += 1
        return self.messages


class _Connection(asyncio.Protocol):
    def __init__(self, counts: Counts, latency: float) -> None:
        self._counts, self._latency = counts, latency
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._received, 0, end)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._received) < whole:
            return
        head = _HEAD.match(self._received)
        self._received = self._received[whole:]
        self._answer(head["method"].lower() if head else b"")

    def _answer(self, method: bytes) -> None:
        delay = self._latency
        match method:
            case b"sendmessage":
                result = b'{"message_id":%d,"date":0}' % self._counts.take()
            case b"getme":
                result = _ME
            case b"getupdates":
                result, delay = b"[]", _HOLD
            case b"getwebhookinfo":
                result = b'{"url":"","has_custom_certificate":false,"pending_update_count":0}'
            case _:
                result = b"true"
        body = b'{"ok":true,"result":%b}' % result
        answer = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(body), body)
        )
        if delay:
            asyncio.get_running_loop().call_later(delay, self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


async def start(
    host: str, counts: Counts, *, latency: float = 0.0, context: ssl.SSLContext | None = None
) -> asyncio.Server:
    """Listen on a free port; whoever starts it closes it."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: _Connection(counts, latency), host, 0, ssl=context)
