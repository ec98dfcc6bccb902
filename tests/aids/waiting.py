"""Waits for what must come true."""

import asyncio
from collections.abc import Callable
from typing import Final

#: Seconds between two looks.
_PAUSE: Final = 0.005
#: How much longer than a look the pause behind it is.
_REST: Final = 4


async def until(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    """Return when the condition holds; TimeoutError when it does not come true.

    What takes long to look at is looked at more rarely, so that waiting slows nothing down.
    """
    clock = asyncio.get_running_loop().time
    async with asyncio.timeout(seconds):
        while True:
            began = clock()
            if condition():
                return
            await asyncio.sleep(max(_PAUSE, _REST * (clock() - began)))
