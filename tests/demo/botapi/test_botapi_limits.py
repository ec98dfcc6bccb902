"""How fast a bot may send."""

from collections.abc import Callable

import aiohttp
import pytest

from bot.demo.botapi import Limits, StandIn
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.limits import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(pace: Pace, chats: Callable[[int], int], *, group: bool = False) -> tuple[int, int]:
    """Send until refused: how many messages went, and after how long to try again."""
    for count in range(10_000):
        try:
            pace.take(chats(count), group=group, paid=False)
        except Refusal as refusal:
            return count, refusal.parameters["retry_after"]
    return 10_000, 0


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_thirty_messages_a_second_go_to_different_chats(clock: Clock) -> None:
    pace = Pace(Limits(), clock)

    assert taken(pace, lambda count: count) == (30, 1)
    clock.now += 0.5
    assert taken(pace, lambda count: 100 + count) == (15, 1)


def test_one_chat_gets_a_burst_and_then_one_a_second(clock: Clock) -> None:
    pace = Pace(Limits(per_chat_burst=3), clock)

    assert taken(pace, lambda _: 7) == (3, 1)
    clock.now += 1
    assert taken(pace, lambda _: 7) == (1, 1)


def test_a_group_gets_twenty_a_minute(clock: Clock) -> None:
    pace = Pace(Limits(per_chat_burst=100), clock)

    assert taken(pace, lambda _: -7, group=True) == (20, 3)


def test_replies_are_not_counted(clock: Clock) -> None:
    pace = Pace(Limits(per_second=1, replies=2), clock)
    first = taken(pace, lambda count: count)
    pace.expect_replies(7)

    assert first == (1, 1)
    assert taken(pace, lambda _: 7) == (2, 1)


def test_paid_broadcasts_have_room_of_their_own(clock: Clock) -> None:
    pace = Pace(Limits(per_second=1), clock)
    taken(pace, lambda count: count)
    for chat_id in range(1000):
        pace.take(1000 + chat_id, group=False, paid=True)

    with pytest.raises(Refusal):
        pace.take(1, group=False, paid=True)


def test_without_limits_nothing_is_refused(clock: Clock) -> None:
    assert taken(Pace(None, clock), lambda _: 7) == (10_000, 0)


async def test_a_refusal_says_when_to_try_again(http: aiohttp.ClientSession) -> None:
    limits = Limits(per_chat_burst=1, per_chat_second=0.1)
    async with StandIn(limits=limits, clock=Clock()) as server:
        ada = server.reader("Ada", begun=True)
        url = f"{server.url}/bot{server.token}/sendMessage"
        for _ in range(2):
            async with http.post(url, json={"chat_id": ada.id, "text": "a"}) as response:
                body = await response.json()
        await ada.say("hello")
        async with http.post(url, json={"chat_id": ada.id, "text": "a"}) as reply:
            replied = reply.status

    assert response.status == 429
    assert response.headers["Retry-After"] == "10"
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 10",
        "parameters": {"retry_after": 10},
    }
    assert replied == 200
