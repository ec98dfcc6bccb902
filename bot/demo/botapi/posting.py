"""Puts a message of the bot's into a chat, whatever it carries."""

from typing import Any

from bot.demo.botapi.cards import card_of
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.keyboards import inline_keyboard
from bot.demo.botapi.messages import Message
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.rooms import Room
from bot.demo.botapi.stage import Stage
from bot.demo.botapi.tags import Entity
from bot.demo.botapi.uploads import StoredFile


async def posted(
    stage: Stage,
    params: Parameters,
    text: str,
    entities: list[Entity],
    *,
    document: StoredFile | None = None,
    photo: StoredFile | None = None,
) -> dict[str, Any]:
    """Send what the call says; the text is a file's caption. Raises `Refusal`."""
    world = stage.world
    markup = inline_keyboard(params)
    thread_id = params.optional_integer("message_thread_id")
    files = "documents" if document else "photos" if photo else ""
    room = stage.access.write(params.chat_id, thread_id, files=files)
    reply_to = _replied(stage, room, params)
    world.pace.take(
        room.id,
        group=room.type != "private",
        paid=params.flag("allow_paid_broadcast"),
    )
    message = Message(
        id=world.conversations.next_id(room.type, room.id),
        chat=world.registry.chat(room),
        date=world.now(),
        sender=None if room.type == "channel" else world.bot.as_user(),
        text=text,
        entities=entities,
        document=document,
        photo=photo,
        markup=markup,
        reply_to=reply_to,
        thread_id=thread_id,
        opened_by=None if thread_id is None else room.topics[thread_id].opened,
        silent=params.flag("disable_notification"),
        protected=params.flag("protect_content"),
        preview=params.structure("link_preview_options"),
        from_bot=True,
        arrived=world.clock(),
    )
    if not files:
        message.card = await card_of(message, stage.card)
    world.conversations.add(message)
    world.events.tell("bot_wrote", message)
    return message.as_json()


def _replied(stage: Stage, room: Room, params: Parameters) -> Message | None:
    """Return what the message replies to, where that is still there."""
    reply = params.structure("reply_parameters")
    if not reply:
        return None
    found = stage.world.conversations.find(room.id, int(reply.get("message_id", 0)))
    if found is None and not reply.get("allow_sending_without_reply"):
        raise Refusal.bad_request("Message to be replied not found")
    return found
