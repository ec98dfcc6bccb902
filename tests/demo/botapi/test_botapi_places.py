"""Forum topics, restrictions and channels: what the bot hears of them, and how it is refused."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, Room, StandIn, Standing
from bot.demo.botapi.spec import Spec
from tests.demo.botapi.test_botapi_page import get, post

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
def forum(server: StandIn, ada: Reader) -> Room:
    return server.world.supergroup("Forum", admins=[ada.person], is_forum=True)


async def told(ask: Ask, spec: Spec) -> list[dict[str, Any]]:
    """Return what the bot has not heard yet, all of it as specified."""
    updates: list[dict[str, Any]] = await ask("getUpdates")
    if updates:
        await ask("getUpdates", offset=updates[-1]["update_id"] + 1)
    assert [spec.faults("Update", update) for update in updates] == [[]] * len(updates)
    return updates


async def test_a_topic_is_opened_closed_and_reopened_by_messages_in_it(
    ask: Ask, spec: Spec, server: StandIn, forum: Room
) -> None:
    world = server.world
    topic = world.topic(forum.id, "Trade desk")
    world.forums.close(forum.id, topic.id)
    world.forums.reopen(forum.id, topic.id)

    messages = [update["message"] for update in await told(ask, spec)]

    assert [message["message_thread_id"] for message in messages] == [topic.id] * 3
    assert all(message["is_topic_message"] for message in messages)
    assert messages[0]["message_id"] == topic.id
    assert messages[0]["forum_topic_created"]["name"] == "Trade desk"
    assert (messages[1]["forum_topic_closed"], messages[2]["forum_topic_reopened"]) == ({}, {})


async def test_what_is_said_in_a_topic_answers_the_message_that_opened_it(
    ask: Ask, spec: Spec, server: StandIn, ada: Reader, forum: Room
) -> None:
    topic = server.world.topic(forum.id, "Trade desk")
    here = ada.in_chat(forum).in_topic(topic)
    await told(ask, spec)

    await here.say("/a")
    sent = await ask("sendMessage", chat_id=forum.id, text="b", message_thread_id=topic.id)
    (update,) = await told(ask, spec)

    for message in (update["message"], sent):
        assert message["reply_to_message"]["forum_topic_created"]["name"] == "Trade desk"
    assert [message.text for message in here.messages] == ["b"]


async def test_a_deleted_topic_takes_its_messages_along_and_tells_nobody(
    ask: Ask, spec: Spec, server: StandIn, ada: Reader, forum: Room
) -> None:
    topic = server.world.topic(forum.id, "Trade desk")
    await ask("sendMessage", chat_id=forum.id, text="b", message_thread_id=topic.id)
    await told(ask, spec)
    server.world.forums.delete(forum.id, topic.id)
    refused = await ask("sendMessage", chat_id=forum.id, text="b", message_thread_id=topic.id)

    assert refused["description"] == "Bad Request: message thread not found"
    assert await told(ask, spec) == []
    assert ada.in_chat(forum).messages == []
    with pytest.raises(ValueError, match="no such topic"):
        server.world.say(ada.id, forum.id, "c", thread_id=topic.id)


async def test_in_a_closed_topic_only_administrators_write(
    server: StandIn, ada: Reader, forum: Room
) -> None:
    bo = server.reader("Bo")
    forum.standings[bo.id] = Standing.MEMBER
    topic = server.world.topic(forum.id, "Trade desk")
    server.world.forums.close(forum.id, topic.id)

    assert await ada.in_chat(forum).in_topic(topic).say("a")
    with pytest.raises(ValueError, match="The topic is closed"):
        await bo.in_chat(forum).in_topic(topic).say("b")


async def test_a_bot_is_restricted_and_allowed_to_write_again(
    ask: Ask, spec: Spec, server: StandIn, ada: Reader, forum: Room
) -> None:
    server.world.memberships.silence_bot(forum.id, by=ada.id)
    refused = await ask("sendMessage", chat_id=forum.id, text="b")
    server.world.memberships.let_bot_write(forum.id, by=ada.id)
    sent = await ask("sendMessage", chat_id=forum.id, text="b")
    changes = [update["my_chat_member"]["new_chat_member"] for update in await told(ask, spec)]

    assert refused["description"] == (
        "Bad Request: not enough rights to send text messages to the chat"
    )
    assert sent["text"] == "b"
    assert [change["status"] for change in changes] == ["restricted", "member"]
    assert changes[0]["can_send_messages"] is False


async def test_a_channel_takes_the_right_to_post_and_gives_it_back(
    ask: Ask, spec: Spec, server: StandIn, ada: Reader
) -> None:
    wire = server.world.channel("Wire", admins=[ada.person])
    server.world.memberships.silence_bot(wire.id, by=ada.id)
    refused = await ask("sendMessage", chat_id=wire.id, text="b")
    own = await ask("getChatMember", chat_id=wire.id, user_id=server.world.bot.id)
    hers = await ask("getChatMember", chat_id=wire.id, user_id=ada.id)
    server.world.memberships.let_bot_write(wire.id, by=ada.id)
    changes = [update["my_chat_member"] for update in await told(ask, spec)]

    assert refused["description"] == "Bad Request: need administrator rights in the channel chat"
    assert (own["can_post_messages"], hers["status"]) == (False, "creator")
    rights = [
        (
            change["old_chat_member"]["can_post_messages"],
            change["new_chat_member"]["can_post_messages"],
        )
        for change in changes
    ]
    assert rights == [(True, False), (False, True)]


async def test_a_public_channel_is_looked_up_by_strangers_and_its_members_are_not(
    ask: Ask, server: StandIn, ada: Reader
) -> None:
    wire = server.world.channel("Wire", admins=[ada.person], username="wire", bot=Standing.LEFT)
    inner = server.world.channel("Inner", admins=[ada.person], bot=Standing.LEFT)
    public = await ask("getChat", chat_id="@wire")
    private = await ask("getChat", chat_id=inner.id)
    member = await ask("getChatMember", chat_id=wire.id, user_id=ada.id)
    wire.standings[server.world.bot.id] = Standing.MEMBER
    as_member = await ask("getChatMember", chat_id=wire.id, user_id=ada.id)

    assert (public["id"], public["type"]) == (wire.id, "channel")
    assert private["description"] == "Forbidden: bot is not a member of the channel chat"
    assert member["description"] == "Forbidden: bot is not a member of the channel chat"
    assert as_member["description"] == "Bad Request: CHAT_ADMIN_REQUIRED"


async def test_on_the_page_a_forum_is_as_many_rooms_as_it_has_topics(
    ask: Ask, server: StandIn, http: aiohttp.ClientSession, ada: Reader, forum: Room
) -> None:
    topic = server.world.topic(forum.id, "Trade desk")
    key = f"{forum.id}:{ada.id}"
    await post(http, server, f"rooms/{key}/messages", {"text": "/general"})
    await post(http, server, f"rooms/{key}:{topic.id}/messages", {"text": "/a"})
    await ask("sendMessage", chat_id=forum.id, text="b", message_thread_id=topic.id)
    rooms = (await get(http, server, "state"))["rooms"]
    seen = {
        room: [m["text"] for m in (await get(http, server, f"rooms/{room}/messages"))["messages"]]
        for room in (key, f"{key}:{topic.id}")
    }

    assert [(room["key"], room["topic"]) for room in rooms if room["is_forum"]] == [
        (key, "General"),
        (f"{key}:{topic.id}", "Trade desk"),
    ]
    assert list(seen.values()) == [["/general"], ["The topic was opened.", "/a", "b"]]


async def test_in_a_channel_or_a_closed_topic_readers_see_that_they_cannot_write(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, forum: Room
) -> None:
    bo = server.reader("Bo")
    forum.standings[bo.id] = Standing.MEMBER
    topic = server.world.topic(forum.id, "Trade desk")
    server.world.forums.close(forum.id, topic.id)
    wire = server.world.channel("Wire", admins=[ada.person], members=[bo.person])
    rooms = (await get(http, server, "state"))["rooms"]
    writing = {
        (room["chat_id"], room["thread_id"], room["person_id"]): room["may_write"]
        for room in rooms
        if room["type"] != "private"
    }

    assert writing == {
        (forum.id, None, ada.id): True,
        (forum.id, topic.id, ada.id): True,
        (forum.id, None, bo.id): True,
        (forum.id, topic.id, bo.id): False,
        (wire.id, None, ada.id): True,
        (wire.id, None, bo.id): False,
    }


async def test_an_administrator_manages_rooms_on_the_page(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader, forum: Room
) -> None:
    world = server.world
    bo = server.reader("Bo")
    forum.standings[bo.id] = Standing.MEMBER
    topic = world.topic(forum.id, "Trade desk")
    group = world.group("Desk", admins=[ada.person])
    wire = world.channel("Wire", admins=[ada.person])
    general, room = f"{forum.id}:{ada.id}", f"{forum.id}:{ada.id}:{topic.id}"
    plays = [
        (room, ["close", "reopen", "close", "delete"]),
        (general, ["silence", "unsilence", "remove", "add"]),
        (f"{wire.id}:{ada.id}", ["silence", "unsilence", "remove", "add"]),
        (f"{group.id}:{ada.id}", ["upgrade"]),
    ]

    for key, acts in plays:
        for act in acts:
            assert act in (await get(http, server, f"rooms/{key}/actions"))["actions"]
            assert (await post(http, server, f"rooms/{key}/actions", {"do": act}))["status"] == 200

    assert forum.topics == {}
    assert forum.standing(world.bot.id) is Standing.MEMBER
    assert wire.standing(world.bot.id) is Standing.ADMINISTRATOR
    assert group.migrated_to in world.registry.rooms
    for key in (str(ada.id), f"{forum.id}:{bo.id}"):
        assert (await get(http, server, f"rooms/{key}/actions"))["actions"] == {}
        refused = await post(http, server, f"rooms/{key}/actions", {"do": "remove"})
        assert refused == {"status": 400, "error": "That cannot be done here."}
