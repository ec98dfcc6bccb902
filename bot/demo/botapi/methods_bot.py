"""The methods about the bot itself."""

import re
from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.profile import Command
from bot.demo.botapi.stage import Stage

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
_OF_ONE_CHAT: Final = ("chat", "chat_administrators", "chat_member")
_SCOPES: Final = (
    *("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
    *_OF_ONE_CHAT,
)
_MOST_COMMANDS: Final = 100
_LONGEST_COMMAND_DESCRIPTION: Final = 256
_LONGEST_DESCRIPTION: Final = 512
_LONGEST_SHORT_DESCRIPTION: Final = 120


async def get_me(stage: Stage, _params: Parameters) -> dict[str, Any]:
    return stage.world.bot.as_me()


async def set_my_commands(stage: Stage, params: Parameters) -> bool:
    commands = [_command(item) for item in params.items("commands")]
    if len(commands) > _MOST_COMMANDS:
        raise Refusal.bad_request("BOT_COMMANDS_TOO_MUCH")
    stage.world.bot.set_commands(commands, _scope(stage, params), _language(params))
    stage.world.events.tell("commands")
    return True


async def get_my_commands(stage: Stage, params: Parameters) -> list[Command]:
    return stage.world.bot.commands(_scope(stage, params), _language(params))


async def delete_my_commands(stage: Stage, params: Parameters) -> bool:
    stage.world.bot.forget_commands(_scope(stage, params), _language(params))
    stage.world.events.tell("commands")
    return True


async def set_my_description(stage: Stage, params: Parameters) -> bool:
    text = _at_most(_LONGEST_DESCRIPTION, params.text("description"))
    stage.world.bot.descriptions[_language(params)] = text
    return True


async def set_my_short_description(stage: Stage, params: Parameters) -> bool:
    text = _at_most(_LONGEST_SHORT_DESCRIPTION, params.text("short_description"))
    stage.world.bot.short_descriptions[_language(params)] = text
    return True


async def set_chat_menu_button(stage: Stage, params: Parameters) -> bool:
    button = params.structure("menu_button") or {"type": "default"}
    stage.world.bot.menu_buttons[params.optional_integer("chat_id")] = button
    return True


async def log_out(_stage: Stage, _params: Parameters) -> bool:
    return True


async def close(_stage: Stage, _params: Parameters) -> bool:
    return True


def _scope(stage: Stage, params: Parameters) -> dict[str, Any]:
    """Return whom the commands are for; raises `Refusal` for chats that the bot has no part in."""
    scope = params.structure("scope")
    kind = str(scope.get("type", "default"))
    if kind not in _SCOPES:
        raise Refusal.bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind not in _OF_ONE_CHAT:
        return scope
    room = stage.world.registry.find(scope.get("chat_id"))
    if room.type == "private":
        if kind != "chat":
            raise Refusal.bad_request(f"can't use {kind} commands scope in private chats")
        if not room.begun:
            raise Refusal.bad_request("Chat not found")
    elif room.type == "channel":
        raise Refusal.bad_request("can't change commands in channel chats")
    else:
        stage.access.reach(room.id)
    return {**scope, "chat_id": room.id}


def _command(item: Any) -> Command:
    if not isinstance(item, dict) or not {"command", "description"} <= item.keys():
        raise Refusal.bad_request("Can't parse BotCommand: expected an Object")
    name = str(item["command"]).removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise Refusal.bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(item["description"]) <= _LONGEST_COMMAND_DESCRIPTION:
        raise Refusal.bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": item["description"]}


def _language(params: Parameters) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise Refusal.bad_request("Invalid language code specified")
    return code


def _at_most(longest: int, text: str) -> str:
    if len(text) > longest:
        raise Refusal.bad_request("BOT_DESCRIPTION_INVALID")
    return text
