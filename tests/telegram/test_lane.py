"""The pace of alerts, in time that does not pass by itself."""

import asyncio
import contextlib
from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.subscriber import ChatKind
from bot.telegram.lane import Lane
from tests.aids.examples import examples
from tests.telegram.conftest import FakeTime

PRIVATE, GROUP = ChatKind.PRIVATE, ChatKind.SUPERGROUP
START = 1_000.0


class Traffic:
    """Takes turns, and remembers when each was given."""

    def __init__(self, time: FakeTime, rate: float = 28) -> None:
        self.time = time
        self.lane = Lane(rate, clock=time, sleep=time.sleep)
        self.turns: list[tuple[float, int]] = []

    def ask(self, chat_id: int, kind: ChatKind = PRIVATE) -> "asyncio.Task[None]":
        return asyncio.create_task(self._turn(chat_id, kind))

    async def _turn(self, chat_id: int, kind: ChatKind) -> None:
        await self.lane.turn(chat_id, kind)
        self.turns.append((self.time.now, chat_id))

    async def turn_behind(self, chat_id: int) -> None:
        """Take a turn behind the alerts; remembered under the chat's negative number."""
        await self.lane.turn_behind(chat_id, PRIVATE)
        self.turns.append((self.time.now, -chat_id))

    def moments(self, chat_id: int | None = None) -> list[float]:
        return [at - START for at, chat in self.turns if chat_id in (None, chat)]

    async def until(self, seconds: float) -> None:
        await self.time.run_until(START + seconds)


def most_within(moments: list[float], seconds: float) -> int:
    return max(bisect_left(moments, at + seconds) - i for i, at in enumerate(moments))


