"""Where the bot may write and what it hears, as people change their minds."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.demo.botapi import Reader, StandIn, Standing
from bot.demo.botapi.spec import Spec

Ask = Callable[..., Awaitable[Any]]


async def told(ask: Ask) -> list[dict[str, Any]]:
    """Return what the bot has not heard yet."""
    updates: list[dict[str, Any]] = await ask("getUpdates")
    if updates:
        await ask("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def refusal(ask: Ask, chat_id: int, **parameters: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await ask("sendMessage", chat_id=chat_id, text="a", **parameters)
    return answer


async def test_a_bot_does_not_begin_a_conversation(ask: Ask, server: StandIn) -> None:
    bo = server.reader("Bo")
    before = await refusal(ask, bo.id)
    await bo.say("/start")

    assert before["error_code"] == 403
    assert before["description"] == "Forbidden: bot can't initiate conversation with a user"
    assert (await refusal(ask, bo.id))["text"] == "a"


async def test_a_blocked_bot_is_refused_until_it_is_unblocked(ask: Ask, ada: Reader) -> None:
    ada.block()
    ada.block()
    blocked = await refusal(ask, ada.id)
    with pytest.raises(ValueError, match="unblock"):
        await ada.say("hello?")
    ada.unblock()
    unblocked = await refusal(ask, ada.id)
    [first, second] = [update["my_chat_member"] for update in await told(ask)]

    assert blocked["description"] == "Forbidden: bot was blocked by the user"
    assert unblocked["text"] == "a"
    assert (first["old_chat_member"]["status"], first["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    assert (second["chat"]["id"], second["from"]["id"]) == (ada.id, ada.id)


async def test_a_deactivated_account_is_refused(ask: Ask, ada: Reader, server: StandIn) -> None:
    server.world.memberships.deactivate(ada.id)

    assert (await refusal(ask, ada.id))["description"] == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("bot", "description"),
    [
        (Standing.KICKED, "Forbidden: bot was kicked from the {} chat"),
        (Standing.LEFT, "Forbidden: bot is not a member of the {} chat"),
    ],
)
@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_outside_a_chat_the_bot_is_refused(
    ask: Ask, server: StandIn, kind: str, bot: Standing, description: str
) -> None:
    room = getattr(server.world, kind)("Desk", bot=bot)

    assert (await refusal(ask, room.id))["description"] == description.format(kind)


async def test_a_deleted_group_is_refused(ask: Ask, server: StandIn) -> None:
    group = server.world.group("Desk")
    server.world.memberships.delete_group(group.id)

    assert (await refusal(ask, group.id))["description"] == "Forbidden: the group chat was deleted"


async def test_an_upgraded_group_names_its_successor(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk", admins=[ada.person])
    new = server.world.upgrade(group.id)
    old = await refusal(ask, group.id)
    *messages, joined = await told(ask)
    services = [update["message"] for update in messages]
    with pytest.raises(ValueError, match="closed"):
        server.world.say(ada.id, group.id, "/hi")

    assert old["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert old["parameters"] == {"migrate_to_chat_id": new.id}
    assert [message["chat"]["id"] for message in services] == [group.id, new.id]
    assert services[0]["migrate_to_chat_id"] == new.id
    assert services[1]["migrate_from_chat_id"] == group.id
    assert joined["my_chat_member"]["chat"]["id"] == new.id
    assert joined["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert (await refusal(ask, new.id))["chat"]["type"] == "supergroup"


async def test_a_closed_or_absent_topic_is_refused(ask: Ask, ada: Reader, server: StandIn) -> None:
    forum = server.world.supergroup("Desk", members=[ada.person], is_forum=True)
    topic = server.world.topic(forum.id, "News")
    sent = await refusal(ask, forum.id, message_thread_id=topic.id)
    topic.closed = True
    closed = await refusal(ask, forum.id, message_thread_id=topic.id)
    absent = await refusal(ask, forum.id, message_thread_id=99)

    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    assert sent["chat"]["is_forum"] is True
    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    assert absent["description"] == "Bad Request: message thread not found"


async def test_where_members_are_silent_so_is_the_bot(ask: Ask, server: StandIn) -> None:
    group = server.world.group("Desk")
    group.read_only = True

    assert (await refusal(ask, group.id))["description"] == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


@pytest.mark.parametrize("text", ["", " \n", "a" * 4097])
async def test_people_send_what_a_messenger_lets_them(
    server: StandIn, ada: Reader, text: str
) -> None:
    with pytest.raises(ValueError, match="1 to 4,096"):
        await ada.say(text)

    assert len(server.world.updates) == 0


async def test_strangers_do_not_write_in_others_chats(server: StandIn, ada: Reader) -> None:
    bo = server.reader("Bo")
    with pytest.raises(ValueError, match="no such conversation"):
        server.world.say(bo.id, ada.id, "hello")

    assert len(server.world.updates) == 0


async def test_every_update_is_as_specified(
    ask: Ask, ada: Reader, server: StandIn, spec: Spec
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    sent = await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=markup)
    server.world.press(ada.id, ada.id, sent["message_id"], "1")
    channel = server.world.channel("Wire", admins=[ada.person])
    server.world.say(ada.id, channel.id, "https://x.org @dekbot /a")
    group = server.world.group("Desk", admins=[ada.person])
    server.world.memberships.promote_bot(group.id, by=ada.id)
    server.world.memberships.remove_bot(group.id, by=ada.id)
    updates = await told(ask)

    assert [spec.faults("Update", update) for update in updates] == [[]] * 4
    assert server.violations == []


async def test_what_happens_is_told_in_printable_words() -> None:
    heard: list[tuple[str, dict[str, Any]]] = []
    async with StandIn(on_event=lambda name, fields: heard.append((name, fields))) as server:
        ada = server.reader("Ada")
        await ada.say("/start")
        ada.block()

    assert heard == [
        (
            "person_wrote",
            {"chat_id": ada.id, "message_id": 1, "who": "Ada", "text": "/start"},
        ),
        ("standing_changed", {"chat_id": ada.id, "standing": "kicked"}),
    ]


async def test_ids_are_never_given_twice(server: StandIn) -> None:
    first = server.reader("Ada", person_id=500_000_001)
    second = server.reader("Bo")

    assert first.id != second.id


async def test_a_condition_is_waited_for(server: StandIn, ada: Reader, ask: Ask) -> None:
    await ask("sendMessage", chat_id=ada.id, text="a")

    assert await server.wait_for(lambda: server.sent) == [ada.last]
