"""Answers that a test prescribes instead of the site's own."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """How to answer: what is not prescribed stays as the site would have it."""

    #: None keeps the site's own status.
    status: int | None = None
    #: None keeps the site's own body.
    body: bytes | None = None
    #: The Content-Type header, charset and all.
    content_type: str | None = None
    #: Further headers; they replace the site's own.
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Seconds before anything is sent.
    delay: float = 0.0
    #: Seconds between pieces of `piece` bytes.
    drip: float = 0.0
    piece: int = 64
    #: Bytes of the body after which the connection breaks; 0 breaks it without any answer.
    cut: int | None = None


async def play(script: Scripted, request: web.Request, usual: web.Response) -> web.StreamResponse:
    """Answer as prescribed."""
    await asyncio.sleep(script.delay)
    if script.cut == 0:
        _break(request)
        return usual
    answer = _answer(script, usual)
    if script.cut is None and not script.drip:
        return answer
    return await _stream(script, request, answer)


def _answer(script: Scripted, usual: web.Response) -> web.Response:
    """Return the usual answer with what is prescribed put in its place."""
    body = script.body if script.body is not None else usual.body
    headers = {} if script.body is not None else dict(usual.headers)
    headers.update(script.headers)
    if script.content_type is not None:
        headers["Content-Type"] = script.content_type
    headers.pop("Content-Length", None)
    status = script.status or (usual.status if script.body is None else HTTPStatus.OK)
    return web.Response(status=status, body=body, headers=headers)


async def _stream(
    script: Scripted, request: web.Request, answer: web.Response
) -> web.StreamResponse:
    """Send the body in pieces, and break off where that is prescribed."""
    body = bytes(answer.body) if isinstance(answer.body, bytes | bytearray) else b""
    stream = web.StreamResponse(status=answer.status, headers=answer.headers)
    # The whole length is promised, so that a reader can tell a cut answer from a short one.
    stream.content_length = len(body)
    await stream.prepare(request)
    for start in range(0, len(body[: script.cut]), script.piece):
        await stream.write(body[: script.cut][start : start + script.piece])
        await asyncio.sleep(script.drip)
    if script.cut is not None:
        _break(request)
        return stream
    await stream.write_eof()
    return stream


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
