"""The stream of events that the chat page listens to."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.userside import UserSide

Ask = Callable[..., Awaitable[Any]]
GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}


async def test_events_tell_the_page_what_happens(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, ask: Ask
) -> None:
    group = server.world.group("Desk", members=[ada.person])
    async with http.get(f"{server.url}/chat/api/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        sent = await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=GO)
        about = {"chat_id": ada.id, "message_id": sent["message_id"]}
        query = server.world.press(ada.id, ada.id, sent["message_id"], "1")
        await ask("answerCallbackQuery", callback_query_id=query.id, text="Done")
        await ask("editMessageText", **about, text="b")
        await ask("deleteMessage", **about)
        await ask("sendChatAction", chat_id=ada.id, action="typing")
        await ask("setMyCommands", commands=[])
        server.world.say(ada.id, group.id, "/hi")
        at_group = server.world.queries.open(ada.id, group.id, "1", server.world.clock())
        await ask("answerCallbackQuery", callback_query_id=at_group.id)
        events = [await next_event(stream) for _ in range(8)]

    assert [name for name, _ in events] == [
        "message",
        "answer",
        "edited",
        "deleted",
        "typing",
        "commands",
        "message",
        "answer",
    ]
    data = [data for _, data in events]
    assert data[0]["rooms"] == [str(ada.id)]
    assert data[0]["message"]["reply_markup"] == GO
    assert data[1] == {
        "room": str(ada.id),
        "callback_query_id": query.id,
        "text": "Done",
        "show_alert": False,
    }
    assert data[2]["message"]["html"] == "b"
    assert data[3]["message"]["deleted"] is True
    assert data[4] == {"rooms": [str(ada.id)]}
    assert data[5] == {"menus": {str(ada.id): [], f"{group.id}:{ada.id}": []}}
    assert data[6]["rooms"] == [f"{group.id}:{ada.id}"]
    assert data[7]["room"] == f"{group.id}:{ada.id}"


async def test_the_stream_ends_with_the_stand_in(http: aiohttp.ClientSession) -> None:
    async with StandIn() as server:
        stream = await http.get(f"{server.url}/chat/api/events")
        await stream.content.readuntil(b"\n\n")
    rest = await stream.content.read()

    assert rest == b""


async def test_the_stand_in_forgets_a_page_that_was_closed(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader
) -> None:
    stream = await http.get(f"{server.url}/chat/api/events")
    await stream.content.readuntil(b"\n\n")
    listeners = server.world.events._listeners
    assert len(listeners) == 1
    stream.close()
    async with asyncio.timeout(5):
        while listeners:
            await ada.say("are you there?")
            await asyncio.sleep(0.001)

    assert listeners == []


async def test_a_quiet_stream_is_kept_open(http: aiohttp.ClientSession, server: StandIn) -> None:
    side = UserSide(server.world, None, keep_open=0.001)
    app = web.Application()
    app.add_routes(side.routes())
    async with TestServer(app) as page, http.get(page.make_url("/chat/api/events")) as stream:
        await stream.content.readuntil(b"\n\n")
        comment = await stream.content.readuntil(b"\n\n")
        side.close()

    assert comment == b": still here\n\n"


async def next_event(stream: aiohttp.ClientResponse) -> tuple[str, dict[str, Any]]:
    frame = (await stream.content.readuntil(b"\n\n")).decode().strip()
    name, data = frame.split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))
