"""A Bot API that does little but take messages, quicker than any bot sends them.

The stand-in checks every call as Telegram does, and takes about a thousand messages a second: it
would be measured instead of the bot. This server parses no more of a request than its length, its
method and its chat; it keeps the stand-in's limits, and brings what readers write.
"""

import asyncio
import json
import re
import ssl
import time
from collections.abc import Callable
from typing import Any, Final, Self, cast

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.limits import Limits, Pace

#: Readers who write have ids from here on; those below get alerts.
FIRST_READER: Final = 1_000_000_000
TOKEN: Final = "123456:" + "S" * 35
_HEAD: Final = re.compile(rb"[A-Z]+ /bot[^/ ]+/(?P<method>\w+)[ ?]")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHAT: Final = re.compile(rb'"chat_id": ?(-?\d+)')
_ME: Final = json.dumps(
    {"id": 123456, "is_bot": True, "first_name": "Swift", "username": "swift_bot"}
).encode()
_WEBHOOK: Final = b'{"url":"","has_custom_certificate":false,"pending_update_count":0}'
#: Seconds that a request for updates is held.
_HOLD: Final = 2.0


class Swift:
    """The server's state; used as a context manager, it listens."""

    token: Final = TOKEN

    def __init__(
        self,
        host: str,
        *,
        limits: Limits | None = None,
        latency: float = 0.0,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """`latency` is how many seconds each answer takes."""
        self.latency = latency
        #: When each alert was taken, by the monotonic clock.
        self.alerts: list[float] = []
        self.refused = 0
        self.updates_asked = 0
        self._pace = Pace(limits, time.monotonic)
        self._host, self._ssl = host, ssl_context
        self._server: asyncio.Server | None = None
        self._messages = 0
        self._updates: list[dict[str, Any]] = []
        self._update_id = 0
        #: Who asked for updates, and is told of the next one.
        self._holding: Callable[[bytes], None] | None = None
        self._answered: dict[int, asyncio.Future[None]] = {}

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("the server does not listen")
        port = self._server.sockets[0].getsockname()[1]
        return f"http{'s' if self._ssl else ''}://{self._host}:{port}"

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self), self._host, 0, ssl=self._ssl
        )
        return self

    async def __aexit__(self, *raised: object) -> None:
        if self._server is not None:
            self._server.close()

    async def ask(self, number: int, text: str) -> None:
        """Have a reader write; return when the bot's next message has reached them."""
        chat_id = FIRST_READER + number
        self._answered[chat_id] = answered = asyncio.get_running_loop().create_future()
        self._pace.expect_replies(chat_id)
        self._update_id += 1
        self._updates.append(_update(self._update_id, chat_id, text))
        if self._holding is not None:
            self.give_updates(self._holding)
        await answered

    def ask_for_updates(self, answer: Callable[[bytes], None]) -> None:
        self.updates_asked += 1
        self._holding = answer
        if self._updates:
            self.give_updates(answer)
        else:
            asyncio.get_running_loop().call_later(_HOLD, self.give_updates, answer)

    def give_updates(self, to: Callable[[bytes], None]) -> None:
        """Give what there is to whoever still waits for it."""
        if self._holding is to:
            given, self._updates, self._holding = self._updates, [], None
            to(_success(json.dumps(given).encode()))

    def take(self, body: bytes) -> tuple[bytes, int | None]:
        """Take a message; return the answer, and the reader whom it reaches with it."""
        found = _CHAT.search(body)
        chat_id = int(found[1]) if found else 0
        try:
            self._pace.take(chat_id, group=False, paid=b'"allow_paid_broadcast"' in body)
        except Refusal as refusal:
            self.refused += 1
            return _refused(refusal), None
        self._messages += 1
        if chat_id < FIRST_READER:
            self.alerts.append(time.monotonic())
        return _success(b'{"message_id":%d,"date":0}' % self._messages), chat_id

    def reached(self, chat_id: int) -> None:
        answered = self._answered.pop(chat_id, None)
        if answered is not None and not answered.done():
            answered.set_result(None)


class _Connection(asyncio.Protocol):
    def __init__(self, api: Swift) -> None:
        self._api = api
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
        head, body = self._received[:end], self._received[end:whole]
        self._received = self._received[whole:]
        method = _HEAD.match(head)
        self._call(method["method"].lower() if method else b"", body)

    def _call(self, method: bytes, body: bytes) -> None:
        match method:
            case b"getupdates":
                self._api.ask_for_updates(self._write)
            case b"sendmessage":
                answer, chat_id = self._api.take(body)
                self._later(answer, chat_id)
            case b"getme":
                self._later(_success(_ME))
            case b"getwebhookinfo":
                self._later(_success(_WEBHOOK))
            case _:
                self._later(_success(b"true"))

    def _later(self, answer: bytes, chat_id: int | None = None) -> None:
        if self._api.latency:
            loop = asyncio.get_running_loop()
            loop.call_later(self._api.latency, self._write, answer, chat_id)
        else:
            self._write(answer, chat_id)

    def _write(self, answer: bytes, chat_id: int | None = None) -> None:
        if self._transport is not None:
            self._transport.write(answer)
        if chat_id is not None:
            self._api.reached(chat_id)


def _success(result: bytes) -> bytes:
    return _answer(b"200 OK", b'{"ok":true,"result":%b}' % result)


def _refused(refusal: Refusal) -> bytes:
    told = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
        "parameters": refusal.parameters,
    }
    return _answer(b"%d Refused" % refusal.code, json.dumps(told).encode())


def _answer(status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, len(body)) + body


def _update(number: int, chat_id: int, text: str) -> dict[str, Any]:
    """Return the Bot API's Update for a message in a private chat."""
    person = {"id": chat_id, "first_name": "Reader"}
    is_command = text.startswith("/")
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(time.time()),
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False, "language_code": "en"},
            "text": text,
            **({"entities": [entity]} if is_command else {}),
        },
    }
