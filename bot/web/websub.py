"""Where hubs call: the routes of WebSub, and who may call them.

The rules, in their order:

1. Each source has an address that only its hub knows. At any other one nothing is asked for (404),
   and no subscription is left (410), before anything of a body is read.
2. A verification is answered with its challenge where that subscription was asked for, as bytes
   that no browser takes for a page, and with 404 otherwise.
3. What a hub brings is taken piece by piece, up to a limit (413), for its signature, and kept
   nowhere. Whoever signs wrongly or not at all is answered like everybody (202) and passed over,
   as the Recommendation allows, so that nobody can try signatures.
4. Of what was refused the log tells once a minute at most for each reason.
5. While the database is out of reach (503), a hub comes again.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import structlog
from aiohttp import web

from bot.domain.errors import DatabaseError
from bot.domain.hub import is_challenge
from bot.domain.hub_signature import SignatureCheck
from bot.services.hub_callbacks import HubCallbacks
from bot.services.hub_ports import HubRecord
from bot.web.refusals import Refusals

log = structlog.get_logger(__name__)

#: As much as is read of a feed that is fetched.
_MOST_BYTES: Final = 10 << 20
#: Seconds that a body may take.
_PATIENCE: Final = 30.0
_COME_AGAIN: Final = {"Retry-After": "30"}
_SAFE: Final = {"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff"}


def websub_routes(
    prefix: str, callbacks: HubCallbacks, *, clock: Callable[[], float] = time.monotonic
) -> list[web.RouteDef]:
    """Return the routes below this path, which ends with a slash."""
    hubs = _Hubs(callbacks, clock)
    path = prefix + "{token}"
    return [web.get(path, hubs.verify, allow_head=False), web.post(path, hubs.take)]


class _Hubs:
    def __init__(self, callbacks: HubCallbacks, clock: Callable[[], float]) -> None:
        self._callbacks = callbacks
        #: By the reason.
        self._refusals: defaultdict[str, Refusals] = defaultdict(lambda: Refusals(clock))

    async def verify(self, request: web.Request) -> web.Response:
        try:
            one = await self._callbacks.find(request.match_info["token"])
            if one is None:
                return self._refuse(request, None, "unknown address", 404)
            return await self._verified(request, one)
        except DatabaseError:
            return web.Response(status=503, headers=_COME_AGAIN)

    async def _verified(self, request: web.Request, one: HubRecord) -> web.Response:
        told = request.query
        mode, topic = told.get("hub.mode", ""), told.get("hub.topic", "")
        if mode == "denied" and await self._callbacks.deny(one, topic, told.get("hub.reason", "")):
            return web.Response()
        challenge = told.get("hub.challenge", "")
        if mode == "subscribe" and is_challenge(challenge):
            lease = told.get("hub.lease_seconds")
            if await self._callbacks.confirm(one, topic, lease):
                return web.Response(body=challenge.encode(), headers=_SAFE)
        return self._refuse(request, one, "not asked for", 404)

    async def take(self, request: web.Request) -> web.Response:
        try:
            one = await self._callbacks.find(request.match_info["token"])
            if one is None:
                return self._refuse(request, None, "unknown address", 410)
            fault = await _fault(request, one.secret or "")
            if fault is not None:
                return self._refuse(request, one, fault, 202)
            await self._callbacks.notified(one)
        except DatabaseError:
            return web.Response(status=503, headers=_COME_AGAIN)
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(request, one, "too large", 413)
        return web.Response(status=202)

    def _refuse(
        self, request: web.Request, one: HubRecord | None, reason: str, status: int
    ) -> web.Response:
        passed_over = self._refusals[reason].to_be_told()
        if passed_over is not None:
            log.warning(
                "hub_call_refused",
                reason=reason,
                source=one.url if one else None,
                remote=request.remote,
                passed_over=passed_over,
            )
        return web.Response(status=status)


async def _fault(request: web.Request, secret: str) -> str | None:
    """Return what is wrong with the signature under the body, which is read to its end."""
    header = request.headers.get("X-Hub-Signature")
    check = SignatureCheck.of(header, secret) if header is not None and secret else None
    received = 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.content.iter_any():
                received += len(piece)
                if received > _MOST_BYTES:
                    raise web.HTTPRequestEntityTooLarge(_MOST_BYTES, received)
                if check is not None:
                    check.take(piece)
    except (web.RequestPayloadError, ConnectionError, TimeoutError):
        raise web.HTTPBadRequest from None
    if header is None:
        return "no signature"
    if check is None:
        return "unknown signature"
    return None if check.is_right() else "wrong signature"
