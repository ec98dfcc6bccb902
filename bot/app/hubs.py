"""WebSub, joined: what asks hubs, what they call, and what is read when they tell of news."""

from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.app.parts import Parts
from bot.services.hub_callbacks import HubCallbacks
from bot.services.hub_keeping import ROUTE, HubKeeper
from bot.services.ports import Rounds
from bot.services.prompting import Prompts
from bot.web.websub import websub_routes


class HubSide:
    """Without a public address nothing is asked for, and nothing is served."""

    def __init__(self, parts: Parts, rounds: Callable[[], Rounds]) -> None:
        """Take the plan of the running bot from `rounds`, since it is made later than this."""
        #: What is read at once because somebody says that there is news.
        self.prompts = Prompts(parts.database, rounds, parts.clock)
        self.keeper: HubKeeper | None = None
        self.routes: list[web.RouteDef] = []
        public_url = parts.settings.public_url
        if public_url is None:
            return
        sources = [(source.url, source.kind) for source in parts.site.sources]
        self.keeper = HubKeeper(
            parts.database, parts.site.hubs, parts.clock, sources=sources, public_url=public_url
        )
        callbacks = HubCallbacks(parts.database, parts.clock, sources, self.prompts.ask)
        self.routes = websub_routes(urlsplit(public_url).path + ROUTE, callbacks)

    async def stop(self) -> None:
        """Have nothing read any more because of hubs; what they tell by now is told for later."""
        await self.prompts.stop()
