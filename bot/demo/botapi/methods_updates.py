"""The methods by which a bot hears of what happens, and answers presses."""

from typing import Any

from bot.demo.botapi.params import Parameters
from bot.demo.botapi.stage import Stage
from bot.demo.botapi.updates import Updates
from bot.demo.botapi.webhooks import check, webhook_of


async def get_updates(stage: Stage, params: Parameters) -> list[dict[str, Any]]:
    updates = stage.world.updates
    _allow(updates, params)
    return await updates.poll(
        params.integer("offset"), params.integer("limit"), params.integer("timeout")
    )


async def set_webhook(stage: Stage, params: Parameters) -> bool:
    """Bring updates to an address from now on; an empty one removes the webhook.

    What is set already goes on undisturbed. Else the former webhook is removed first, whatever
    becomes of the new one.
    """
    if not params.text("url"):
        return await delete_webhook(stage, params)
    updates, courier, webhook = stage.world.updates, stage.courier, webhook_of(params)
    drop = params.flag("drop_pending_updates")
    if courier.webhook == webhook and not drop:
        _allow(updates, params)
        return True
    await courier.stop()
    if drop:
        updates.drop()
    check(webhook, local=courier.local)
    _allow(updates, params)
    updates.abort_poll()
    await courier.serve(webhook)
    return True


def _allow(updates: Updates, params: Parameters) -> None:
    if "allowed_updates" in params:
        updates.allow(map(str, params.items("allowed_updates")))


async def delete_webhook(stage: Stage, params: Parameters) -> bool:
    await stage.courier.stop()
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
        **stage.courier.info(),
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
