"""Where a publisher calls when an article is out: the route, who may call it, what is answered.

The rules, in their order:

1. A call that does not prove that it knows the secret is refused (401) and nothing comes of it: by
   `Authorization: Bearer` with the secret (RFC 6750), or by `X-Hub-Signature-256: sha256=` with the
   body's HMAC under the secret, as GitHub and those who imitate it sign. The log tells of one such
   call in a minute at most.
2. While nothing is read (503), and where calls come faster than anybody publishes (429), callers
   are asked to come again. Whatever was published meanwhile is met by polling.
3. The body is empty, or a JSON object (415, 400, 413): `url` names the article that is out,
   `source` a source that has news; where there is neither, every source is read. What is not of the
   site is refused (422). All else in it is passed over, since it is whatever a CMS likes to tell.
4. 202 says what is read now. What the bot makes of it, is not waited for.
"""

import asyncio
import hmac
import math
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import structlog
from aiohttp import web

from bot.services.announcements import (
    Announcements,
    ClosedError,
    Heard,
    NotOfTheSiteError,
    TooOftenError,
)
from bot.services.meter import Meter
from bot.web.bodies import json_object, whole_body
from bot.web.refusals import Refusals

log = structlog.get_logger(__name__)

_SIGNATURE: Final = "X-Hub-Signature-256"
#: Seconds for a body to come.
_PATIENCE: Final = 10.0
#: More than a CMS's whole article, should it send it along.
_MOST_BYTES: Final = 1 << 18
_LONGEST_ADDRESS: Final = 2_000
_OUTCOMES: Final = {
    HTTPStatus.ACCEPTED: "accepted",
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.TOO_MANY_REQUESTS: "too_often",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}
_UNAUTHORIZED: Final = (
    "This call does not know the secret: send the header Authorization: Bearer with the value of"
    f" DEKBOT_HOOK_SECRET, or {_SIGNATURE}: sha256= with the body's HMAC under it."
)
_FAULTS: Final = {
    HTTPStatus.BAD_REQUEST: (
        'The body is no JSON object: send {"url": "https://…"}, {"source": "https://…"} or nothing.'
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: f"The body is larger than {_MOST_BYTES} bytes.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "The body is not JSON by its name: send Content-Type: application/json."
    ),
}
_WRONG_VALUE: Final = "url and source are each an address, and only one of them is named."
_NO_ARTICLE: Final = "url is no article of this site, by the article_url of its profile."
_NO_SOURCE: Final = "source is none of the sources in the site's profile."


class _RefusedError(Exception):
    def __init__(self, status: int, text: str, **headers: str) -> None:
        self.status, self.text = status, text
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(text)


def published_route(
    path: str,
    secret: str,
    announcements: Announcements,
    meter: Meter,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> web.RouteDef:
    """Return the route at this path where who knows the secret announces what is published."""
    return web.post(path, _Hook(secret, announcements, meter, clock).handle)


class _Hook:
    def __init__(
        self,
        secret: str,
        announcements: Announcements,
        meter: Meter,
        clock: Callable[[], float],
    ) -> None:
        self._secret = secret.encode()
        self._announcements = announcements
        self._meter = meter
        self._refusals = Refusals(clock)

    async def handle(self, request: web.Request) -> web.Response:
        try:
            heard = await self._hear(request)
            answer = web.json_response(_told(heard), status=HTTPStatus.ACCEPTED)
        except _RefusedError as error:
            told = {"status": "failed", "text": error.text}
            answer = web.json_response(told, status=error.status, headers=error.headers)
        self._meter.hook_called(_OUTCOMES.get(HTTPStatus(answer.status), "wrong"))
        return answer

    async def _hear(self, request: web.Request) -> Heard:
        try:
            async with asyncio.timeout(_PATIENCE):
                body = await self._body(request)
            url, source = _wanted(request, body)
            self._announcements.admit()
            return await self._announced(url, source)
        except web.HTTPError as error:
            raise _RefusedError(error.status, _FAULTS[HTTPStatus(error.status)]) from None
        except TimeoutError:
            raise _RefusedError(HTTPStatus.REQUEST_TIMEOUT, "The body does not come.") from None
        except ClosedError:
            text = "Nothing is read yet, or any more: call again."
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, text, Retry_After="5") from None
        except TooOftenError as error:
            self._tell("too often", request)
            wait = str(math.ceil(error.seconds))
            text = "Calls come too fast; what is published is met all the same."
            raise _RefusedError(HTTPStatus.TOO_MANY_REQUESTS, text, Retry_After=wait) from None

    async def _announced(self, url: str | None, source: str | None) -> Heard:
        try:
            if url is not None:
                return await self._announcements.article(url)
            if source is not None:
                return await self._announcements.source(source)
        except NotOfTheSiteError:
            text = _NO_SOURCE if url is None else _NO_ARTICLE
            raise _RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, text) from None
        return await self._announcements.anything()

    async def _body(self, request: web.Request) -> bytes:
        """Return the body of a call that knows the secret; one without any proof is not read."""
        if self._is_bearer(request.headers.get("Authorization", "")):
            return await whole_body(request, _MOST_BYTES)
        signature = request.headers.get(_SIGNATURE)
        if signature is not None:
            body = await whole_body(request, _MOST_BYTES)
            if self._is_signed(body, signature):
                return body
        given = signature or request.headers.get("Authorization")
        self._tell("wrong secret" if given else "no secret", request)
        raise _RefusedError(
            HTTPStatus.UNAUTHORIZED, _UNAUTHORIZED, WWW_Authenticate='Bearer realm="dekbot"'
        )

    def _is_bearer(self, given: str) -> bool:
        scheme, _, token = given.partition(" ")
        return scheme.lower() == "bearer" and _is_same(token.strip(), self._secret)

    def _is_signed(self, body: bytes, given: str) -> bool:
        method, _, digest = given.partition("=")
        right = hmac.digest(self._secret, body, "sha256").hex().encode()
        return method.lower() == "sha256" and _is_same(digest.strip().lower(), right)

    def _tell(self, reason: str, request: web.Request) -> None:
        passed_over = self._refusals.to_be_told()
        if passed_over is not None:
            log.warning(
                "hook_call_refused", reason=reason, remote=request.remote, passed_over=passed_over
            )


def _is_same(given: str, right: bytes) -> bool:
    """Compare in a time that tells nothing of how much was right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), right)


def _wanted(request: web.Request, body: bytes) -> tuple[str | None, str | None]:
    """Return the article's and the source's address; raises HTTPError and _RefusedError."""
    if not body.strip():
        return None, None
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    told = json_object(body)
    url, source = told.get("url"), told.get("source")
    given = [one for one in (url, source) if one is not None]
    if len(given) > 1 or not all(_may_be_address(one) for one in given):
        raise _RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, _WRONG_VALUE)
    return url, source


def _may_be_address(given: object) -> bool:
    return isinstance(given, str) and len(given) <= _LONGEST_ADDRESS


def _told(heard: Heard) -> dict[str, Any]:
    told: dict[str, Any] = {"status": "ok", "text": _text(heard), "reads": heard.reads}
    if heard.article is not None:
        told |= {"article": heard.article, "known": heard.known}
    return told


def _text(heard: Heard) -> str:
    if not heard.reads:
        return "Nothing is read: an administrator has switched the sources off."
    if heard.article is None:
        return "The sources are read now."
    if heard.known:
        return "The article is known; the sources are read once, for it may have been corrected."
    return "The sources are read now, and again for a few minutes, until the article is there."
