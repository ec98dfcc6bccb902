"""Whoever set a group up is told what happens to it, once and in private."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader, Room, Standing
from bot.domain.subscriber import Standing as Of
from tests.aids.articles import teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, tap


@pytest.fixture
async def bo(desk: Desk) -> Reader:
    """Another administrator, who can be told things, too."""
    bo = desk.reader("Bo", language_code="de")
    await bo.ask("/start")
    bo.skip()
    return bo


@pytest.fixture
def group(desk: Desk, ada: Reader, bo: Reader) -> Room:
    return desk.server.world.group("Peninsula desk", admins=[ada.person, bo.person])


async def keeper(desk: Desk, chat_id: int, thread_id: int = 0) -> int | None:
    found = await desk.subscriber(chat_id, thread_id)
    return found.keeper_id if found else None


async def handled(act: Callable[[], None], **fields: str) -> None:
    """Do something that the bot hears of, and wait until it did."""
    with capture_logs() as logs:
        act()
        await until(lambda: any(fields.items() <= log.items() for log in logs))


async def test_the_first_who_changes_something_keeps_it(
    desk: Desk, group: Room, ada: Reader, bo: Reader
) -> None:
    await bo.in_chat(group).ask("/latest")
    assert await keeper(desk, group.id) is None
    await ada.in_chat(group).ask("/sections")
    assert await keeper(desk, group.id) is None

    await tap(ada.in_chat(group), "Economy")
    await bo.in_chat(group).ask("/follow trade")

    assert await keeper(desk, group.id) == ada.id


async def test_a_member_who_may_not_change_it_does_not_keep_it(desk: Desk, group: Room) -> None:
    ben = desk.reader("Ben")
    group.standings[ben.id] = Standing.MEMBER

    await ben.in_chat(group).ask("/follow economy")

    assert await keeper(desk, group.id) is None


async def test_nobody_keeps_their_own_private_chat(desk: Desk, ada: Reader) -> None:
    await ada.ask("/follow economy")

    assert await keeper(desk, ada.id) is None


async def test_whoever_adds_the_bot_keeps_the_group(desk: Desk, ada: Reader) -> None:
    room = desk.server.world.group("News", admins=[ada.person], bot=Standing.LEFT)

    desk.server.world.memberships.add_bot(room.id, by=ada.id)
    await ada.in_chat(room).next_message()

    assert await keeper(desk, room.id) == ada.id


async def test_an_anonymous_administrator_keeps_nothing(desk: Desk, group: Room) -> None:
    """Telegram names a bot of its own in their place."""
    chat = group.as_chat()
    sender = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    told = {"message_id": 900, "date": 1_772_600_000, "chat": chat, "from": sender}
    desk.server.world.updates.add("message", {**told, "sender_chat": chat, "text": "/pause"})

    await desk.server.wait_for(lambda: desk.server.world.conversations.sent_to[group.id])

    assert await keeper(desk, group.id) is None


async def test_being_removed_is_told_once_however_often_telegram_says_it(
    desk: Desk, group: Room, ada: Reader, bo: Reader
) -> None:
    await ada.in_chat(group).ask("/follow economy")
    await desk.alert("owed")
    memberships = desk.server.world.memberships
    await handled(lambda: memberships.remove_bot(group.id, by=bo.id), outcome="kicked")
    await desk.send_due()

    notice = await ada.next_message()

    assert notice.text.startswith("I am no longer in Peninsula desk")
    assert (len(ada.messages), len(bo.messages)) == (2, 1)


async def test_a_refusal_tells_of_a_removal_that_was_not_seen(
    desk: Desk, group: Room, ada: Reader
) -> None:
    await ada.in_chat(group).ask("/follow economy")
    desk.server.world.memberships.delete_group(group.id)

    await desk.deliver(teaser("ships"))

    assert "no longer in Peninsula desk" in (await ada.next_message()).text


async def test_a_group_that_takes_the_bot_back_has_its_settings_back(
    desk: Desk, ada: Reader
) -> None:
    world = desk.server.world
    forum = world.supergroup("Forum", admins=[ada.person], is_forum=True)
    room, canteen = world.topic(forum.id, "Trade desk"), world.topic(forum.id, "Canteen")
    here = ada.in_chat(forum)
    await here.ask("/follow economy")
    await here.in_topic(room).ask("/follow trade")
    await here.in_topic(canteen).ask("/latest")
    world.memberships.remove_bot(forum.id, by=ada.id)
    await ada.next_message()
    here.skip()

    world.memberships.add_bot(forum.id, by=ada.id)
    greeting = await here.next_message()

    assert "You follow 1 topic." in greeting.text
    assert "1 topic here has its own follows, and has them back." in greeting.text
    for thread_id in (0, room.id, canteen.id):
        found = await desk.subscriber(forum.id, thread_id)
        assert found
        assert found.standing is Of.ACTIVE


async def test_a_topic_that_was_deleted_does_not_come_back_with_its_group(
    desk: Desk, ada: Reader
) -> None:
    world = desk.server.world
    forum = world.supergroup("Forum", admins=[ada.person], is_forum=True)
    topic = world.topic(forum.id, "Trade desk")
    await ada.in_chat(forum).in_topic(topic).ask("/follow economy")
    world.forums.delete(forum.id, topic.id)
    await desk.deliver(teaser("ships"))
    await ada.next_message()
    world.memberships.remove_bot(forum.id, by=ada.id)
    world.memberships.add_bot(forum.id, by=ada.id)
    await ada.in_chat(forum).next_message()

    found = await desk.subscriber(forum.id, topic.id)

    assert found
    assert found.standing is Of.RETIRED


async def test_an_upgrade_is_told_once(desk: Desk, group: Room, ada: Reader) -> None:
    await ada.in_chat(group).ask("/follow economy")
    await desk.alert("owed", headline="Told in the supergroup")

    new = desk.server.world.upgrade(group.id)
    await desk.send_due()
    await desk.send_due()
    await ada.in_chat(new).next_message()
    notice = await ada.next_message()

    assert notice.text.startswith("Peninsula desk has become a supergroup.")
    assert await keeper(desk, new.id) == ada.id
    await ada.in_chat(new).ask("/latest")
    assert len(ada.messages) == 2


def outcomes(logs: Sequence[Any]) -> list[tuple[str, str]]:
    """Return what came of the updates that tell of an upgrade."""
    of_upgrade = [log for log in logs if log.get("command") in ("migration", "membership")]
    return [(log["command"], log["outcome"]) for log in of_upgrade]


@pytest.mark.parametrize("new_first", [False, True])
@pytest.mark.parametrize("refused_first", [False, True])
async def test_an_upgrade_is_followed_whatever_tells_of_it_first(
    desk: Desk, group: Room, ada: Reader, new_first: bool, refused_first: bool
) -> None:
    """Both chats tell of it, in either order, the bot joins, and a message is refused."""
    upgrades = desk.server.world.upgrades
    await ada.in_chat(group).ask("/follow economy")
    await desk.alert("owed", headline="Told in the supergroup")
    new = upgrades.make(group.id)
    if refused_first:
        await desk.send_due()

    with capture_logs() as logs:
        upgrades.tell(group.id, new.id, new_first=new_first)
        await until(lambda: len(outcomes(logs)) == 3)
    await desk.send_due()

    here = ada.in_chat(new)
    assert ["Told in the supergroup" in message.text for message in here.messages].count(True) == 1
    assert await desk.follows(new.id) == {"economy"}
    assert await desk.subscriber(group.id) is None
    assert await keeper(desk, new.id) == ada.id
    await ada.next_message()
    assert len(ada.messages) == 2


async def test_a_group_that_was_upgraded_is_not_greeted_as_a_new_one(
    desk: Desk, group: Room, ada: Reader
) -> None:
    await ada.in_chat(group).ask("/follow economy")
    upgrades = desk.server.world.upgrades
    new = upgrades.make(group.id)
    with capture_logs() as logs:
        upgrades.tell(group.id, new.id)
        await until(lambda: len(outcomes(logs)) == 3)

    assert outcomes(logs)[-1] == ("membership", "noted")
    assert ada.in_chat(new).messages == []


async def test_a_message_of_the_old_group_is_never_taken_for_one_of_the_new(
    desk: Desk, group: Room, ada: Reader
) -> None:
    """A supergroup numbers its messages anew: what was number 3 is another one now."""
    old = ada.in_chat(group)
    await old.ask("/follow economy")
    await desk.deliver(teaser("ships", headline="Ships wait"))
    number = old.last.id
    new = desk.server.world.upgrade(group.id)
    here = ada.in_chat(new)
    while not here.messages or here.last.id < number:
        await here.ask("/help")
    taken = next(message for message in here.messages if message.id == number)

    here.skip()
    await here.say("/why", reply_to=taken)

    assert "Ships wait" not in (await here.next_message()).text


async def test_a_new_title_changes_nothing_but_what_it_is_called(
    desk: Desk, group: Room, ada: Reader
) -> None:
    here = ada.in_chat(group)
    await here.ask("/follow economy")
    before = await desk.state(group.id)
    group.title = "Strait desk"
    await here.ask("/latest")

    desk.server.world.memberships.remove_bot(group.id, by=ada.id)
    notice = await ada.next_message()

    assert "Strait desk" in notice.text
    assert (await desk.state(group.id)).topics == before.topics


async def test_what_somebody_set_up_is_told_with_all_that_is_stored_on_them(
    desk: Desk, group: Room, ada: Reader
) -> None:
    await ada.in_chat(group).ask("/follow economy")

    message = await ada.ask("/mydata")

    assert message.document
    told = json.loads(message.document.upload.content)
    place = {"chat_id": group.id, "thread_id": 0, "title": "Peninsula desk", "thread_name": ""}
    assert told["set_up"] == [place]


async def test_whoever_has_everything_deleted_keeps_nothing_any_more(
    desk: Desk, group: Room, ada: Reader
) -> None:
    await ada.in_chat(group).ask("/follow economy")
    await tap(ada, "Yes, delete everything", await ada.ask("/stop"))

    assert await keeper(desk, group.id) is None
    assert await desk.follows(group.id) == {"economy"}


async def test_titles_are_foreign_text(desk: Desk, ada: Reader) -> None:
    room = desk.server.world.group("<b>News & \u202eviews</b> " + "x" * 200, admins=[ada.person])
    await ada.in_chat(room).ask("/follow economy")

    desk.server.world.memberships.remove_bot(room.id, by=ada.id)

    assert "<b>News & views</b>" in (await ada.next_message()).text
