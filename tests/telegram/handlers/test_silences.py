"""A group or a channel that does not let the bot write: nothing is lost, nothing is poured."""

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader, Room
from bot.domain.silence import TRY_AGAIN, Silence
from bot.services.silences import Silences
from tests.aids.articles import teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import MAX_AGE, Desk, tap


@pytest.fixture
async def group(desk: Desk, ada: Reader) -> Room:
    room = desk.server.world.supergroup("Peninsula desk", admins=[ada.person])
    await ada.in_chat(room).ask("/follow economy")
    return room


async def silence(desk: Desk, chat_id: int) -> Silence | None:
    found = await desk.subscriber(chat_id)
    return found.silence if found else None


async def handled(desk: Desk, act: Callable[[], None]) -> str:
    """Do something that the bot hears of; return its outcome in the log."""
    with capture_logs() as logs:
        act()
        await until(lambda: any(log["event"] == "update_handled" for log in logs))
    return next(str(log["outcome"]) for log in logs if log["event"] == "update_handled")


async def test_a_bot_that_is_made_silent_holds_and_catches_up(
    desk: Desk, ada: Reader, group: Room
) -> None:
    memberships = desk.server.world.memberships
    outcome = await handled(desk, lambda: memberships.silence_bot(group.id, by=ada.id))
    notice = await ada.next_message()
    tried = len(desk.server.sent)

    await desk.deliver(*(teaser(f"ship-{n}", headline=f"Ship {n} waits") for n in range(5)))

    assert outcome == "silenced"
    assert notice.text.startswith("I may no longer write in Peninsula desk.")
    assert len(desk.server.sent) == tried
    here = ada.in_chat(group)
    here.skip()
    back = await handled(desk, lambda: memberships.let_bot_write(group.id, by=ada.id))
    await desk.send_due()
    assert back == "may write again"
    text = (await here.next_message()).text
    assert "5 articles" in text
    assert all(f"Ship {n} waits" in text for n in range(5))


async def test_a_refusal_silences_the_whole_group_and_is_told_once(
    desk: Desk, ada: Reader, group: Room
) -> None:
    group.read_only = True

    await desk.deliver(teaser("one"))
    await desk.deliver(teaser("two"))
    notice = await ada.next_message()

    assert "may no longer write" in notice.text
    assert len(ada.messages) == 2
    calls = [call for call in desk.server.calls if call.parameters.get("chat_id") == group.id]
    assert len([call for call in calls if call.method == "sendMessage"]) == 2
    assert await silence(desk, group.id) is Silence.NO_RIGHT


async def test_it_is_tried_again_from_time_to_time_with_what_is_fresh(
    desk: Desk, ada: Reader, group: Room
) -> None:
    """What a group allows its members may change without a word to its bots."""
    silences = Silences(desk.store, desk.clock, MAX_AGE)
    group.read_only = True
    await desk.deliver(teaser("one", headline="Ship one waits"))
    await desk.deliver(teaser("two", headline="Ship two waits"))
    assert await silences.try_again() == 0

    desk.clock.now += TRY_AGAIN
    assert await silences.try_again() == 1
    await desk.send_due()
    assert await silence(desk, group.id) is Silence.NO_RIGHT

    group.read_only = False
    desk.clock.now += TRY_AGAIN
    assert await silences.try_again() == 1
    await desk.send_due()

    here = ada.in_chat(group)
    assert ["Ship" in message.text for message in here.messages[-2:]] == [True, True]
    assert await silence(desk, group.id) is None
    assert len(ada.messages) == 2


async def test_a_command_that_is_answered_ends_a_silence_too(
    desk: Desk, ada: Reader, group: Room
) -> None:
    group.read_only = True
    await desk.deliver(teaser("one", headline="Ship one waits"))
    group.read_only = False
    here = ada.in_chat(group)

    await here.ask("/latest")
    await until(lambda: bool(desk.woken))
    await desk.send_due()

    assert "Ship one waits" in (await here.next_message()).text


async def test_what_grew_old_is_offered_and_comes_where_somebody_asks(
    desk: Desk, ada: Reader, group: Room
) -> None:
    memberships = desk.server.world.memberships
    memberships.silence_bot(group.id, by=ada.id)
    await ada.next_message()
    await desk.deliver(*(teaser(f"old-{n}", headline=f"Old ship {n}") for n in range(2)))
    desk.clock.now += MAX_AGE * 2
    await desk.deliver(teaser("new", headline="New ship"))
    here = ada.in_chat(group)
    here.skip()

    memberships.let_bot_write(group.id, by=ada.id)
    offer = await here.next_message()
    offered = offer.text
    await desk.send_due()
    fresh = await here.next_message()
    await tap(here, "Send them", offer)
    await desk.send_due()
    old = [await here.next_message(), await here.next_message()]

    assert offered == "I can write here again. 2 older articles came meanwhile."
    assert "New ship" in fresh.text
    assert ["Old ship" in message.text for message in old] == [True, True]


