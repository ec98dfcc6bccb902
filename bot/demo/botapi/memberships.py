"""Where the bot and people stand in a chat, changed by people, and how the bot hears of it."""

from collections.abc import Callable
from typing import Any

from bot.demo.botapi.events import Events
from bot.demo.botapi.profile import BotProfile
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.rooms import Person, Room, Standing, member
from bot.demo.botapi.updates import Updates


class Memberships:
    """Blocks, joins, leaves, promotes; each change is an update where Telegram sends one.

    `announce` puts a service message, given by its fields, into a room.
    """

    def __init__(
        self,
        *,
        bot: BotProfile,
        registry: Registry,
        updates: Updates,
        events: Events,
        now: Callable[[], int],
        announce: Callable[..., object],
    ) -> None:
        self._bot, self._registry, self._updates, self._events = bot, registry, updates, events
        self._now, self._announce = now, announce

    def block(self, person_id: int) -> None:
        """Block the bot, as the person."""
        self.place_bot(person_id, Standing.KICKED, by=person_id)

    def unblock(self, person_id: int) -> None:
        self.place_bot(person_id, Standing.MEMBER, by=person_id)

    def add_bot(self, chat_id: int, *, by: int) -> None:
        self.place_bot(chat_id, Standing.MEMBER, by=by)
        self._announce(self._registry.rooms[chat_id], new_chat_members=[self._bot.as_user()])

    def tell_joined(self, chat_id: int) -> None:
        """Tell the bot that it joined a chat in which it is already: what was a group before."""
        room = self._registry.rooms[chat_id]
        creator = next(one for one in room.standings if one in self._registry.people)
        standings = (Standing.LEFT, room.standing(self._bot.id))
        change = self._change(room, creator, self._bot.as_user(), standings)
        self._updates.add("my_chat_member", change)

    def promote_bot(self, chat_id: int, *, by: int) -> None:
        self.place_bot(chat_id, Standing.ADMINISTRATOR, by=by)

    def silence_bot(self, chat_id: int, *, by: int) -> None:
        """Take the right to write from the bot: restrict it, or in a channel, its right to post."""
        if self._registry.rooms[chat_id].type == "channel":
            self._let_post(chat_id, allowed=False, by=by)
        else:
            self.place_bot(chat_id, Standing.RESTRICTED, by=by)

    def let_bot_write(self, chat_id: int, *, by: int) -> None:
        """Give that right back."""
        if self._registry.rooms[chat_id].type == "channel":
            self._let_post(chat_id, allowed=True, by=by)
        else:
            self.place_bot(chat_id, Standing.MEMBER, by=by)

    def _let_post(self, chat_id: int, *, allowed: bool, by: int) -> None:
        room = self._registry.rooms[chat_id]
        standing = room.standing(self._bot.id)
        change = self._change(room, by, self._bot.as_user(), (standing, standing))
        room.bot_may_post = allowed
        change["new_chat_member"] = self._bot_member(room, standing)
        self._updates.add("my_chat_member", change)
        self._events.tell("standing_changed", chat_id=chat_id, standing=str(standing))

    def remove_bot(self, chat_id: int, *, by: int) -> None:
        """Somebody kicks the bot out."""
        self.place_bot(chat_id, Standing.KICKED, by=by)

    def leave(self, chat_id: int) -> None:
        """Take the bot out, of its own accord."""
        room = self._registry.rooms[chat_id]
        room.standings[self._bot.id] = Standing.LEFT
        self._events.tell("standing_changed", chat_id=chat_id, standing=str(Standing.LEFT))

    def delete_group(self, chat_id: int) -> None:
        self._registry.rooms[chat_id].deleted = True
        self._events.tell("group_deleted", chat_id=chat_id)

    def deactivate(self, person_id: int) -> None:
        """End the person's account; the bot isn't told."""
        self._registry.people[person_id].deactivated = True

    def place_bot(self, chat_id: int, standing: Standing, *, by: int) -> None:
        """Change where the bot stands, and tell it so."""
        room = self._registry.rooms[chat_id]
        before = room.standing(self._bot.id)
        if before is standing:
            return
        room.standings[self._bot.id] = standing
        change = self._change(room, by, self._bot.as_user(), (before, standing))
        self._updates.add("my_chat_member", change)
        self._events.tell("standing_changed", chat_id=chat_id, standing=str(standing))

    def place(self, chat_id: int, person: Person, standing: Standing) -> None:
        """Change where a person stands; bots hear of it only on request."""
        room = self._registry.rooms[chat_id]
        before = room.standing(person.id)
        room.standings[person.id] = standing
        change = self._change(room, person.id, person.as_user(), (before, standing))
        self._updates.add("chat_member", change)

    def _bot_member(self, room: Room, standing: Standing) -> dict[str, Any]:
        return member(self._bot.as_user(), standing, room.type, may_post=room.bot_may_post)

    def _change(
        self, room: Room, by: int, whom: dict[str, Any], standings: tuple[Standing, Standing]
    ) -> dict[str, Any]:
        before, after = standings
        return {
            "chat": self._registry.chat(room),
            "from": self._registry.people[by].as_user(),
            "date": self._now(),
            "old_chat_member": member(whom, before, room.type, may_post=room.bot_may_post),
            "new_chat_member": member(whom, after, room.type, may_post=room.bot_may_post),
        }
