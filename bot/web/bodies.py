"""What callers send: never more of it than is wanted, and never a traceback for what is broken."""

import json
from typing import Any

from aiohttp import web


async def whole_body(request: web.Request, most: int) -> bytes:
    """Return the whole body; raises HTTPRequestEntityTooLarge and HTTPBadRequest."""
    if (request.content_length or 0) > most:
        raise web.HTTPRequestEntityTooLarge(most, request.content_length or 0)
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > most:
                raise web.HTTPRequestEntityTooLarge(most, len(body))
    except (web.RequestPayloadError, ConnectionError):  # broken off, or wrongly encoded
        raise web.HTTPBadRequest from None
    return bytes(body)


def json_object(body: bytes) -> dict[str, Any]:
    """Return what the body holds; raises HTTPBadRequest where that is no JSON object."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise web.HTTPBadRequest
    return found