async def test_only_an_administrator_answers_the_offer(
    desk: Desk, ada: Reader, group: Room
) -> None:
    ben = desk.reader("Ben")
    group.standings[ben.id] = group.standing(ben.id).MEMBER
    memberships = desk.server.world.memberships
    memberships.silence_bot(group.id, by=ada.id)
    await ada.next_message()
    await desk.deliver(teaser("old"))
    desk.clock.now += MAX_AGE * 2
    here = ada.in_chat(group)
    here.skip()
    memberships.let_bot_write(group.id, by=ada.id)
    offer = await here.next_message()

    answer = await ben.in_chat(group).press("Skip", message=offer)

    assert answer.text == "Only this group's administrators can change that."


async def test_a_pause_of_the_readers_own_outlasts_the_silence(
    desk: Desk, ada: Reader, group: Room
) -> None:
    here = ada.in_chat(group)
    await here.ask("/pause")
    memberships = desk.server.world.memberships
    memberships.silence_bot(group.id, by=ada.id)
    await ada.next_message()
    await desk.deliver(teaser("one", headline="Ship one waits"))
    await handled(desk, lambda: memberships.let_bot_write(group.id, by=ada.id))
    sent = len(here.messages)

    await desk.send_due()
    assert len(here.messages) == sent
    resumed = await here.ask("/resume")

    assert "1 article came meanwhile" in resumed.text


async def test_a_silence_does_not_end_within_quiet_hours(
    desk: Desk, ada: Reader, group: Room
) -> None:
    here = ada.in_chat(group)
    memberships = desk.server.world.memberships
    await here.ask("/quiet 13:00-15:00")  # it is 14:06 in Seoul
    memberships.silence_bot(group.id, by=ada.id)
    await ada.next_message()
    await desk.deliver(teaser("one", headline="Ship one waits"))
    here.skip()
    await handled(desk, lambda: memberships.let_bot_write(group.id, by=ada.id))

    await desk.send_due()
    sent = len(here.messages)
    desk.clock.pass_time(hours=1)
    await desk.send_due()

    assert "Ship one waits" in (await here.next_message()).text
    assert len(here.messages) == sent + 1


async def test_why_tells_of_the_silence_that_keeps_an_article_away(
    desk: Desk, ada: Reader, group: Room
) -> None:
    group.read_only = True
    await desk.alert("ships", headline="Ships wait")
    await desk.send_due()
    await ada.next_message()
    group.read_only = False
    here = ada.in_chat(group)

    why = await here.ask("/why https://www.example.org/2026/03/ships/")

    assert "I may not write there at present" in why.text


async def test_nothing_that_is_held_is_lost_when_the_program_ends(
    desk: Desk, ada: Reader, group: Room
) -> None:
    group.read_only = True
    await desk.deliver(*(teaser(f"ship-{n}") for n in range(6)))

    async with desk.store.reading() as records:
        figures = await records.outbox.figures()
    async with desk.store.writing() as records:
        assert await records.outbox.release_all(desk.clock()) == 0

    assert (figures.held, figures.owed, figures.dropped) == (6, 0, 0)


async def test_who_cannot_be_told_is_a_line_in_the_log_and_no_fault(
    desk: Desk, group: Room, ada: Reader
) -> None:
    ada.block()
    group.read_only = True
    with capture_logs() as logs:
        await desk.deliver(teaser("one"))
        await until(lambda: any(log["event"] == "notice_undeliverable" for log in logs))

    assert {log["log_level"] for log in logs} <= {"info", "warning"}
    assert await silence(desk, group.id) is Silence.NO_RIGHT


async def test_two_updates_at_once_are_as_good_as_one(desk: Desk, ada: Reader, group: Room) -> None:
    silences = Silences(desk.store, desk.clock, MAX_AGE)
    found = await desk.subscriber(group.id)
    assert found

    begun = await asyncio.gather(
        *(silences.begin(found.address, Silence.NO_RIGHT) for _ in range(3))
    )
    desk.tell()
    await ada.next_message()
    ended = await asyncio.gather(*(silences.end(found.address, Silence.NO_RIGHT) for _ in "123"))

    assert sorted(begun) == sorted(ended) == [0, 0, 1]
    assert len(ada.messages) == 2
