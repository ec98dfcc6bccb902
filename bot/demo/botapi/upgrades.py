"""A group becomes a supergroup, and Telegram tells of it in three ways, in any order."""

from collections.abc import Callable
from functools import partial

from bot.demo.botapi.events import Events
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.rooms import Room


class Upgrades:
    """`announce` puts a service message into a room; `joined` tells that the bot joined one."""

    def __init__(
        self,
        *,
        registry: Registry,
        events: Events,
        announce: Callable[..., object],
        joined: Callable[[int], None],
    ) -> None:
        self._registry, self._events = registry, events
        self._announce, self._joined = announce, joined

    def make(self, chat_id: int) -> Room:
        """Return the supergroup that the group is from now on; nobody is told of it yet."""
        old = self._registry.rooms[chat_id]
        new = self._registry.room("supergroup", old.title)
        new.standings = dict(old.standings)
        old.migrated_to = new.id
        return new

    def tell(self, old_id: int, new_id: int, *, new_first: bool = False) -> None:
        """Have both chats tell of the upgrade, and the bot join the new one."""
        rooms = self._registry.rooms
        telling: list[Callable[[], object]] = [
            partial(self._announce, rooms[old_id], migrate_to_chat_id=new_id),
            partial(self._announce, rooms[new_id], migrate_from_chat_id=old_id),
            partial(self._joined, new_id),
        ]
        for tell in telling[::-1] if new_first else telling:
            tell()
        self._events.tell("rooms_changed", chat_id=old_id)
