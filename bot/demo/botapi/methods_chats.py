"""The methods about chats and who is in them."""

from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.rooms import Room, member
from bot.demo.botapi.stage import Stage

_MOST_REACTIONS: Final = 11
_GIFTS: Final = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


async def get_chat(stage: Stage, params: Parameters) -> dict[str, Any]:
    room = stage.access.look_up(params.chat_id)
    return {
        **stage.world.registry.chat(room),
        "accent_color_id": abs(room.id) % 7,
        "max_reaction_count": _MOST_REACTIONS,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


async def get_chat_member(stage: Stage, params: Parameters) -> dict[str, Any]:
    room = _room(stage, params)
    user = _user(stage, params.integer("user_id"))
    if user is None:
        raise Refusal.bad_request("PARTICIPANT_ID_INVALID")
    if room.type == "channel" and not room.standing(stage.world.bot.id).administers:
        raise Refusal.bad_request("CHAT_ADMIN_REQUIRED")
    return _member(stage, room, user)


async def get_chat_administrators(stage: Stage, params: Parameters) -> list[dict[str, Any]]:
    """Return the administrators; other bots than the asking one are not there to be left out."""
    room = _room(stage, params)
    if room.type == "private":
        raise Refusal.bad_request("There are no administrators in the private chat")
    shown = []
    for user_id, standing in room.standings.items():
        user = _user(stage, user_id)
        if standing.administers and user is not None:
            shown.append(_member(stage, room, user))
    return shown


async def leave_chat(stage: Stage, params: Parameters) -> bool:
    room = _room(stage, params)
    if room.type == "private":
        raise Refusal.bad_request("Chat member status can't be changed in private chats")
    stage.world.memberships.leave(room.id)
    return True


def _member(stage: Stage, room: Room, user: dict[str, Any]) -> dict[str, Any]:
    may_post = room.bot_may_post or user["id"] != stage.world.bot.id
    return member(user, room.standing(user["id"]), room.type, may_post=may_post)


def _room(stage: Stage, params: Parameters) -> Room:
    return stage.access.reach(params.chat_id)


def _user(stage: Stage, user_id: int) -> dict[str, Any] | None:
    if user_id == stage.world.bot.id:
        return stage.world.bot.as_user()
    person = stage.world.registry.people.get(user_id)
    return None if person is None else person.as_user()
