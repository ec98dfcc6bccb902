"""Everything of one chat fetched by another, with a one-time code."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader, Room, Standing
from tests.aids.articles import ECONOMY, teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, State, reply, tap
from tests.telegram.handlers.test_every_command import press

CODE = re.compile(r"/move (\w{4}-\w{4}-\w{4})")
YES, NO = "Yes, move it here", "No, leave it there"


@pytest.fixture
def old(desk: Desk) -> Reader:
    return desk.reader("Old")


@pytest.fixture
def new(desk: Desk) -> Reader:
    return desk.reader("New")


@pytest.fixture
def group(desk: Desk) -> Room:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    return desk.server.world.supergroup("Desk", admins=[ada.person, ben.person])


def people(desk: Desk, group: Room) -> list[Reader]:
    """Return the group's administrators, each in the group."""
    registry = desk.server.world.registry
    persons = [registry.people[one] for one in group.standings if one in registry.people]
    return [Reader(desk.server.world, person, group) for person in persons]


async def code(reader: Reader) -> str:
    found = CODE.search((await reader.ask("/move")).text)
    assert found
    return found[1]


async def settle(reader: Reader) -> None:
    for line in (
        "/follow economy, trade",
        "/mute column",
        "/alerts crane",
        "/timezone berlin",
        "/save https://www.example.org/2026/03/harbour-0/",
    ):
        await reader.ask(line)


async def test_a_code_tells_what_to_do_with_it_and_what_there_is(desk: Desk, old: Reader) -> None:
    await settle(old)

    message = await old.ask("/move")

    assert "Send this there, within 15 minutes:\n/move " in message.text
    assert message.text.endswith(
        "What there is to move: 2 follows, 1 mute, 1 standing search, 1 saved article and the"
        " times of alerts."
    )
    shown = [one for one in message.entities if one["type"] == "code"]
    assert len(shown) == 1
    assert "Keep it to yourself" in message.text


async def test_everything_moves_once_it_is_confirmed(desk: Desk, old: Reader, new: Reader) -> None:
    await settle(old)
    before = await desk.state(old.id)
    old.skip()

    question = await new.ask(f"/move {await code(old)}")
    assert question.text.startswith("Move everything of the other chat here?")
    assert "2 follows" in question.text
    assert await desk.state(old.id) == before
    old.skip()
    answer = await tap(new, YES, question)
    farewell = await old.next_message()

    assert answer.text == "Everything is here."
    assert question.text.startswith("Everything of the other chat is here now. Moved: 2 follows")
    assert question.labels == []
    assert farewell.text.startswith("Everything of this chat has moved")
    assert await desk.state(new.id) == before
    assert await desk.state(old.id) == State()
    assert desk.woken


async def test_what_is_still_owed_comes_to_the_new_chat_and_what_came_does_not(
    desk: Desk, old: Reader, new: Reader
) -> None:
    for reader in (old, new):
        await reader.ask("/follow economy")
    await desk.deliver(teaser("came", headline="Came before", sections=[ECONOMY]))
    await old.ask("/pause")
    await new.ask("/pause")
    await desk.deliver(teaser("owed", headline="Still owed", sections=[ECONOMY]))
    question = await new.ask(f"/move {await code(old)}")
    assert "1 waiting alert" in question.text
    await tap(new, YES, question)
    new.skip()

    offer = await new.ask("/resume")
    await tap(new, "Send it", offer)
    assert desk.dispatcher
    await desk.dispatcher.drain()

    alert = await new.next_message()
    assert "Still owed" in alert.text
    assert [one for one in new.messages if "Came before" in one.text][1:] == []


async def test_it_can_be_thought_better_of(desk: Desk, old: Reader, new: Reader) -> None:
    await settle(old)
    before = await desk.state(old.id)
    question = await new.ask(f"/move {await code(old)}")

    await tap(new, NO, question)

    assert question.text == "Good. Everything stays where it is."
    assert await desk.state(old.id) == before


