"""Whether the bot lives and is ready, for whoever supervises it."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.domain.readiness import Check, Condition, overall

#: What is told today is wrong in a second.
_HEADERS: Final = {"Cache-Control": "no-store"}


def health_routes(look: Callable[[], Awaitable[Sequence[Check]]]) -> list[web.RouteDef]:
    """Serve both answers; `look` brings what readiness is judged by."""

    async def ready(_: web.Request) -> web.Response:
        checks = await look()
        condition = overall(checks)
        failed = condition is Condition.FAILED
        return web.json_response(
            {"status": condition, "checks": [_told(check) for check in checks]},
            status=HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK,
            headers=_HEADERS,
        )

    return [web.get("/health/live", _live), web.get("/health/ready", ready)]


async def _live(_: web.Request) -> web.Response:
    """Answer as long as the event loop turns."""
    return web.json_response({"status": "ok"}, headers=_HEADERS)


def _told(check: Check) -> dict[str, object]:
    told: dict[str, object] = {"check": check.name, "status": check.condition, "text": check.text}
    if check.subject:
        told["subject"] = check.subject
    if check.seconds is not None:
        told["seconds"] = check.seconds
    return told
