"""Whoever asks too much is slowed, and nobody else."""

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader
from bot.domain.flood import BURST
from bot.telegram.handlers.floodgate import Floodgate
from tests.aids.clock import FakeClock
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk

WAIT = "A moment, please"


async def flood(here: Reader, text: str = "/help") -> None:
    """Ask as often as one may at once, and have it all answered."""
    for _ in range(BURST):
        assert WAIT not in (await here.ask(text)).text


async def test_a_flood_is_told_once_and_then_passed_over(desk: Desk) -> None:
    mina, theo = desk.reader(), desk.reader("Theo")
    await flood(mina)

    with capture_logs() as logs:
        told = await mina.ask("/help")
        for _ in range(5):
            await mina.say("/follow economy")
        answer = await theo.ask("/help")
        await until(lambda: len(logs) == 7)

    assert told.text.startswith(WAIT)
    assert len(mina.messages) == BURST + 1
    assert answer.text.startswith("What I can do")
    assert await desk.follows(mina.id) == set()
    outcomes = [log["outcome"] for log in logs if log["log_level"] == "info"]
    assert sorted(outcomes) == ["helped", "slowed"]
    assert {log["outcome"] for log in logs if log["log_level"] == "debug"} == {"passed over"}


async def test_after_a_while_the_user_is_served_again(desk: Desk) -> None:
    mina = desk.reader()
    await flood(mina)
    await mina.ask("/help")

    desk.clock.pass_time(seconds=1)

    assert (await mina.ask("/follow economy")).text.startswith("✓")


async def test_buttons_count_too_and_each_is_answered(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    for _ in range(BURST - 1):
        await mina.ask("/help")

    toasts = [(await mina.press("Economy", message=message)).text for _ in range(3)]

    assert toasts == ["A moment, please: that was a lot at once."] * 3
    assert await desk.follows(mina.id) == set()


async def test_in_a_group_each_member_counts_alone(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    await flood(ben.in_chat(group), "/latest")

    told = await ben.in_chat(group).ask("/latest")
    answer = await ada.in_chat(group).ask("/follow economy")

    assert told.text.startswith(WAIT)
    assert answer.text.startswith("✓")


async def test_talk_that_is_not_meant_for_the_bot_does_not_count(desk: Desk) -> None:
    ada = desk.reader("Ada")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    desk.server.world.memberships.promote_bot(group.id, by=ada.id)
    for _ in range(BURST * 2):
        await ada.in_chat(group).say("good morning")

    assert (await ada.in_chat(group).ask("/follow economy")).text.startswith("✓")


@pytest.mark.parametrize(("seconds", "left"), [(0, 25), (30, 13)])
def test_those_who_have_calmed_down_are_forgotten(desk: Desk, seconds: int, left: int) -> None:
    clock = FakeClock(desk.clock())
    floodgate = Floodgate(clock, many=11)
    for user in range(12):
        floodgate.ask(user)

    clock.pass_time(seconds=seconds)
    for user in range(100, 113):
        floodgate.ask(user)

    assert floodgate.remembered == left
