"""What an administrator can do to a room on the chat page, as in any messenger."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.demo.botapi.page_view import RoomKey
from bot.demo.botapi.rooms import Room, Standing
from bot.demo.botapi.world import NotPossibleError, World

#: Does something to the room, as its person.
_Act = Callable[[World, RoomKey], object]


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    act: _Act


def actions(world: World, key: RoomKey) -> dict[str, str]:
    """Return what the room's person can do there: names, each with what a button says."""
    return {name: action.label for name, action in _possible(world, key).items()}


def act(world: World, key: RoomKey, name: str) -> None:
    """Do it; raises `NotPossibleError`."""
    action = _possible(world, key).get(name)
    if action is None:
        raise NotPossibleError("That cannot be done here.")
    action.act(world, key)


def _possible(world: World, key: RoomKey) -> dict[str, Action]:
    room = world.registry.rooms[key.chat_id]
    if room.type == "private" or not room.standing(key.person_id).administers:
        return {}
    names = _of_topic(room, key.thread_id) if key.thread_id is not None else _of_room(world, room)
    return {name: _ACTIONS[name] for name in names}


def _of_topic(room: Room, thread_id: int) -> list[str]:
    closed = room.topics[thread_id].closed
    return ["reopen" if closed else "close", "delete"]


def _of_room(world: World, room: Room) -> list[str]:
    standing = room.standing(world.bot.id)
    if not standing.inside:
        return ["add"]
    if room.type == "group":
        return ["upgrade", "remove"]
    silent = standing is Standing.RESTRICTED or not room.bot_may_post
    return ["unsilence" if silent else "silence", "remove"]


def _add(world: World, key: RoomKey) -> None:
    if world.registry.rooms[key.chat_id].type == "channel":
        world.memberships.promote_bot(key.chat_id, by=key.person_id)
    else:
        world.memberships.add_bot(key.chat_id, by=key.person_id)


def _thread(key: RoomKey) -> int:
    return key.thread_id or 0


_ACTIONS: Final = {
    "add": Action("Add the bot", _add),
    "remove": Action(
        "Remove the bot", lambda world, key: world.memberships.remove_bot(key[0], by=key[1])
    ),
    "silence": Action(
        "Forbid the bot to write",
        lambda world, key: world.memberships.silence_bot(key[0], by=key[1]),
    ),
    "unsilence": Action(
        "Let the bot write again",
        lambda world, key: world.memberships.let_bot_write(key[0], by=key[1]),
    ),
    "upgrade": Action("Make it a supergroup", lambda world, key: world.upgrade(key[0])),
    "close": Action("Close the topic", lambda world, key: world.forums.close(key[0], _thread(key))),
    "reopen": Action(
        "Reopen the topic", lambda world, key: world.forums.reopen(key[0], _thread(key))
    ),
    "delete": Action(
        "Delete the topic", lambda world, key: world.forums.delete(key[0], _thread(key))
    ),
}