async def test_the_rate_is_kept_evenly_and_used_up(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    waiting = [traffic.ask(chat) for chat in range(300)]
    await traffic.until(10)
    moments = traffic.moments()

    assert most_within(moments, 1.0) <= 29
    assert len(moments) >= 280
    assert min(b - a for a, b in pairwise(moments)) > 0.015
    await traffic.until(20)
    assert all(task.done() for task in waiting)


async def test_the_paid_rate_is_kept_and_used_up_with_few_awakenings(fake_time: FakeTime) -> None:
    """Turns of a few milliseconds come together; no second sees more than the rate and 2 %."""
    traffic = Traffic(fake_time, rate=1_000)
    waiting = [traffic.ask(chat) for chat in range(6_000)]
    await traffic.until(5)
    moments = traffic.moments()

    assert most_within(moments, 1.0) <= 1_021
    assert len(moments) >= 4_950
    assert len(set(moments)) <= len(moments) / 4
    for one in waiting:
        one.cancel()


async def test_a_free_turn_overtakes_nobody_who_stands_in_line(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time, rate=1)
    for chat in range(4):
        traffic.ask(chat)
    await traffic.until(2.5)
    traffic.ask(9)
    await traffic.until(10)

    assert [chat for _, chat in traffic.turns] == [0, 1, 2, 3, 9]


async def test_an_idle_lane_saves_nothing_up(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    await traffic.until(60)
    for chat in range(100):
        traffic.ask(chat)
    await traffic.until(61)

    assert len(traffic.turns) <= 29
    await traffic.until(70)


async def test_turns_are_given_in_the_order_of_coming(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    for chat in range(50):
        traffic.ask(chat)
    await traffic.until(5)

    assert [chat for _, chat in traffic.turns] == list(range(50))


async def test_a_chat_gets_one_turn_a_second_and_holds_up_nobody(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    for _ in range(5):
        traffic.ask(1)
    for chat in range(2, 12):
        traffic.ask(chat)
    await traffic.until(0.5)

    assert len(traffic.moments(1)) == 1
    assert {chat for _, chat in traffic.turns} == set(range(1, 12))
    await traffic.until(10)
    own = traffic.moments(1)
    assert len(own) == 5
    assert all(b - a >= 1.0 for a, b in pairwise(own))


async def test_a_group_or_a_channel_gets_twenty_turns_within_any_minute(
    fake_time: FakeTime,
) -> None:
    traffic = Traffic(fake_time)
    shared = {-1: GROUP, -2: ChatKind.CHANNEL}
    for chat_id, kind in (shared | {3: ChatKind.PRIVATE}).items():
        for _ in range(45):
            traffic.ask(chat_id, kind)
    await traffic.until(200)

    for chat_id in shared:
        # A hair less than a minute: the moments are differences of floats.
        assert most_within(traffic.moments(chat_id), 59.999) == 20
        assert len(traffic.moments(chat_id)) == 45
    assert traffic.moments(3)[-1] < 60


async def test_a_pause_holds_all_even_those_already_waiting(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    for chat in range(10):
        traffic.ask(chat)
    await traffic.until(0.1)
    before = len(traffic.turns)
    traffic.lane.pause(30)
    await traffic.until(30.0)

    assert len(traffic.turns) == before
    await traffic.until(31)
    assert len(traffic.turns) == 10


async def test_a_shorter_pause_does_not_end_a_longer_one(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    traffic.lane.pause(30)
    traffic.lane.pause(1)
    traffic.ask(1)
    await traffic.until(40)

    assert traffic.moments() == [30.0]


async def test_a_429_of_a_group_pauses_that_group_alone(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    traffic.lane.throttled(-1, GROUP, 20)
    traffic.ask(-1, GROUP)
    traffic.ask(2)
    await traffic.until(30)

    assert traffic.moments(-1) == [20.0]
    assert traffic.moments(2) == [0.0]


async def test_a_429_of_a_private_chat_pauses_the_lane(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    traffic.lane.throttled(1, PRIVATE, 20)
    traffic.ask(-1, GROUP)
    traffic.ask(2)
    await traffic.until(30)

    assert min(traffic.moments()) == 20.0


async def test_a_chat_paused_while_it_stands_in_line_steps_aside(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time, rate=1)
    for chat in (1, 2, 3):
        traffic.ask(chat)
    await traffic.until(0.5)
    traffic.lane.pause_chat(2, 10)
    await traffic.until(20)

    assert [chat for _, chat in traffic.turns] == [1, 3, 2]
    assert traffic.moments(2) == [10.5]


async def test_a_cancelled_wait_uses_up_nothing(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time, rate=1)
    waiting = [traffic.ask(chat) for chat in (1, 2, 2, 3)]
    await traffic.until(0.5)
    for task in waiting[1:3]:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await traffic.until(10)

    assert [chat for _, chat in traffic.turns] == [1, 3]
    assert traffic.moments(3)[0] <= 1.0


async def test_chats_at_rest_are_forgotten(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time, rate=1_000)
    for chat in range(5_000):
        traffic.ask(chat)
    for chat in range(100):
        traffic.ask(-chat - 1, GROUP)
    await traffic.until(10)
    traffic.ask(1)
    await traffic.until(11)

    assert traffic.lane.remembered == 101  # the groups' minute is not over yet
    await traffic.until(100)
    traffic.ask(1)
    await traffic.until(101)
    assert traffic.lane.remembered == 1


#: After how long a message for which chat comes; small chats' ids so that they meet.
ARRIVALS = st.lists(st.tuples(st.floats(0, 2), st.integers(-2, 2)), max_size=60)


@settings(max_examples=examples(20))
@given(arrivals=ARRIVALS, pause_at=st.floats(0, 10), pause=st.floats(0, 10))
def test_no_limit_is_ever_exceeded(
    arrivals: list[tuple[float, int]], pause_at: float, pause: float
) -> None:
    async def run() -> None:
        traffic = Traffic(FakeTime(), rate=5)
        at = 0.0
        for gap, chat in arrivals:
            at += gap
            await traffic.until(at)
            traffic.ask(chat, GROUP if chat < 0 else PRIVATE)
            if at >= pause_at:
                traffic.lane.pause(pause)
        await traffic.until(at + 10_000)

        by_chat: defaultdict[int, list[float]] = defaultdict(list)
        for moment, chat in traffic.turns:
            by_chat[chat].append(moment)
        assert len(traffic.turns) == len(arrivals)
        if arrivals:
            assert most_within(traffic.moments(), 1.0) <= 6
        for chat, moments in by_chat.items():
            assert most_within(moments, 0.999) == 1
            assert chat >= 0 or most_within(moments, 59.999) <= 20

    asyncio.run(run())


async def test_who_stands_behind_lets_every_alert_go_first(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    behind = [asyncio.create_task(traffic.turn_behind(chat)) for chat in range(100, 110)]
    await traffic.until(0.001)
    alerts = [traffic.ask(chat) for chat in range(20)]
    await traffic.until(10)

    order = [chat for _, chat in traffic.turns]
    assert order[:2] == [-100, -101]  # the one that went at once, and the one that was next
    assert order[2:22] == list(range(20))
    assert order[22:] == list(range(-102, -110, -1))
    assert all(task.done() for task in (*behind, *alerts))


async def test_who_stands_behind_keeps_the_same_pace(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    waiting = [asyncio.create_task(traffic.turn_behind(chat)) for chat in range(100)]
    await traffic.until(10)

    assert all(task.done() for task in waiting)
    assert most_within(traffic.moments(), 1.0) <= 29
    assert traffic.moments()[-1] < 4


async def test_an_alert_to_the_same_chat_goes_first_and_a_chat_at_rest_does_not_wait_for_it(
    fake_time: FakeTime,
) -> None:
    traffic = Traffic(fake_time)
    traffic.ask(1)
    await traffic.until(0.1)
    behind = [asyncio.create_task(traffic.turn_behind(chat)) for chat in (1, 2)]
    await traffic.until(0.2)
    traffic.ask(1)
    await traffic.until(5)

    assert [(round(at - START), chat) for at, chat in traffic.turns] == [
        (0, 1),
        (0, -2),
        (1, 1),
        (2, -1),
    ]
    assert all(task.done() for task in behind)


async def test_who_no_longer_waits_behind_holds_nobody_up(fake_time: FakeTime) -> None:
    traffic = Traffic(fake_time)
    await traffic.lane.turn_behind(1, PRIVATE)
    behind = [asyncio.create_task(traffic.turn_behind(chat)) for chat in (2, 3)]
    await traffic.until(0.001)
    behind[0].cancel()
    await traffic.until(1)

    assert [chat for _, chat in traffic.turns] == [-3]
