"""Who and what is there: people and chats, by id and by name."""

from collections.abc import Iterable
from typing import Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.rooms import Person, Room, RoomType, Standing

_FIRST_PERSON: Final = 500_000_001
_FIRST_GROUP: Final = -4_000_000_001
_FIRST_SUPERGROUP: Final = -1_001_000_000_001


class Registry:
    """People and rooms; a person's private chat has the person's id."""

    def __init__(self, bot_id: int, *, welcomes_strangers: bool = False) -> None:
        self._bot_id, self._welcomes_strangers = bot_id, welcomes_strangers
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Room] = {}
        self._next = {
            "private": _FIRST_PERSON,
            "group": _FIRST_GROUP,
            "supergroup": _FIRST_SUPERGROUP,
        }

    def person(
        self,
        first_name: str = "Reader",
        *,
        person_id: int | None = None,
        username: str | None = None,
        language_code: str | None = None,
        begun: bool = False,
    ) -> Person:
        """Add a person; unless the private chat is `begun`, the bot may not write first."""
        given = self._new_id("private") if person_id is None else person_id
        person = Person(
            id=given, first_name=first_name, username=username, language_code=language_code
        )
        self.people[person.id] = person
        standings = {person.id: Standing.MEMBER, self._bot_id: Standing.MEMBER}
        self.rooms[person.id] = Room(id=person.id, type="private", begun=begun, standings=standings)
        return person

    def room(
        self,
        room_type: RoomType,
        title: str,
        *,
        members: Iterable[Person] = (),
        admins: Iterable[Person] = (),
        bot: Standing = Standing.MEMBER,
        username: str | None = None,
        is_forum: bool = False,
    ) -> Room:
        """Add a group, supergroup or channel; the first of its administrators created it."""
        administrators = [person.id for person in admins]
        standings = {person.id: Standing.MEMBER for person in members}
        standings |= dict.fromkeys(administrators, Standing.ADMINISTRATOR)
        standings |= dict.fromkeys(administrators[:1], Standing.CREATOR)
        standings[self._bot_id] = bot
        room = Room(
            id=self._new_id("group" if room_type == "group" else "supergroup"),
            type=room_type,
            title=title,
            username=username,
            is_forum=is_forum,
            standings=standings,
        )
        self.rooms[room.id] = room
        return room

    def find(self, chat_id: object) -> Room:
        """Return the room that a call names by id or @username; raises `Refusal`."""
        if chat_id is None or chat_id == "":
            raise Refusal.bad_request("chat_id is empty")
        room = self.rooms.get(chat_id) if isinstance(chat_id, int) else self._named(str(chat_id))
        if room is None and self._welcomes_strangers and isinstance(chat_id, int) and chat_id > 0:
            self.person(f"Reader {chat_id}", person_id=chat_id, begun=True)
            room = self.rooms[chat_id]
        if room is None:
            raise Refusal.bad_request("Chat not found")
        return room

    def chat(self, room: Room) -> dict[str, object]:
        """Return the room's Chat."""
        return room.as_chat(self.people[room.id] if room.type == "private" else None)

    def _named(self, name: str) -> Room | None:
        wanted = name.removeprefix("@").lower()
        named = (r for r in self.rooms.values() if (r.username or "").lower() == wanted)
        return next(named, None) if name.startswith("@") else None

    def _new_id(self, kind: str) -> int:
        """Count on; for groups downwards."""
        given = self._next[kind]
        self._next[kind] += 1 if given > 0 else -1
        return self._new_id(kind) if given in self.rooms else given
