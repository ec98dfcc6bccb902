"""What the chat page sees: rooms, messages and events as JSON."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from bot.demo.botapi.events import Event
from bot.demo.botapi.inline import InlineAnswer
from bot.demo.botapi.messages import Message
from bot.demo.botapi.rooms import Room, Standing, Topic
from bot.demo.botapi.uploads import StoredFile
from bot.demo.botapi.world import World

_SERVICE: Final = {
    "new_chat_members": "The bot was added.",
    "migrate_to_chat_id": "The group was upgraded to a supergroup.",
    "migrate_from_chat_id": "This supergroup was a group before.",
    "forum_topic_created": "The topic was opened.",
    "forum_topic_closed": "The topic was closed.",
    "forum_topic_reopened": "The topic was reopened.",
}


#: What a forum calls the topic that is the chat itself.
_GENERAL: Final = "General"


class RoomKey(NamedTuple):
    """A conversation, as one person sees it."""

    chat_id: int
    person_id: int
    #: A forum topic; None for all that is none.
    thread_id: int | None


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
            "document": _file(message.document),
            "photo": _file(message.photo),
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

    def messages(self, key: RoomKey) -> list[dict[str, Any]]:
        every = self._world.conversations.of(key.chat_id)
        if self._world.registry.rooms[key.chat_id].is_forum:
            every = [message for message in every if message.thread_id == key.thread_id]
        return [self.message(message) for message in every]

    def event(self, event: Event) -> tuple[str, dict[str, Any]] | None:
        """Return name and data of an event of the page; None when it is none of its business."""
        if event.message is not None and event.name in _MESSAGE_EVENTS:
            rooms = self.keys(event.message.chat_id, event.message.thread_id)
            data = {"rooms": rooms, "message": self.message(event.message)}
            return _MESSAGE_EVENTS[event.name], data
        if event.name == "typing":
            return "typing", {"rooms": self.keys(event.fields["chat_id"])}
        if event.name in _ROOM_EVENTS:
            return "rooms", {}
        if event.name == "answered":
            return "answer", _answer(event.fields)
        if event.name == "commands":
            seen = (shown for room in self._rooms() for shown in self._seen(room))
            return "commands", {"menus": {one["key"]: one["commands"] for one in seen}}
        return None

    def keys(self, chat_id: int, thread_id: int | None = None) -> list[str]:
        """Return the rooms in which the chat, or one topic of a forum, is seen."""
        room = self._world.registry.rooms[chat_id]
        wanted = thread_id if room.is_forum else None
        return [shown["key"] for shown in self._seen(room) if shown["thread_id"] == wanted]

    def room(self, written: str) -> RoomKey | None:
        """Return chat, person and topic of the room with that key; None where there is none."""
        try:
            numbers = [int(part) for part in written.split(":")]
        except ValueError:
            return None
        room = self._world.registry.rooms.get(numbers[0])
        shown = list(self._seen(room)) if room else []
        found = next((one for one in shown if one["key"] == written), None)
        if found is None:
            return None
        return RoomKey(found["chat_id"], found["person_id"], found["thread_id"])

    def _rooms(self) -> list[Room]:
        rooms = self._world.registry.rooms.values()
        return [room for room in rooms if not room.deleted and room.migrated_to is None]

    def _seen(self, room: Room) -> Iterator[dict[str, Any]]:
        """Yield the room as each person in it sees it, and each topic of a forum as one more."""
        people = self._world.registry.people
        for user_id, standing in room.standings.items():
            if user_id not in people or not standing.inside:
                continue
            yield self._seen_by(room, user_id)
            for topic in room.topics.values():
                yield self._seen_by(room, user_id, topic)

    def _seen_by(self, room: Room, user_id: int, topic: Topic | None = None) -> dict[str, Any]:
        private = room.type == "private"
        language = self._world.registry.people[user_id].language_code
        thread_id = None if topic is None else topic.id
        administers = room.standing(user_id).administers
        closed = topic is not None and topic.closed
        return {
            "key": _key(room.id, user_id, thread_id),
            "chat_id": room.id,
            "person_id": user_id,
            "thread_id": thread_id,
            "type": room.type,
            "title": self._world.bot.first_name if private else room.title,
            "topic": (topic.name if topic else _GENERAL) if room.is_forum else "",
            "username": "" if private else room.username or "",
            "blocked": private and room.standing(self._world.bot.id) is Standing.KICKED,
            "is_forum": room.is_forum,
            "commands": self._world.bot.menu(
                language,
                room.id,
                in_group=not private,
                user_id=user_id,
                administers=administers,
            ),
            "manages": administers and not private,
            "may_write": administers or not (closed or room.type == "channel"),
        }


def _key(chat_id: int, person_id: int, thread_id: int | None) -> str:
    """Return what the page calls a room; a private one goes by its person alone."""
    parts = [chat_id] if chat_id == person_id else [chat_id, person_id]
    return ":".join(map(str, parts if thread_id is None else [*parts, thread_id]))


def _file(file: StoredFile | None) -> dict[str, Any] | None:
    """Return what is shown of a file, and where the page finds it."""
    if file is None:
        return None
    return {
        "name": file.upload.name,
        "size": file.size,
        "url": f"/chat/api/files/{file.unique_id}",
    }


def _answer(fields: dict[str, Any]) -> dict[str, Any]:
    chat_id, person_id, thread_id = (fields[n] for n in ("chat_id", "person_id", "thread_id"))
    return {
        "room": _key(chat_id, person_id, thread_id),
        "callback_query_id": fields["callback_query_id"],
        "text": fields["text"],
        "show_alert": fields["show_alert"],
    }


#: After these the page looks anew which rooms there are.
_ROOM_EVENTS: Final = ("rooms_changed", "standing_changed", "group_deleted")
_MESSAGE_EVENTS: Final = {
    "person_wrote": "message",
    "bot_wrote": "message",
    "edited": "edited",
    "deleted": "deleted",
}
