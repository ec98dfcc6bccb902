"""What is done on the servers' side at the word of a benchmark: see `Servers.call`."""

import asyncio
import time

from benchmarks.serving import Scene
from benchmarks.witness import Contacts, Tally

#: Seconds between two looks.
_PAUSE = 0.02


async def publish(scene: Scene, headline: str) -> None:
    scene.witness.publish(headline)


async def contacts(scene: Scene) -> Contacts:
    return scene.witness.contacts()


async def tally(scene: Scene) -> Tally:
    return scene.witness.tally()


async def delivered(scene: Scene, chats: int, silence: float, linger: float = 0.0) -> Tally:
    """Return the tally when so many chats got the article and nothing came for `linger` seconds.

    Where nothing comes for `silence` seconds, that is the end as well.
    """
    witness, begun = scene.witness, time.monotonic()
    while True:
        quiet = time.monotonic() - max(begun, witness.latest)
        if quiet > (linger if witness.delivered >= chats else silence):
            return witness.tally()
        await asyncio.sleep(_PAUSE)
