"""A small WebSub hub on loopback: takes subscriptions, verifies them, and tells of news."""

import asyncio
import hmac
import io
import secrets
from collections import deque
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.aids.servers import start_server


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that the hub got."""

    path: str
    fields: Mapping[str, str]

    @property
    def topic(self) -> str:
        return self.fields["hub.topic"]

    @property
    def callback(self) -> str:
        return self.fields["hub.callback"]

    @property
    def secret(self) -> str:
        return self.fields["hub.secret"]


@dataclass(slots=True, kw_only=True)
class Hub:
    """The hub, from `async with` on at `url`."""

    #: What it makes of the lease that is wished for.
    lease: int = 864_000
    #: How it calls the algorithm that it signs with.
    method: str = "sha256"
    #: Whether it calls back by itself once it has taken a request.
    verifies: bool = True
    asked: list[Asked] = field(default_factory=list)
    #: The next answers to requests, instead of taking them.
    answers: deque[web.Response] = field(default_factory=deque)
    #: What its verifications were answered with, in order.
    verified: list[tuple[int, bytes]] = field(default_factory=list)
    url: str = ""
    _subscribed: dict[tuple[str, str], str] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _runner: web.AppRunner | None = None
    _http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        self._runner, self.url = await start_server(self._handle)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def http(self) -> aiohttp.ClientSession:
        assert self._http is not None, "the hub is not open"
        return self._http

    @property
    def secrets(self) -> set[str]:
        """What nobody but the hub and the bot may know."""
        tokens = {one.callback.rpartition("/")[2] for one in self.asked}
        return tokens | {one.secret for one in self.asked}

    async def verify(self, asked: Asked, **changes: str) -> tuple[int, bytes]:
        """Call back; `changes` put other values in the place of the right ones."""
        challenge = secrets.token_urlsafe(16)
        query = {
            "hub.mode": "subscribe",
            "hub.topic": asked.topic,
            "hub.challenge": challenge,
            "hub.lease_seconds": str(self.lease),
        } | {f"hub.{name}": value for name, value in changes.items()}
        async with self.http.get(asked.callback, params=query) as response:
            answer = response.status, await response.read()
        if answer == (200, challenge.encode()):
            self._subscribed[asked.topic, asked.callback] = asked.secret
        self.verified.append(answer)
        return answer

    async def deny(self, asked: Asked, reason: str) -> int:
        query = {"hub.mode": "denied", "hub.topic": asked.topic, "hub.reason": reason}
        async with self.http.get(asked.callback, params=query) as response:
            return response.status

    async def tell(self, topic: str) -> list[int]:
        """Bring what the topic shows to whoever is subscribed; return how they answer."""
        async with self.http.get(topic) as response:
            body = await response.read()
        return [
            await self.bring(callback, body, self.sign(secret, body))
            for (own, callback), secret in self._subscribed.items()
            if own == topic
        ]

    def sign(self, secret: str, body: bytes) -> str:
        return f"{self.method}={hmac.new(secret.encode(), body, self.method).hexdigest()}"

    async def bring(self, callback: str, body: bytes, signature: str | None) -> int:
        headers = {"Content-Type": "application/rss+xml"}
        if signature is not None:
            headers["X-Hub-Signature"] = signature
        async with self.http.post(callback, data=io.BytesIO(body), headers=headers) as response:
            return response.status

    async def _handle(self, request: web.Request) -> web.Response:
        """Take a request of a subscriber, or a publisher's word that a topic has news."""
        fields = {name: str(value) for name, value in (await request.post()).items()}
        if fields.get("hub.mode") == "publish":
            self._later(self.tell(fields["hub.url"]))
            return web.Response(status=204)
        asked = Asked(path=request.path, fields=fields)
        self.asked.append(asked)
        if self.answers:
            return self.answers.popleft()
        if self.verifies:
            self._later(self.verify(asked))
        return web.Response(status=202)

    def _later(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(_tried(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _tried(work: Coroutine[Any, Any, object]) -> None:
    """Do it where the other side is there; it may have ended by now."""
    with suppress(aiohttp.ClientError):
        await work
