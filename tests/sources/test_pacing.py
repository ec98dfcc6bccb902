import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.pacing import HOST_INTERVAL, MOST_AT_ONCE, HostPace, first_turns

PAUSE = timedelta(milliseconds=60)


async def test_two_turns_at_a_host_begin_a_pause_apart() -> None:
    pace = HostPace(PAUSE)
    clock = asyncio.get_running_loop().time

    async with pace.turn("site.example"):
        first = clock()
    async with pace.turn("site.example"):
        second = clock()

    assert second - first >= PAUSE.total_seconds() * 0.9


async def test_a_slow_answer_holds_up_nothing_else_of_its_host() -> None:
    pace = HostPace(timedelta())

    async with asyncio.timeout(5), pace.turn("site.example"), pace.turn("site.example"):
        entered = True

    assert entered


async def test_only_a_few_requests_are_under_way_at_a_host() -> None:
    pace = HostPace(timedelta())
    under_way = most = 0

    async def ask() -> None:
        nonlocal under_way, most
        async with pace.turn("site.example"):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1

    await asyncio.gather(*(ask() for _ in range(20)))

    assert most == MOST_AT_ONCE


async def test_another_host_is_not_waited_for() -> None:
    pace = HostPace(timedelta(hours=1))

    async with asyncio.timeout(5), pace.turn("one.example"), pace.turn("two.example"):
        entered = True

    assert entered


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
async def test_this_machine_needs_no_pauses(host: str) -> None:
    pace = HostPace(timedelta(hours=1))
    turns = 0

    async with asyncio.timeout(5):
        for _ in range(3):
            async with pace.turn(host):
                turns += 1

    assert turns == 3


async def test_a_turn_that_fails_gives_the_host_free() -> None:
    pace = HostPace(timedelta())

    with pytest.raises(ValueError, match="fault"):
        async with pace.turn("site.example"):
            raise ValueError("fault")

    async with asyncio.timeout(5), pace.turn("site.example"):
        entered = True

    assert entered


@given(st.lists(st.sampled_from(["a.example", "b.example", "c.example", "127.0.0.1"]), max_size=60))
def test_no_source_is_first_read_while_its_host_has_to_be_left_alone(hosts: list[str]) -> None:
    """And none waits for a host that is not its own for longer than a moment."""
    turns = first_turns(f"https://{host}/feed/{n}" for n, host in enumerate(hosts))

    by_host: dict[str, list[timedelta]] = {}
    for host, turn in zip(hosts, turns, strict=True):
        by_host.setdefault(host, []).append(turn)
    for host, own in by_host.items():
        least = timedelta(0) if host == "127.0.0.1" else HOST_INTERVAL
        assert all(later - earlier >= least for earlier, later in pairwise(own))
        assert own[0] <= len(hosts) * timedelta(seconds=0.05)
