"""Time that passes as soon as everybody waits for it."""

import asyncio
import heapq
from itertools import count
from typing import Final

from tests.aids.waiting import until

#: Seconds, in which others come to wait as well.
_A_MOMENT: Final = 0.002
_PATIENCE: Final = 60.0


class FakeTime:
    """Tells seconds; whoever sleeps is woken in the order of the moments that they wait for."""

    def __init__(self) -> None:
        self.now = 1_000.0
        #: Whether nobody is woken for now.
        self.stands = False
        self._waiting: list[tuple[float, int]] = []
        self._numbers = count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        mine = (self.now + seconds, next(self._numbers))
        heapq.heappush(self._waiting, mine)
        try:
            await asyncio.sleep(_A_MOMENT)
            await until(lambda: not self.stands and self._waiting[0] == mine, seconds=_PATIENCE)
            self.now = max(self.now, mine[0])
        finally:
            self._waiting.remove(mine)
            heapq.heapify(self._waiting)
