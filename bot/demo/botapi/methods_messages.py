"""The methods that send, change and delete messages."""

from typing import Any

from bot.demo.botapi.cards import card_of
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.formatting import formatted
from bot.demo.botapi.keyboards import inline_keyboard
from bot.demo.botapi.messages import Message
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.posting import posted
from bot.demo.botapi.stage import Stage


async def send_message(stage: Stage, params: Parameters) -> dict[str, Any]:
    text, entities = formatted(params, stage.world.registry.people)
    return await posted(stage, params, text, entities)


async def edit_message_text(stage: Stage, params: Parameters) -> dict[str, Any]:
    text, entities = formatted(params, stage.world.registry.people)
    markup = inline_keyboard(params)
    message = _editable(stage, params)
    if message.document is not None:
        raise Refusal.bad_request("there is no text in the message to edit")
    preview = params.structure("link_preview_options")
    before = (message.text, message.entities, message.markup, message.preview)
    if before == (text, entities, markup, preview):
        raise _not_modified()
    message.text, message.entities, message.markup = text, entities, markup
    message.preview = preview
    message.card = await card_of(message, stage.card)
    return _edited(stage, message)


async def edit_message_reply_markup(stage: Stage, params: Parameters) -> dict[str, Any]:
    markup = inline_keyboard(params)
    message = _editable(stage, params)
    if message.markup == markup:
        raise _not_modified()
    message.markup = markup
    return _edited(stage, message)


async def delete_message(stage: Stage, params: Parameters) -> bool:
    room = stage.access.reach(params.chat_id)
    message = stage.world.conversations.find(room.id, params.integer("message_id"))
    if message is None:
        raise Refusal.bad_request("Message to delete not found")
    administers = room.standing(stage.world.bot.id).administers
    if not (message.from_bot or administers or room.type == "private"):
        raise Refusal.bad_request("Message can't be deleted")
    message.deleted = True
    stage.world.events.tell("deleted", message)
    return True


async def send_chat_action(stage: Stage, params: Parameters) -> bool:
    if not params.text("action"):
        raise Refusal.bad_request("Wrong parameter action in request")
    room = stage.access.write(params.chat_id, params.optional_integer("message_thread_id"))
    stage.world.events.tell("typing", chat_id=room.id, action=params.text("action"))
    return True


def _editable(stage: Stage, params: Parameters) -> Message:
    if "inline_message_id" in params:
        raise Refusal.bad_request("MESSAGE_ID_INVALID")
    room = stage.access.reach(params.chat_id)
    if not params.integer("message_id"):
        raise Refusal.bad_request("Message identifier is not specified")
    message = stage.world.conversations.find(room.id, params.integer("message_id"))
    if message is None:
        raise Refusal.bad_request("Message to edit not found")
    if not message.from_bot:
        raise Refusal.bad_request("Message can't be edited")
    return message


def _not_modified() -> Refusal:
    return Refusal.bad_request(
        "Message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


def _edited(stage: Stage, message: Message) -> dict[str, Any]:
    message.edit_date = stage.world.now()
    message.edits += 1
    stage.world.conversations.edited.append(message)
    stage.world.events.tell("edited", message)
    return message.as_json()
