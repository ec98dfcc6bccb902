"""Hubs that answer as a test says, and call back when it does."""

from collections import deque

from bot.domain.errors import HubError
from bot.domain.hub import HubLink
from bot.services.hub_ports import HubRequest
from bot.storage.database import Database

HUB = "https://hub.example/"


class FakeHubs:
    """Implements the `Hubs` port."""

    def __init__(self) -> None:
        self.asked: list[HubRequest] = []
        #: What the next requests are refused with.
        self.faults: deque[HubError] = deque()

    async def subscribe(self, request: HubRequest) -> None:
        self.asked.append(request)
        if self.faults:
            raise self.faults.popleft()

    @property
    def token(self) -> str:
        """Of the latest request."""
        return self.asked[-1].callback.rpartition("/")[2]


async def name_hub(store: Database, url: str, hub: str | None = HUB, topic: str = "") -> int:
    """Have the feed at this address name the hub; return the source's number."""
    async with store.writing() as records:
        source = await records.sources.ensure(url, "feed")
        link = HubLink(hub=hub, topic=topic or url) if hub else None
        await records.hubs.found(source.id, link)
    return source.id
