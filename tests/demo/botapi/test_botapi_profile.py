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
    server.world.person("Ada", person_id=7, begun=True)
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
    server.world.person("Ada", person_id=7, begun=True)
    await ask("setMyCommands", commands=HELP, language_code="de")
    await ask("setMyCommands", commands=HILFE, scope={"type": "chat", "chat_id": 7})

    assert server.world.bot.menu("de", 7) == HILFE
    assert server.world.bot.menu("de", 8) == HELP


async def test_in_a_group_the_nearest_scope_is_seen(ask: Ask, server: StandIn) -> None:
    ada, ben = server.reader("Ada"), server.reader("Ben")
    group = server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    own = {"type": "chat_administrators", "chat_id": group.id}
    for scope, name in (
        ({"type": "all_group_chats"}, "everywhere"),
        ({"type": "all_chat_administrators"}, "administrators"),
        ({"type": "chat", "chat_id": group.id}, "here"),
        (own, "ours"),
    ):
        command = {"command": name, "description": name}
        await ask("setMyCommands", commands=[command], scope=scope)
    bot = server.world.bot

    def seen(*, administers: bool) -> str:
        shown = bot.menu("de", group.id, in_group=True, administers=administers)
        return shown[0]["command"]

    assert (seen(administers=True), seen(administers=False)) == ("ours", "here")
    await ask("deleteMyCommands", scope=own)
    await ask("deleteMyCommands", scope={"type": "chat", "chat_id": group.id})
    assert (seen(administers=True), seen(administers=False)) == ("administrators", "everywhere")


@pytest.mark.parametrize(
    ("scope", "refused"),
    [
        ({"type": "everybody"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat"}, "chat_id is empty"),
        ({"type": "chat", "chat_id": 7}, "chat not found"),
        ({"type": "chat", "chat_id": 8}, "chat not found"),
        (
            {"type": "chat_administrators", "chat_id": 9},
            "can't use chat_administrators commands scope in private chats",
        ),
    ],
)
async def test_a_menu_is_for_chats_that_the_bot_knows(
    ask: Ask, server: StandIn, scope: dict[str, Any], refused: str
) -> None:
    server.world.person("Never wrote", person_id=8)
    server.world.person("Ada", person_id=9, begun=True)

    answer = await ask("setMyCommands", commands=HELP, scope=scope)

    assert answer["description"] == f"Bad Request: {refused}"


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
