"""Turning what becomes of a call into an HTTP answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.faults import Outcome, front_page

Result = Callable[[], Awaitable[Any]]

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


async def answer(
    request: web.Request, result: Result, outcome: Outcome | None
) -> web.StreamResponse:
    """Answer with the result, or its refusal, as the prescribed outcome has it."""
    if outcome is None:
        return await plain(result)
    await asyncio.sleep(outcome.delay)
    if outcome.refusal is not None:
        return refused(outcome.refusal)
    if outcome.status is not None:
        return _front(outcome.status, html=outcome.html)
    response = await plain(result) if outcome.taken else web.Response()
    if outcome.cut_after is not None:
        await asyncio.sleep(outcome.cut_after)
        return cut(request, response)
    if outcome.truncated:
        return await _break_off(request, response)
    return response


async def plain(result: Result) -> web.Response:
    try:
        done = await result()
    except Refusal as refusal:
        return refused(refusal)
    return _json({"ok": True, "result": done})


def refused(refusal: Refusal) -> web.Response:
    return _json(refusal.body(), int(refusal.code), refusal.headers)


def cut(request: web.Request, response: web.Response) -> web.Response:
    """Cut the connection; the response is what nobody gets."""
    if request.transport is not None:
        request.transport.abort()
    return response


def _json(
    body: dict[str, Any], status: int = HTTPStatus.OK, headers: dict[str, str] | None = None
) -> web.Response:
    return web.Response(
        text=_ENCODER.encode(body),
        status=status,
        headers=headers,
        content_type="application/json",
    )


def _front(status: int, *, html: bool) -> web.Response:
    phrase = HTTPStatus(status).phrase
    if html:
        return web.Response(
            text=front_page(status, phrase), status=status, content_type="text/html"
        )
    return refused(Refusal(status))


async def _break_off(request: web.Request, response: web.Response) -> web.StreamResponse:
    """Send half of the answer, though its whole length was announced."""
    body = (response.text or "").encode()
    partial = web.StreamResponse(
        status=response.status,
        headers={"Content-Type": "application/json", "Content-Length": str(len(body))},
    )
    await partial.prepare(request)
    await partial.write(body[: len(body) // 2])
    partial.force_close()
    if request.transport is not None:
        request.transport.close()
    return partial
