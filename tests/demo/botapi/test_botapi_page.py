"""The people's side over HTTP, as the chat page uses it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.messages import Message

Ask = Callable[..., Awaitable[Any]]
GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}


@dataclass(frozen=True)
class Card:
    title: str
    description: str
    image: str | None


async def card_for(url: str) -> Card | None:
    if "nothing" in url:
        return None
    return Card("Title", f"About {url}", "http://x.org/p.svg" if "picture" in url else None)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[StandIn]:
    (tmp_path / "index.html").write_text("<title>Chat</title>")
    (tmp_path / "page.css").write_text("body{}")
    async with StandIn(card=card_for, page_folder=tmp_path) as started:
        yield started


async def get(http: aiohttp.ClientSession, server: StandIn, path: str) -> Any:
    async with http.get(f"{server.url}/chat/api/{path}") as response:
        return await response.json()


async def post(http: aiohttp.ClientSession, server: StandIn, path: str, body: Any) -> Any:
    async with http.post(f"{server.url}/chat/api/{path}", json=body) as response:
        return {"status": response.status, **await response.json()}


async def test_the_page_and_its_files_are_served(
    server: StandIn, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{server.url}/") as index, http.get(f"{server.url}/page/page.css") as css:
        assert "Chat" in await index.text()
        assert css.content_type == "text/css"


async def test_the_state_shows_the_bot_its_people_and_every_room_as_they_see_it(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, ask: Ask
) -> None:
    bo = server.reader("Bo")
    group = server.world.supergroup("Desk", members=[ada.person, bo.person], is_forum=True)
    server.world.memberships.delete_group(server.world.group("Gone", members=[bo.person]).id)
    bo.block()
    await ask("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    state = await get(http, server, "state")

    assert state["bot"] == {
        "id": server.world.bot.id,
        "username": "dekbot",
        "first_name": "Dekbot",
        "inline": True,
    }
    help_ = [{"command": "help", "description": "Help"}]
    assert [room["commands"] for room in state["rooms"]] == [help_] * 4
    assert [person["first_name"] for person in state["people"]] == ["Ada", "Bo"]
    assert [(room["key"], room["blocked"], room["is_forum"]) for room in state["rooms"]] == [
        (str(ada.id), False, False),
        (str(bo.id), True, False),
        (f"{group.id}:{ada.id}", False, True),
        (f"{group.id}:{bo.id}", False, True),
    ]


async def test_what_a_person_types_reaches_the_bot_and_the_room(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, ask: Ask
) -> None:
    sent = await ask("sendMessage", chat_id=ada.id, text="<b>a</b> &lt;", parse_mode="HTML")
    body = {"text": "/why", "reply_to_message_id": sent["message_id"]}
    typed = await post(http, server, f"rooms/{ada.id}/messages", body)
    [update] = await ask("getUpdates")
    messages = (await get(http, server, f"rooms/{ada.id}/messages"))["messages"]

    assert update["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    assert [message["html"] for message in messages] == ["<b>a</b> &lt;", "/why"]
    assert typed.pop("status") == 200
    assert messages[1] == typed
    assert typed["from"] == {"id": ada.id, "first_name": "Ada", "is_bot": False}
    assert typed["reply_to_message_id"] == sent["message_id"]


async def test_a_press_goes_to_the_bot(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, ask: Ask
) -> None:
    sent = await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=GO)
    path = f"rooms/{ada.id}/messages/{sent['message_id']}/press"
    pressed = await post(http, server, path, {"data": "1"})
    absent = await post(http, server, path, {"data": "2"})
    nowhere = await post(http, server, f"rooms/{ada.id}/messages/99/press", {"data": "1"})
    [update] = await ask("getUpdates")

    assert update["callback_query"]["id"] == pressed["callback_query_id"]
    assert absent == {"status": 400, "error": "The message has no such button."}
    assert nowhere == {"status": 400, "error": "There is no such message."}


async def test_a_person_blocks_and_unblocks_the_bot(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, ask: Ask
) -> None:
    group = server.world.group("Desk", members=[ada.person])
    await post(http, server, f"rooms/{ada.id}/block", {"blocked": True})
    refusal = await ask("sendMessage", chat_id=ada.id, text="a")
    said = await post(http, server, f"rooms/{ada.id}/messages", {"text": "a"})
    await post(http, server, f"rooms/{ada.id}/block", {"blocked": False})
    at_group = await post(http, server, f"rooms/{group.id}:{ada.id}/block", {"blocked": True})

    assert refusal["error_code"] == 403
    assert said == {"status": 400, "error": "The bot is blocked: unblock it first."}
    assert at_group["status"] == 400
    assert (await ask("sendMessage", chat_id=ada.id, text="a"))["text"] == "a"


@pytest.mark.parametrize("key", ["x", "99", "500000001:99", "-1:500000001"])
async def test_a_room_that_is_not_there_is_not_found(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, key: str
) -> None:
    answer = await post(http, server, f"rooms/{key}/messages", {"text": "a"})

    assert answer == {"status": 404, "error": "There is no such room."}


@pytest.mark.parametrize("body", [b"{", b"[]"])
async def test_a_body_that_is_no_object_is_refused(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, body: bytes
) -> None:
    async with http.post(f"{server.url}/chat/api/rooms/{ada.id}/messages", data=body) as response:
        assert await response.json() == {"error": "A JSON object is expected."}


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("https://x.org/a", {}, {"url": "https://x.org/a", "large": False}),
        ("<a href='https://x.org/b'>b</a>", {}, {"url": "https://x.org/b"}),
        (
            "a",
            {"url": "https://x.org/picture", "prefer_large_media": True},
            {"large": True, "image": "http://x.org/p.svg"},
        ),
        ("https://x.org/a", {"is_disabled": True}, None),
        ("https://x.org/nothing", {}, None),
        ("<b>a</b>", {}, None),
    ],
)
async def test_a_link_card_is_shown_as_the_message_asks(
    server: StandIn,
    http: aiohttp.ClientSession,
    ada: Reader,
    ask: Ask,
    text: str,
    options: dict[str, Any],
    expected: dict[str, Any] | None,
) -> None:
    await ask(
        "sendMessage", chat_id=ada.id, text=text, parse_mode="HTML", link_preview_options=options
    )
    [message] = (await get(http, server, f"rooms/{ada.id}/messages"))["messages"]
    card = message["link_preview"]

    assert card == (None if expected is None else {**card, **expected})


async def test_posts_of_a_channel_and_services_have_a_face_on_the_page(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader
) -> None:
    channel = server.world.channel("Wire", admins=[ada.person])
    server.world.say(ada.id, channel.id, "a")
    group = server.world.group("Desk", members=[ada.person])
    server.world.memberships.add_bot(group.id, by=ada.id)
    new = server.world.upgrade(group.id)
    [post] = (await get(http, server, f"rooms/{channel.id}:{ada.id}/messages"))["messages"]
    [service] = (await get(http, server, f"rooms/{new.id}:{ada.id}/messages"))["messages"]

    assert post["from"]["first_name"] == "Wire"
    assert (service["service"], service["text"]) == (
        True,
        "This supergroup was a group before.",
    )


def test_a_message_without_formatting_renders_as_itself() -> None:
    message = Message(id=1, chat={"id": 1}, date=0, sender=None, text="a < b")

    assert message.html == "a &lt; b"
