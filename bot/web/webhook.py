"""Where Telegram calls: the route of the webhook, and who may call it.

The rules, in their order:

1. A call without the secret, or with another one, is refused (403) before anything of it is read.
   The log tells of the first, and then of one in a minute at most, with how many were passed over:
   whoever tries addresses must not fill the log.
2. What is no JSON (415), too large (413), or no update (400) is refused.
3. While nothing is taken (503), Telegram keeps the update and brings it again.
4. 200 says that the update is taken; the answer to the reader comes later, by a call of its own.
"""

import hmac
import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from aiohttp import web

from bot.web.bodies import json_object, whole_body
from bot.web.refusals import Refusals

log = structlog.get_logger(__name__)

#: Takes an update: False where none is taken now; raises ValueError where it is none.
Take = Callable[[dict[str, Any]], bool]

_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
#: Far more than the longest message with everything that it quotes.
_MOST_BYTES: Final = 1 << 20
#: Seconds; Telegram would wait ever longer by itself, and a restart is done soon.
_COME_AGAIN: Final = "2"


def webhook_route(
    path: str, secret: str, take: Take, *, clock: Callable[[], float] = time.monotonic
) -> web.RouteDef:
    """Return the route at this path that gives what Telegram brings to `take`."""
    return web.post(path or "/", _Webhook(secret, take, clock).handle)


class _Webhook:
    def __init__(self, secret: str, take: Take, clock: Callable[[], float]) -> None:
        self._secret = secret.encode()
        self._take = take
        self._refusals = Refusals(clock)

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER)
        if not self._is_secret(given):
            self._tell("no secret" if given is None else "wrong secret", request.remote)
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        update = json_object(await whole_body(request, _MOST_BYTES))
        try:
            taken = self._take(update)
        except ValueError:
            raise web.HTTPBadRequest from None
        if not taken:
            return web.Response(status=503, headers={"Retry-After": _COME_AGAIN})
        return web.Response()

    def _is_secret(self, given: str | None) -> bool:
        """Compare in a time that tells nothing of how much was right."""
        return hmac.compare_digest((given or "").encode("utf-8", "surrogateescape"), self._secret)

    def _tell(self, reason: str, remote: str | None) -> None:
        passed_over = self._refusals.to_be_told()
        if passed_over is not None:
            log.warning(
                "webhook_call_refused", reason=reason, remote=remote, passed_over=passed_over
            )