async def test_what_the_new_chat_has_stays(desk: Desk, old: Reader, new: Reader) -> None:
    await settle(old)
    for line in ("/mute economy", "/follow foreign relations", "/timezone seoul"):
        await new.ask(line)

    await tap(new, YES, await new.ask(f"/move {await code(old)}"))

    assert await desk.follows(new.id) == {"trade", "foreign-relations"}
    assert await desk.mutes(new.id) == {"economy", "column"}
    assert (await desk.state(new.id)).zone == "Asia/Seoul"


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    with capture_logs() as captured:
        yield captured


async def outcomes(logs: list[Any], *wanted: str) -> None:
    """Return when /move had these outcomes last, each as one event that holds no code."""
    await until(
        lambda: (
            [log["outcome"] for log in logs if log.get("command") == "move"][-len(wanted) :]
            == list(wanted)
        )
    )
    assert {log["event"] for log in logs} == {"update_handled"}
    assert not re.search(r"\w{4}-\w{4}-\w{4}|[0-9A-Z]{12}", str(logs))


async def test_a_code_is_good_once(desk: Desk, old: Reader, new: Reader, logs: list[Any]) -> None:
    await settle(old)
    given = await code(old)
    question = await new.ask(f"/move {given}")
    data = question.buttons[0]["callback_data"]
    await tap(new, YES, question)
    after = await desk.state(new.id)

    again = await press(desk, new, question, data)
    typed = await new.ask(f"/move {given}")

    assert again.startswith("That is done already")
    assert question.text.startswith("Everything of the other chat is here now.")
    assert typed.text.startswith("I know no such code.")
    assert await desk.state(new.id) == after
    await outcomes(logs, "moved", "refused: unknown", "refused: unknown")


async def test_a_code_is_good_for_a_quarter_of_an_hour(
    desk: Desk, old: Reader, new: Reader, logs: list[Any]
) -> None:
    given = await code(old)
    question = await new.ask(f"/move {given}")
    desk.clock.pass_time(minutes=15)

    typed = await new.ask(f"/move {given}")
    pressed = await new.press(YES, message=question)

    assert typed.text.startswith("That code is over")
    assert pressed.show_alert
    assert await desk.subscriber(old.id)
    await outcomes(logs, "refused: expired", "refused: expired")


async def test_a_newer_code_makes_the_one_before_void(desk: Desk, old: Reader, new: Reader) -> None:
    first, second = await code(old), await code(old)

    assert (await new.ask(f"/move {first}")).text.startswith("I know no such code.")
    assert (await new.ask(f"/move {second}")).labels == [YES, NO]


async def test_the_chats_own_code_is_told_from_others(desk: Desk, old: Reader) -> None:
    given = await code(old)

    assert (await old.ask(f"/move {given}")).text.startswith("That is this chat's own code.")


async def test_who_guesses_wrongly_too_often_waits_even_with_the_right_code(
    desk: Desk, old: Reader, new: Reader, logs: list[Any]
) -> None:
    given = await code(old)
    for number in range(5):
        await new.ask(f"/move AAAA-AAAA-AAA{number}")

    waiting = await new.ask(f"/move {given}")
    assert waiting.text == "Those were too many wrong codes. Try again at 14:21."
    await outcomes(logs, "refused: unknown", "refused: wait")
    await tap(new, "Yes, delete everything", await new.ask("/stop"))
    assert (await new.ask(f"/move {given}")).text.startswith("Those were too many")
    assert (await old.ask("/move home")).text.startswith("That is no code.")

    desk.clock.pass_time(minutes=15)
    assert (await new.ask(f"/move {await code(old)}")).labels == [YES, NO]


