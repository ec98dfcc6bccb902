"""Manners in groups, and what happens to the bot there."""

import asyncio

import pytest

from bot.demo.botapi import Reader, Room
from bot.demo.botapi.errors import Refusal
from bot.domain.subscriber import Standing, Subscriber
from tests.telegram.handlers.conftest import Desk, tap


@pytest.fixture
def admin(desk: Desk) -> Reader:
    return desk.reader("Ada")


@pytest.fixture
def member(desk: Desk) -> Reader:
    return desk.reader("Ben")


@pytest.fixture
def group(desk: Desk, admin: Reader, member: Reader) -> Room:
    return desk.server.world.supergroup("Desk", members=[member.person], admins=[admin.person])


async def test_an_administrator_sets_the_group_up(desk: Desk, group: Room, admin: Reader) -> None:
    here = admin.in_chat(group)

    reply = await here.ask("/follow economy")
    await here.ask("/sections")
    await tap(here, "Trade")

    assert reply.text.startswith("✓ You now follow Economy")
    assert await desk.follows(group.id) == {"economy", "trade"}


@pytest.mark.parametrize(
    "command",
    [
        "/follow economy",
        "/unfollow economy",
        "/mute economy",
        "/unmute economy",
        "/digest hourly",
        "/quiet weekends",
        "/timezone seoul",
        "/language korean",
        "/loud economy",
        "/silent economy",
        "/later economy",
        "/usual economy",
        "/pause",
        "/resume",
        "/save https://www.example.org/2026/03/harbour-0/",
        "/saved remove 1",
        "/mydata",
        "/move",
        "/stop",
        "/start section_economy",
    ],
)
async def test_others_are_told_who_may(
    desk: Desk, group: Room, member: Reader, command: str
) -> None:
    reply = await member.in_chat(group).ask(command)

    assert reply.text.startswith("Only this group's administrators")
    preferences = await desk.preferences(group.id)
    assert not preferences.follows
    assert not preferences.mutes


async def test_others_may_look_but_not_press(desk: Desk, group: Room, member: Reader) -> None:
    here = member.in_chat(group)
    message = await here.ask("/sections")

    answer = await here.press("Economy")
    assert answer.show_alert
    assert answer.text == "Only this group's administrators can change that."
    await tap(here, "Labels")

    assert "NK PRO · 3" in message.labels
    assert await desk.follows(group.id) == set()


async def test_everybody_may_read(desk: Desk, group: Room, member: Reader) -> None:
    here = member.in_chat(group)

    latest = await here.ask("/latest")
    found = await here.ask("@dekbot crane")
    asked = await here.ask("@dekbot")

    assert latest.text.startswith("Latest from")
    assert found.text.startswith("Search: crane")
    assert asked.text.startswith("What I can do")


async def test_a_group_is_left_in_peace(desk: Desk, group: Room, admin: Reader) -> None:
    """Talk, commands of other bots and unknown ones get no answer; what is meant for us does."""
    desk.server.world.memberships.promote_bot(group.id, by=admin.id)
    here = admin.in_chat(group)
    alert = await here.ask("/latest")
    for text in ("good morning", "/weather", "/latest@otherbot", "/sections@otherbot"):
        await here.say(text)
    await here.say("interesting", reply_to=alert)

    answer = await here.ask("/weather@dekbot")

    assert answer.text.startswith("I do not know the command /weather")
    assert len(here.messages) == 2


async def test_an_anonymous_administrator_is_one(desk: Desk, group: Room, member: Reader) -> None:
    """They write in the name of the group, as a bot of Telegram's that is no member."""
    update = _written_for(group, "/follow economy", group.id)
    desk.server.world.updates.add("message", update)

    await member.wait_for(lambda: desk.server.sent)

    assert desk.server.sent[-1].text.startswith("✓ You now follow Economy")


async def test_a_channel_that_writes_in_the_group_is_not(
    desk: Desk, group: Room, member: Reader
) -> None:
    update = _written_for(group, "/follow economy", -1_009_999)
    desk.server.world.updates.add("message", update)

    await member.wait_for(lambda: desk.server.sent)

    assert desk.server.sent[-1].text.startswith("Only this group's administrators")


def _written_for(group: Room, text: str, sender_chat: int) -> dict[str, object]:
    chat = group.as_chat()
    return {
        "message_id": 900,
        "date": 1_772_600_000,
        "chat": chat,
        "from": {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
        "sender_chat": {**chat, "id": sender_chat},
        "text": text,
    }


async def test_each_forum_topic_follows_for_itself(desk: Desk, admin: Reader) -> None:
    forum = desk.server.world.supergroup("Forum", admins=[admin.person], is_forum=True)
    topic = desk.server.world.topic(forum.id, "Economy desk")
    here = admin.in_chat(forum)

    await here.say("/follow economy", thread_id=topic.id)
    reply = await here.next_message()

    assert reply.thread_id == topic.id
    assert await desk.follows(forum.id) == set()


async def test_being_added_is_answered_with_a_greeting(desk: Desk, admin: Reader) -> None:
    from_outside = desk.server.world.group("News", admins=[admin.person])
    memberships = desk.server.world.memberships
    memberships.remove_bot(from_outside.id, by=admin.id)

    memberships.add_bot(from_outside.id, by=admin.id)

    greeting = await admin.in_chat(from_outside).next_message()
    assert "An administrator chooses" in greeting.text


async def _standing(desk: Desk, chat_id: int) -> Subscriber:
    found = await desk.subscriber(chat_id)
    assert found
    return found


async def test_being_removed_retires_the_group_and_being_added_brings_it_back(
    desk: Desk, group: Room, admin: Reader
) -> None:
    here = admin.in_chat(group)
    await here.ask("/follow economy")
    desk.server.world.memberships.remove_bot(group.id, by=admin.id)
    await _until_retired(desk, group.id)
    assert (await _standing(desk, group.id)).standing is Standing.RETIRED
    here.skip()

    desk.server.world.memberships.add_bot(group.id, by=admin.id)
    greeting = await here.next_message()

    assert "You follow 1 topic." in greeting.text
    assert (await _standing(desk, group.id)).standing is Standing.ACTIVE


async def test_an_upgraded_group_takes_its_preferences_along(desk: Desk, admin: Reader) -> None:
    small = desk.server.world.group("Small", admins=[admin.person])
    await admin.in_chat(small).ask("/follow economy")

    grown = desk.server.world.upgrade(small.id)
    reply = await admin.in_chat(grown).ask("/following")

    assert "Economy" in reply.text
    assert await desk.subscriber(small.id) is None


async def test_a_reader_who_blocks_is_retired_and_comes_back_with_start(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")

    mina.block()
    await _until_retired(desk, mina.id)
    mina.unblock()
    await mina.ask("/start")

    assert (await _standing(desk, mina.id)).standing is Standing.ACTIVE
    assert await desk.follows(mina.id) == {"economy"}


async def _until_retired(desk: Desk, chat_id: int) -> None:
    async with asyncio.timeout(15):
        while (await _standing(desk, chat_id)).standing is not Standing.RETIRED:  # noqa: ASYNC110 - the database sets no event
            await asyncio.sleep(0.005)


async def test_one_who_is_not_known_in_the_group_may_not_change_it(
    desk: Desk, group: Room, admin: Reader
) -> None:
    refusal = Refusal.bad_request("PARTICIPANT_ID_INVALID")
    desk.server.faults.on("getChatMember").refuse(refusal)

    reply = await admin.in_chat(group).ask("/follow economy")

    assert reply.text.startswith("Only this group's administrators")
