"""What the bot hears in groups and channels, and what it can find out about them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.demo.botapi import Reader, StandIn, Standing

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


async def test_a_channel_is_written_in_by_its_administrators(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    bo = server.reader("Bo")
    channel = server.world.channel(
        "Wire", admins=[ada.person], members=[bo.person], username="wire"
    )
    post = await ask("sendMessage", chat_id="@wire", text="a")
    server.world.say(ada.id, channel.id, "b")
    with pytest.raises(ValueError, match="administrators"):
        server.world.say(bo.id, channel.id, "c")
    [update] = await told(ask)
    own = await ask("getChatMember", chat_id=channel.id, user_id=server.world.bot.id)
    channel.standings[server.world.bot.id] = Standing.MEMBER

    assert (post["sender_chat"]["id"], "from" in post) == (channel.id, False)
    assert update["channel_post"]["text"] == "b"
    assert own["can_post_messages"] is True
    assert (await refusal(ask, channel.id))["description"] == (
        "Bad Request: need administrator rights in the channel chat"
    )


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk", members=[ada.person])
    at_desk = ada.in_chat(group)
    own = await refusal(ask, group.id)
    for text in ("chat", "/a", "/b@dekbot", "/c@other", "hey @dekbot", "hey @other"):
        await at_desk.say(text)
    await at_desk.say("reply", reply_to=at_desk.last)
    heard = [update["message"]["text"] for update in await told(ask)]
    server.world.memberships.promote_bot(group.id, by=ada.id)
    await at_desk.say("chat again")
    [promoted, chat] = await told(ask)

    assert own["message_id"] == at_desk.last.id
    assert heard == ["/a", "/b@dekbot", "hey @dekbot", "reply"]
    assert promoted["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert chat["message"]["text"] == "chat again"


async def test_the_bot_hears_that_it_was_added_and_removed(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk", members=[ada.person], bot=Standing.LEFT)
    await ada.in_chat(group).say("/unheard")
    server.world.memberships.add_bot(group.id, by=ada.id)
    server.world.memberships.remove_bot(group.id, by=ada.id)
    [added, service, removed] = await told(ask)

    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "dekbot"
    assert removed["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_people_joining_are_told_of_on_request(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk")
    server.world.memberships.place(group.id, ada.person, Standing.MEMBER)
    unasked = await told(ask)
    await ask("getUpdates", allowed_updates=["chat_member"])
    server.world.memberships.place(group.id, ada.person, Standing.CREATOR)
    [update] = await told(ask)

    assert unasked == []
    assert update["chat_member"]["new_chat_member"]["status"] == "creator"


async def test_a_chat_and_its_members_can_be_looked_up(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    bo, cy = server.reader("Bo", username="bo"), server.reader("Cy")
    group = server.world.group("Desk", admins=[ada.person, bo.person], bot=Standing.ADMINISTRATOR)
    cast = [ada.id, bo.id, cy.id, server.world.bot.id]
    found = [await ask("getChatMember", chat_id=group.id, user_id=user) for user in cast]
    administrators = await ask("getChatAdministrators", chat_id=group.id)
    unknown = await ask("getChatMember", chat_id=group.id, user_id=3)
    private = await ask("getChatAdministrators", chat_id=ada.id)

    assert [member["status"] for member in found] == [
        "creator",
        "administrator",
        "left",
        "administrator",
    ]
    assert [member["user"]["first_name"] for member in administrators] == ["Ada", "Bo", "Dekbot"]
    assert (await ask("getChat", chat_id=group.id))["title"] == "Desk"
    assert (await ask("getChat", chat_id=ada.id))["first_name"] == "Ada"
    assert unknown["description"] == "Bad Request: PARTICIPANT_ID_INVALID"
    assert private["description"] == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_the_bot_can_leave_a_group_and_nothing_else(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk")

    assert await ask("leaveChat", chat_id=group.id) is True
    assert group.standing(server.world.bot.id) is Standing.LEFT
    assert "private" in (await ask("leaveChat", chat_id=ada.id))["description"]
