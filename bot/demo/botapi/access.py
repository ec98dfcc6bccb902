"""Where the bot may write, and how Telegram says that it may not."""

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.rooms import Room, Standing


class Access:
    """Tells whether the bot reaches a chat; every refusal is a `Refusal`."""

    def __init__(self, registry: Registry, bot_id: int) -> None:
        self._registry, self._bot_id = registry, bot_id

    def reach(self, chat_id: object) -> Room:
        """Return a chat that the bot takes part in."""
        room = self._registry.find(chat_id)
        if room.type == "private":
            self._check_person(room)
        else:
            self._check_membership(room)
        return room

    def look_up(self, chat_id: object) -> Room:
        """Return a chat that the bot may know of: its own, and what is public."""
        room = self._registry.find(chat_id)
        public = room.username is not None and room.standing(self._bot_id) is Standing.LEFT
        return room if public and room.type != "private" else self.reach(chat_id)

    def write(self, chat_id: object, thread_id: int | None = None, *, files: str = "") -> Room:
        """Return a chat, with the topic in it, that the bot may write to, or send such files."""
        room = self.reach(chat_id)
        standing = room.standing(self._bot_id)
        administers = standing.administers
        if room.type == "channel" and not (administers and room.bot_may_post):
            raise Refusal.bad_request("need administrator rights in the channel chat")
        if standing is Standing.RESTRICTED or (room.read_only and not administers):
            raise Refusal.bad_request("not enough rights to send text messages to the chat")
        if files and room.without_files and not administers:
            raise Refusal.bad_request(f"not enough rights to send {files} to the chat")
        if thread_id is not None:
            topic = room.topics.get(thread_id)
            if topic is None:
                raise Refusal.bad_request("Message thread not found")
            if topic.closed and not administers:
                raise Refusal.bad_request("TOPIC_CLOSED")
        return room

    def _check_person(self, room: Room) -> None:
        if self._registry.people[room.id].deactivated:
            raise Refusal.forbidden("user is deactivated")
        if room.standing(self._bot_id) is Standing.KICKED:
            raise Refusal.forbidden("bot was blocked by the user")
        if not room.begun:
            raise Refusal.forbidden("bot can't initiate conversation with a user")

    def _check_membership(self, room: Room) -> None:
        if room.migrated_to is not None:
            raise Refusal.bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=room.migrated_to
            )
        if room.deleted:
            raise Refusal.forbidden("the group chat was deleted")
        standing = room.standing(self._bot_id)
        if standing is Standing.KICKED:
            raise Refusal.forbidden(f"bot was kicked from the {room.type} chat")
        if standing is Standing.LEFT:
            raise Refusal.forbidden(f"bot is not a member of the {room.type} chat")
