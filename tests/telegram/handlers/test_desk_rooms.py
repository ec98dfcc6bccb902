"""Forum topics: each is a desk room with follows of its own, and lives and ends by itself."""

from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader, Room
from bot.demo.botapi.rooms import Topic
from bot.domain.silence import Silence
from bot.domain.subscriber import Standing
from tests.aids.articles import ECONOMY, MILITARY, teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, tap


@dataclass(frozen=True, slots=True)
class Forum:
    room: Room
    #: One follows Economy, the other one Military.
    trade: Topic
    arms: Topic
    #: The administrator who set both up: in either, and in private.
    at_trade: Reader
    at_arms: Reader
    ada: Reader


@pytest.fixture
async def forum(desk: Desk) -> Forum:
    ada = desk.reader("Ada")
    await ada.ask("/start")
    room = desk.server.world.supergroup("Forum", admins=[ada.person], is_forum=True)
    trade = desk.server.world.topic(room.id, "Trade desk")
    arms = desk.server.world.topic(room.id, "Arms desk")
    at_trade = ada.in_chat(room).in_topic(trade)
    at_arms = ada.in_chat(room).in_topic(arms)
    await at_trade.ask("/follow economy")
    await at_arms.ask("/follow military")
    return Forum(room, trade, arms, at_trade, at_arms, ada)


async def silence(desk: Desk, topic: Topic, forum: Forum) -> Silence | None:
    found = await desk.subscriber(forum.room.id, topic.id)
    assert found
    return found.silence


async def test_alerts_come_in_the_topic_that_follows_them(desk: Desk, forum: Forum) -> None:
    for here in (forum.at_trade, forum.at_arms):
        here.skip()

    await desk.deliver(
        teaser("ships", headline="Ships wait"),
        teaser("drill", headline="A drill ends", sections=[MILITARY]),
    )

    assert "Ships wait" in (await forum.at_trade.next_message()).text
    assert "A drill ends" in (await forum.at_arms.next_message()).text
    assert len(forum.at_trade.messages) == len(forum.at_arms.messages) == 2
    assert await desk.subscriber(forum.room.id) is None


async def test_buttons_and_answers_stay_in_their_topic(desk: Desk, forum: Forum) -> None:
    await desk.deliver(teaser("ships", headline="Ships wait"))
    alert = forum.at_trade.last

    await tap(forum.at_trade, "Mute\u2026", alert)
    await tap(forum.at_trade, "Economy", alert)
    forum.at_trade.skip()
    await forum.at_trade.say("/why", reply_to=alert)
    told = await forum.at_trade.next_message()

    assert "Ships wait" in told.text
    assert told.thread_id == forum.trade.id
    assert await desk.follows(forum.room.id, forum.trade.id) == set()
    assert await desk.follows(forum.room.id, forum.arms.id) == {"military"}


async def test_the_general_topic_is_the_group_itself(desk: Desk, forum: Forum) -> None:
    general = forum.ada.in_chat(forum.room)

    reply = await general.ask("/follow trade")

    assert reply.thread_id is None
    assert await desk.follows(forum.room.id) == {"trade"}


async def test_a_thread_of_replies_outside_a_forum_is_no_place_of_its_own(desk: Desk) -> None:
    """Telegram numbers these too, and does not call them topics."""
    ada = desk.reader("Ada")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    desk.server.world.updates.add(
        "message",
        {
            "message_id": 900,
            "date": 1_772_600_000,
            "chat": group.as_chat(),
            "from": ada.person.as_user(),
            "message_thread_id": 42,
            "text": "/follow economy",
        },
    )

    await ada.wait_for(lambda: desk.server.sent)

    assert desk.server.sent[-1].thread_id is None
    assert await desk.follows(group.id) == {"economy"}


async def test_a_closed_topic_waits_and_gets_it_all_when_it_is_reopened(
    desk: Desk, forum: Forum
) -> None:
    world = desk.server.world
    world.forums.close(forum.room.id, forum.trade.id)
    notice = await forum.ada.next_message()
    assert notice.text.startswith("Forum \u00b7 Trade desk was closed. Nothing is lost")
    tried = len(desk.server.calls)

    await desk.deliver(*(teaser(f"ship-{n}", headline=f"Ship {n} waits") for n in range(4)))
    await desk.deliver(teaser("drill", headline="A drill ends", sections=[MILITARY]))
    assert "A drill ends" in forum.at_arms.last.text
    calls = desk.server.calls[tried:]
    assert [call.method for call in calls if call.parameters.get("message_thread_id")] == [
        "sendMessage"
    ]

    forum.at_trade.skip()
    world.forums.reopen(forum.room.id, forum.trade.id)
    await until(lambda: bool(desk.woken))
    await desk.send_due()

    text = (await forum.at_trade.next_message()).text
    assert all(f"Ship {n} waits" in text for n in range(4))
    assert await silence(desk, forum.trade, forum) is None
    assert len(forum.ada.messages) == 2


