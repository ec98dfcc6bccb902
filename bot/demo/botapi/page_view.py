"""What the chat page sees: rooms, messages and events as JSON."""

from collections.abc import Iterator
from typing import Any, Final

from bot.demo.botapi.events import Event
from bot.demo.botapi.inline import InlineAnswer
from bot.demo.botapi.messages import Message
from bot.demo.botapi.rooms import Room, Standing
from bot.demo.botapi.world import World

_SERVICE: Final = {
    "new_chat_members": "The bot was added.",
    "migrate_to_chat_id": "The group was upgraded to a supergroup.",
    "migrate_from_chat_id": "This supergroup was a group before.",
}


class PageView:
    """Shows the world to the page; a room is a conversation as one person sees it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self) -> dict[str, Any]:
        bot, people = self._world.bot, self._world.registry.people.values()
        about = {"id": bot.id, "username": bot.username, "first_name": bot.first_name}
        about["inline"] = bot.inline
        return {
            "bot": about,
            "people": [
                {
                    "id": person.id,
                    "first_name": person.first_name,
                    "username": person.username,
                    "language_code": person.language_code,
                }
                for person in people
            ],
            "rooms": [shown for room in self._rooms() for shown in self._seen(room)],
        }

    def message(self, message: Message) -> dict[str, Any]:
        sender = message.sender or {
            "id": message.chat_id,
            "first_name": message.chat.get("title", ""),
            "is_bot": False,
        }
        service = " ".join(_SERVICE[kind] for kind in message.service if kind in _SERVICE)
        shown = {
            "message_id": message.id,
            "date": message.date,
            "from": {name: sender[name] for name in ("id", "first_name", "is_bot")},
            "text": message.text or service,
            "entities": message.entities,
            "html": message.html or service,
            "reply_markup": message.markup,
            "link_preview": message.card,
            "silent": message.silent,
            "deleted": message.deleted,
            "service": bool(service),
        }
        if message.edit_date is not None:
            shown["edit_date"] = message.edit_date
        if message.reply_to is not None:
            shown["reply_to_message_id"] = message.reply_to.id
        if message.via_bot is not None:
            shown["via_bot"] = message.via_bot["username"]
        return shown

    def inline(self, answer: InlineAnswer) -> dict[str, Any]:
        """Return what can be chosen, without the messages that it becomes."""
        shown = ("id", "title", "description", "thumbnail_url")
        return {
            "query_id": answer.query.id,
            "results": [{name: getattr(one, name) for name in shown} for one in answer.results],
            "next_offset": answer.next_offset,
            "button": answer.button,
        }

    def messages(self, chat_id: int) -> list[dict[str, Any]]:
        return [self.message(message) for message in self._world.conversations.of(chat_id)]

    def event(self, event: Event) -> tuple[str, dict[str, Any]] | None:
        """Return name and data of an event of the page; None when it is none of its business."""
        if event.message is not None and event.name in _MESSAGE_EVENTS:
            rooms = self.keys(event.message.chat_id)
            data = {"rooms": rooms, "message": self.message(event.message)}
            return _MESSAGE_EVENTS[event.name], data
        if event.name == "typing":
            return "typing", {"rooms": self.keys(event.fields["chat_id"])}
        if event.name == "answered":
            return "answer", _answer(event.fields)
        if event.name == "commands":
            seen = (shown for room in self._rooms() for shown in self._seen(room))
            return "commands", {"menus": {one["key"]: one["commands"] for one in seen}}
        return None

    def keys(self, chat_id: int) -> list[str]:
        """Return the rooms in which the chat is seen."""
        room = self._world.registry.rooms[chat_id]
        return [shown["key"] for shown in self._seen(room)]

    def _rooms(self) -> list[Room]:
        rooms = self._world.registry.rooms.values()
        return [room for room in rooms if not room.deleted and room.migrated_to is None]

    def _seen(self, room: Room) -> Iterator[dict[str, Any]]:
        """Yield the room as each person in it sees it."""
        people = self._world.registry.people
        for user_id, standing in room.standings.items():
            if user_id not in people or not standing.inside:
                continue
            private = room.type == "private"
            language = people[user_id].language_code
            yield {
                "key": str(room.id) if private else f"{room.id}:{user_id}",
                "chat_id": room.id,
                "person_id": user_id,
                "type": room.type,
                "title": self._world.bot.first_name if private else room.title,
                "blocked": room.standing(self._world.bot.id) is Standing.KICKED,
                "is_forum": room.is_forum,
                "commands": self._world.bot.menu(language, room.id, in_group=not private),
            }


def _answer(fields: dict[str, Any]) -> dict[str, Any]:
    chat_id, person_id = fields["chat_id"], fields["person_id"]
    return {
        "room": str(chat_id) if chat_id == person_id else f"{chat_id}:{person_id}",
        "callback_query_id": fields["callback_query_id"],
        "text": fields["text"],
        "show_alert": fields["show_alert"],
    }


_MESSAGE_EVENTS: Final = {
    "person_wrote": "message",
    "bot_wrote": "message",
    "edited": "edited",
    "deleted": "deleted",
}
