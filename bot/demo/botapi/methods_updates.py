"""The methods by which a bot hears of what happens, and answers presses."""

from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.stage import Stage

_MOST_CONNECTIONS: Final = 40


async def get_updates(stage: Stage, params: Parameters) -> list[dict[str, Any]]:
    updates = stage.world.updates
    if "allowed_updates" in params:
        updates.allow(map(str, params.items("allowed_updates")))
    return await updates.poll(
        params.integer("offset"), params.integer("limit"), params.integer("timeout")
    )


async def set_webhook(stage: Stage, params: Parameters) -> bool:
    """Keep the webhook; an empty address removes it. Nothing is delivered to it."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise Refusal.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    updates = stage.world.updates
    if "allowed_updates" in params:
        updates.allow(map(str, params.items("allowed_updates")))
    if params.flag("drop_pending_updates"):
        updates.drop()
    most = params.integer("max_connections", _MOST_CONNECTIONS)
    updates.webhook = {"url": url, "max_connections": most} if url else None
    return True


async def delete_webhook(stage: Stage, params: Parameters) -> bool:
    stage.world.updates.webhook = None
    if params.flag("drop_pending_updates"):
        stage.world.updates.drop()
    return True


async def get_webhook_info(stage: Stage, _params: Parameters) -> dict[str, Any]:
    updates = stage.world.updates
    info: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates),
        **(updates.webhook or {}),
    }
    return {**info, "allowed_updates": updates.allowed} if updates.allowed else info


async def answer_callback_query(stage: Stage, params: Parameters) -> bool:
    world = stage.world
    answer = world.queries.answer(
        params.text("callback_query_id"),
        params.text("text"),
        show_alert=params.flag("show_alert"),
        now=world.clock(),
    )
    world.events.tell(
        "answered",
        chat_id=answer.query.chat_id,
        person_id=answer.query.person_id,
        thread_id=answer.query.thread_id,
        callback_query_id=answer.query.id,
        text=answer.text,
        show_alert=answer.show_alert,
    )
    return True