async def test_a_groups_code_serves_only_the_administrator_who_asked_for_it(
    desk: Desk, group: Room
) -> None:
    ada, ben = people(desk, group)
    await ada.ask("/follow economy")
    message = await ada.ask("/move")
    assert "It works only for you" in message.text
    found = CODE.search(message.text)
    assert found
    ben_alone, ada_alone = (
        Reader(desk.server.world, one.person, desk.server.world.registry.rooms[one.id])
        for one in (ben, ada)
    )

    stolen = await ben_alone.ask(f"/move {found[1]}")
    own = await ada_alone.ask(f"/move {found[1]}")
    await tap(ada_alone, YES, own)

    assert stolen.text.startswith("I know no such code.")
    assert await desk.follows(ada.person.id) == {"economy"}
    assert await desk.follows(group.id) == set()


async def test_a_group_fetches_only_by_its_administrators(
    desk: Desk, old: Reader, group: Room
) -> None:
    await settle(old)
    ada, _ = people(desk, group)
    cleo = desk.reader("Cleo")
    desk.server.world.memberships.place(group.id, cleo.person, Standing.MEMBER)
    given = await code(old)

    refused = await cleo.in_chat(group).ask(f"/move {given}")
    question = await ada.ask(f"/move {given}")
    not_pressed = await cleo.in_chat(group).press(YES, message=question)
    assert await desk.follows(group.id) == set()
    await tap(ada, YES, question)

    assert refused.text.startswith("Only this group's administrators")
    assert not_pressed.text.startswith("Only this group's administrators")
    assert await desk.follows(group.id) == {"economy", "trade"}


async def test_an_anonymous_administrator_gets_no_code(desk: Desk, group: Room) -> None:
    chat = group.as_chat()
    update = {
        "message_id": 900,
        "date": 1_772_600_000,
        "chat": chat,
        "from": {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
        "sender_chat": chat,
        "text": "/move",
    }
    desk.server.world.updates.add("message", update)

    await desk.server.wait_for(lambda: desk.server.sent)

    assert desk.server.sent[-1].text.startswith("A code works for one person only")


async def test_an_old_chat_that_cannot_be_told_is_moved_all_the_same(
    desk: Desk, old: Reader, new: Reader, logs: list[Any]
) -> None:
    await settle(old)
    question = await new.ask(f"/move {await code(old)}")
    desk.server.faults.on("sendMessage", chat_id=old.id).deactivated()

    await tap(new, YES, question)
    await until(lambda: any("other_not_told" in log for log in logs))

    assert await desk.follows(new.id) == {"economy", "trade"}
    (told,) = [log for log in logs if "other_not_told" in log]
    assert (told["outcome"], told["other_not_told"]) == ("moved", "user is deactivated")


async def test_an_empty_chat_can_be_moved_and_says_that_there_is_nothing(
    desk: Desk, old: Reader, new: Reader
) -> None:
    message: Message = await old.ask("/move")
    found = CODE.search(message.text)
    assert found
    question = await new.ask(f"/move {found[1]}")

    await tap(new, YES, question)

    assert "There is nothing to move yet" in message.text
    assert question.text == "The other chat was empty, so nothing has changed here."


async def test_within_a_forum_a_topic_moves_to_another_topic(desk: Desk) -> None:
    ada = desk.reader("Ada")
    forum = desk.server.world.supergroup("Forum", admins=[ada.person], is_forum=True)
    first, second = (desk.server.world.topic(forum.id, name) for name in ("One", "Two"))
    here = ada.in_chat(forum)

    async def ask(text: str, thread_id: int) -> Message:
        here.skip()
        await here.say(text, thread_id=thread_id)
        return await here.next_message()

    await ask("/follow economy", first.id)
    found = CODE.search((await ask("/move", first.id)).text)
    assert found
    question = await ask(f"/move {found[1]}", second.id)
    here.skip()
    await here.press(YES, message=question)
    farewell = await here.next_message()

    assert farewell.thread_id == first.id
    assert "Economy" in (await ask("/following", second.id)).text
    assert "follows nothing yet" in (await ask("/following", first.id)).text


async def test_an_answer_with_a_code_moves_as_well(desk: Desk, old: Reader, new: Reader) -> None:
    """People answer the bot's own message, too."""
    message = await new.ask("/help")

    assert (await reply(new, f"/move {await code(old)}", message)).labels == [YES, NO]
