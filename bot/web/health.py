"""Whether the bot lives and is ready, for whoever supervises it."""

from aiohttp import web


def health_routes() -> list[web.RouteDef]:
    return [web.get("/health/live", _live)]


async def _live(_: web.Request) -> web.Response:
    """Answer as long as the event loop turns."""
    return web.json_response({"status": "ok"})
