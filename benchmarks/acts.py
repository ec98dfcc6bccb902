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


async def delivered(scene: Scene, chats: int, silence: float) -> Tally:
    """Return the tally when so many chats got the article, or nothing came for so many seconds."""
    begun = time.monotonic()
    while scene.witness.delivered < chats:
        if time.monotonic() - max(begun, scene.witness.latest) > silence:
            break
        await asyncio.sleep(_PAUSE)
    return scene.witness.tally()
