"""Desk rooms and channels through the whole program: nothing lost, whoever set them up is told."""

import pytest

from bot.domain.delivery import State
from tests.aids.play import Play

pytestmark = pytest.mark.e2e


async def test_a_channel_is_set_up_from_a_private_chat_and_gets_its_alerts(play: Play) -> None:
    ada = await play.subscriber("Military", first_name="Ada")
    wire = play.server.world.channel("The wire", admins=[ada.person], username="wire")
    await ada.ask("/channel @wire")
    await ada.ask("/follow economy")
    await ada.ask("/done")
    ada.skip()

    play.publish("For the channel", "economy")
    play.publish("For Ada herself", "military")
    rows = await play.settled(2)

    assert {row.chat_id: row.headline for row in rows} == {
        wire.id: "For the channel",
        ada.id: "For Ada herself",
    }
    (post,) = play.server.world.conversations.sent_to[wire.id]
    assert post.labels == ["Open"]


async def test_a_closed_topic_gets_what_it_missed_when_it_is_reopened(play: Play) -> None:
    world = play.server.world
    ada = await play.subscriber(first_name="Ada")
    forum = world.supergroup("Forum", admins=[ada.person], is_forum=True)
    rooms = [world.topic(forum.id, name) for name in ("Trade desk", "Arms desk")]
    trade, arms = (ada.in_chat(forum).in_topic(topic) for topic in rooms)
    await trade.ask("/follow economy")
    await arms.ask("/follow economy")
    for here in (trade, arms, ada):
        here.skip()
    world.forums.close(forum.id, rooms[0].id)
    closed = await play.alert(ada)

    play.publish("Told in both rooms", "economy")
    assert "Told in both rooms" in (await play.alert(arms)).text
    await play.logged("fanout_planned", deliveries=2)
    world.forums.reopen(forum.id, rooms[0].id)

    assert "Told in both rooms" in (await play.alert(trade)).text
    assert "Trade desk was closed" in closed.text
    assert {row.state for row in await play.settled(2)} == {State.SENT}


async def test_what_a_silent_group_is_owed_outlives_the_program(play: Play) -> None:
    world = play.server.world
    ada = await play.subscriber(first_name="Ada")
    group = world.supergroup("Desk", admins=[ada.person])
    here = ada.in_chat(group)
    await here.ask("/follow economy")
    here.skip()
    group.read_only = True

    play.publish("Kept for later", "economy")
    notice = await play.alert(ada)
    await play.stop()
    group.read_only = False
    await play.start()
    assert [row.state for row in play.owed()] == [State.HELD]
    world.memberships.silence_bot(group.id, by=ada.id)
    world.memberships.let_bot_write(group.id, by=ada.id)

    assert "Kept for later" in (await play.alert(here)).text
    assert "may no longer write in Desk" in notice.text
    assert [row.state for row in await play.settled(1)] == [State.SENT]


async def test_whoever_set_a_group_up_is_told_that_it_is_gone(play: Play) -> None:
    ada = await play.subscriber(first_name="Ada")
    group = play.server.world.group("Desk", admins=[ada.person])
    await ada.in_chat(group).ask("/follow economy")
    play.server.world.memberships.delete_group(group.id)

    play.publish("Told to nobody", "economy")

    assert "no longer in Desk" in (await play.alert(ada)).text
    assert [row.state for row in await play.settled(1)] == [State.DROPPED]