async def test_a_topic_that_refuses_is_held_and_told_of_once(desk: Desk, forum: Forum) -> None:
    """Where the service message was not seen, the refusal tells."""
    forum.trade.closed = True
    await desk.deliver(teaser("one"))
    await desk.deliver(teaser("two"))

    notice = await forum.ada.next_message()

    assert "was closed" in notice.text
    assert len(forum.ada.messages) == 2
    assert await silence(desk, forum.trade, forum) is Silence.CLOSED
    assert await silence(desk, forum.arms, forum) is None


async def test_a_closed_topic_in_which_the_bot_may_write_goes_on(desk: Desk, forum: Forum) -> None:
    """A desk room that only administrators write in is a closed topic."""
    world = desk.server.world
    world.memberships.promote_bot(forum.room.id, by=forum.ada.id)
    with capture_logs() as logs:
        world.forums.close(forum.room.id, forum.trade.id)
        await until(lambda: any(log.get("command") == "topic" for log in logs))
    forum.at_trade.skip()

    await desk.deliver(teaser("ships", headline="Ships wait"))

    assert "Ships wait" in (await forum.at_trade.next_message()).text


async def test_a_topic_in_which_nothing_was_set_up_closes_unnoticed(
    desk: Desk, forum: Forum
) -> None:
    idle = desk.server.world.topic(forum.room.id, "Canteen")
    with capture_logs() as logs:
        desk.server.world.forums.close(forum.room.id, idle.id)
        await until(lambda: bool(logs))

    assert [(log["command"], log["outcome"]) for log in logs] == [("topic", "noted")]
    assert await desk.subscriber(forum.room.id, idle.id) is None


async def test_a_deleted_topic_ends_and_no_other_one(desk: Desk, forum: Forum) -> None:
    desk.server.world.forums.delete(forum.room.id, forum.trade.id)
    await desk.deliver(teaser("ships"), teaser("more", headline="More ships"))

    notice = await forum.ada.next_message()

    assert notice.text.startswith("Forum \u00b7 Trade desk is gone")
    trade = await desk.subscriber(forum.room.id, forum.trade.id)
    arms = await desk.subscriber(forum.room.id, forum.arms.id)
    assert trade
    assert arms
    assert (trade.standing, arms.standing) == (Standing.RETIRED, Standing.ACTIVE)
    assert len(forum.ada.messages) == 2


async def test_where_nobody_can_be_told_the_forum_is(desk: Desk, forum: Forum) -> None:
    forum.ada.block()
    general = forum.ada.in_chat(forum.room)
    general.skip()
    desk.server.world.forums.delete(forum.room.id, forum.trade.id)

    await desk.deliver(teaser("ships"))
    notice = await general.next_message()

    assert "Trade desk is gone" in notice.text
    assert notice.thread_id is None


async def test_a_member_changes_nothing_in_a_topic(desk: Desk, forum: Forum) -> None:
    ben = desk.reader("Ben")
    forum.room.standings[ben.id] = forum.room.standing(ben.id).MEMBER
    here = ben.in_chat(forum.room).in_topic(forum.trade)

    reply = await here.ask("/unfollow economy")

    assert reply.text.startswith("Only this group's administrators")
    assert await desk.follows(forum.room.id, forum.trade.id) == {"economy"}


async def test_an_edition_comes_in_its_topic(desk: Desk, forum: Forum) -> None:
    await forum.at_trade.ask("/digest hourly")
    await desk.deliver(teaser("ships", headline="Ships wait", sections=[ECONOMY]))
    forum.at_trade.skip()

    desk.clock.pass_time(hours=1)
    await desk.send_due()

    edition = await forum.at_trade.next_message()
    assert "Your edition" in edition.text
    assert edition.thread_id == forum.trade.id
