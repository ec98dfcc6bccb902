"""What the bot says of itself."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.demo.botapi import StandIn

Ask = Callable[..., Awaitable[Any]]
HELP = [{"command": "help", "description": "How it works"}]
HILFE = [{"command": "help", "description": "So geht es"}]


async def test_the_bot_knows_itself(ask: Ask, server: StandIn) -> None:
    me = await ask("getMe")

    assert (me["id"], me["username"], me["is_bot"]) == (server.world.bot.id, "dekbot", True)
    assert await ask("logOut") is True
    assert await ask("close") is True


async def test_commands_are_kept_by_scope_and_language(ask: Ask, server: StandIn) -> None:
    scope = {"type": "chat", "chat_id": 7}
    await ask("setMyCommands", commands=HELP)
    await ask("setMyCommands", commands=HILFE, language_code="de", scope=scope)
    kept = [
        await ask("getMyCommands"),
        await ask("getMyCommands", language_code="de"),
        await ask("getMyCommands", language_code="de", scope=scope),
    ]
    await ask("deleteMyCommands", language_code="de", scope=scope)

    assert kept == [HELP, [], HILFE]
    assert await ask("getMyCommands", language_code="de", scope=scope) == []
    assert server.world.bot.menu() == HELP


async def test_private_chats_have_the_menu_of_their_language(ask: Ask, server: StandIn) -> None:
    assert server.world.bot.menu("de") == []
    private = {"type": "all_private_chats"}
    await ask("setMyCommands", commands=HELP)
    await ask("setMyCommands", commands=HILFE, language_code="de", scope=private)

    assert server.world.bot.menu("de") == HILFE
    assert server.world.bot.menu("ko") == HELP
    assert server.world.bot.menu("de", in_group=True) == HELP


async def test_a_chats_own_menu_goes_before_that_of_a_language(ask: Ask, server: StandIn) -> None:
    await ask("setMyCommands", commands=HELP, language_code="de")
    await ask("setMyCommands", commands=HILFE, scope={"type": "chat", "chat_id": 7})

    assert server.world.bot.menu("de", 7) == HILFE
    assert server.world.bot.menu("de", 8) == HELP


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("setMyCommands", {"commands": HELP * 101}, "BOT_COMMANDS_TOO_MUCH"),
        (
            "setMyCommands",
            {"commands": [{"command": "Help!", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "help", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setMyCommands", {"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        (
            "setMyCommands",
            {"commands": HELP, "language_code": "english"},
            "invalid language code specified",
        ),
        ("setMyDescription", {"description": "a" * 513}, "BOT_DESCRIPTION_INVALID"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "BOT_DESCRIPTION_INVALID"),
    ],
)
async def test_what_is_too_long_or_misshapen_is_refused(
    ask: Ask, method: str, parameters: dict[str, Any], description: str
) -> None:
    refusal = await ask(method, **parameters)

    assert refusal["description"] == f"Bad Request: {description}"


async def test_descriptions_and_menu_buttons_are_kept(ask: Ask, server: StandIn) -> None:
    await ask("setMyDescription", description="News", language_code="en")
    await ask("setMyShortDescription", short_description="News")
    await ask("setChatMenuButton", menu_button={"type": "commands"})
    await ask("setChatMenuButton", chat_id=7)

    bot = server.world.bot
    assert (bot.descriptions, bot.short_descriptions) == ({"en": "News"}, {"": "News"})
    assert bot.menu_buttons == {None: {"type": "commands"}, 7: {"type": "default"}}
