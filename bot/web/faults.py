"""What is answered where a request cannot be served: JSON, in a sentence, and never a traceback."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def told_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell a wrong path (404), a wrong method (405) and a fault of ours (500)."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        headers = {"Allow": allow} if (allow := error.headers.get("Allow")) else None
        return _answer(error.status, error.reason, headers)
    except Exception:
        log.exception("web_request_failed", path=_route(request))
        return _answer(500, "This is a fault in Dekbot; its log tells more.")


def _route(request: web.Request) -> str:
    """Return the path as the route has it: what stands in its places may be a secret."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else request.path


def _answer(status: int, text: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"status": "failed", "text": text}, status=status, headers=headers)
