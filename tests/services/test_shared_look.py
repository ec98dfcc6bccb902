"""Many ask, one looks."""

import asyncio

import pytest

from bot.domain.errors import DatabaseError
from bot.services.shared_look import SharedLook


class Sight:
    """Something to look at; shut, a look at it lasts."""

    def __init__(self) -> None:
        self.looks = 0
        self.fault: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def look(self) -> int:
        self.looks += 1
        await self.open.wait()
        if self.fault:
            raise self.fault
        return self.looks

    def shared(self, *, patience: float = 5.0, keeps: float = 0.0) -> SharedLook[int]:
        return SharedLook(self.look, patience=patience, keeps=keeps)


async def test_whoever_asks_while_somebody_looks_shares_the_look() -> None:
    sight = Sight()
    sight.open.clear()
    shared = sight.shared()
    asking = [asyncio.create_task(shared.ask()) for _ in range(50)]
    await asyncio.sleep(0.01)
    sight.open.set()

    assert await asyncio.gather(*asking) == [1] * 50
    assert await shared.ask() == 2


async def test_what_was_seen_is_good_for_a_while() -> None:
    shared = Sight().shared(keeps=60)

    assert [await shared.ask() for _ in range(3)] == [1, 1, 1]


async def test_nothing_piles_up_behind_a_look_that_hangs() -> None:
    sight = Sight()
    sight.open.clear()
    shared = sight.shared(patience=0.01)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await shared.ask()
    assert sight.looks == 1

    sight.open.set()
    await shared.close()

    assert await shared.ask() == 2


async def test_whoever_goes_away_takes_the_look_from_nobody() -> None:
    sight = Sight()
    sight.open.clear()
    shared = sight.shared()
    leaving, staying = (asyncio.create_task(shared.ask()) for _ in range(2))
    await asyncio.sleep(0.01)
    leaving.cancel()
    sight.open.set()

    assert await staying == 1


async def test_a_fault_is_told_to_each_and_forgotten_with_the_next_look() -> None:
    sight = Sight()
    sight.fault = DatabaseError("full")
    shared = sight.shared()
    with pytest.raises(DatabaseError, match="full"):
        await shared.ask()
    sight.fault = None

    assert await shared.ask() == 2
