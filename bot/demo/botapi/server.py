"""The stand-in: a Bot API and its people, on a port of this machine."""

import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

from aiohttp import web

from bot.demo.botapi.access import Access
from bot.demo.botapi.botside import BotSide
from bot.demo.botapi.calls import Call
from bot.demo.botapi.cards import CardSource
from bot.demo.botapi.courier import Courier
from bot.demo.botapi.events import PATIENCE, EventHook, Events, T
from bot.demo.botapi.faults import Faults
from bot.demo.botapi.inline import InlineQueries
from bot.demo.botapi.limits import Limits, Pace
from bot.demo.botapi.messages import Message
from bot.demo.botapi.methods import served
from bot.demo.botapi.profile import BotProfile
from bot.demo.botapi.queries import LIFETIME, Queries
from bot.demo.botapi.reader import Reader
from bot.demo.botapi.registry import Registry
from bot.demo.botapi.spec import Spec
from bot.demo.botapi.stage import Stage
from bot.demo.botapi.updates import Updates
from bot.demo.botapi.uploads import MOST_BYTES, Files
from bot.demo.botapi.userside import UserSide
from bot.demo.botapi.world import World

#: Shaped like a token; opens nothing but the stand-in.
TOKEN: Final = "700000001:stand-in-for-the-bot-api-of-telegram"  # noqa: S105 - made up
_SHUTDOWN: Final = 0.2
#: What a form may hold besides its file.
_FORM_BYTES: Final = 65_536


class StandIn:
    """The stand-in, from `async with` on at `url`; port 0 takes any free one.

    Its Bot API is `<url>/bot<token>/<method>`. Without `limits` it takes messages at any pace;
    `latency` is how many seconds each answer takes; `card` is asked for the link cards that the
    page shows; `on_event` hears, by name and printable fields, of everything that happens;
    `inline_mode` is what @BotFather's /setinline switches on; `most_bytes` is how large a file may
    be; `welcomes_strangers` makes every positive chat id a person who has written before;
    `local_webhooks` allows webhooks on this machine, over HTTP and at any port; `webhook_pause` is
    how many seconds an update waits after it failed twice, and doubles from then on.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        limits: Limits | None = None,
        latency: float = 0.0,
        host: str = "127.0.0.1",
        port: int = 0,
        card: CardSource | None = None,
        page_folder: Path | None = None,
        on_event: EventHook | None = None,
        ssl_context: ssl.SSLContext | None = None,
        username: str = "dekbot",
        first_name: str = "Dekbot",
        callback_lifetime: float = LIFETIME,
        inline_mode: bool = True,
        most_bytes: int = MOST_BYTES,
        welcomes_strangers: bool = False,
        local_webhooks: bool = False,
        webhook_pause: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self.token, self._host, self._port, self._ssl = token, host, port, ssl_context
        profile = BotProfile(
            int(token.partition(":")[0]),
            username=username,
            first_name=first_name,
            inline=inline_mode,
        )
        registry = Registry(profile.id, welcomes_strangers=welcomes_strangers)
        self.faults = Faults()
        self.world = World(
            bot=profile,
            registry=registry,
            updates=Updates(),
            events=Events(on_event),
            queries=Queries(callback_lifetime),
            inline=InlineQueries(callback_lifetime),
            pace=Pace(limits, clock),
            files=Files(most_bytes),
            wall_clock=wall_clock,
            clock=clock,
        )
        self._courier = Courier(
            self.world.updates, wall_clock=wall_clock, local=local_webhooks, pause=webhook_pause
        )
        access = Access(registry, profile.id)
        self._bot_side = BotSide(
            token=token,
            stage=Stage(world=self.world, access=access, courier=self._courier, card=card),
            methods=served(),
            spec=Spec.bundled(),
            faults=self.faults,
            latency=latency,
        )
        self._user_side = UserSide(self.world, page_folder, card)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=self.world.files.most_bytes + _FORM_BYTES)
        app.add_routes(self._bot_side.routes())
        app.add_routes(self._user_side.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN)
        await self._runner.setup()
        await self.take_calls()
        self._port = self._runner.addresses[0][1]
        return self

    async def take_calls(self) -> None:
        """Listen, again where `refuse_calls` stopped that; at the same address."""
        if self._runner is not None:
            site = web.TCPSite(self._runner, self._host, self._port, ssl_context=self._ssl)
            await site.start()

    async def refuse_calls(self) -> None:
        """Cut all connections and let nobody connect, as a server that is down."""
        runner = self._runner
        if runner is None or runner.server is None:
            return
        for site in list(runner.sites):
            await site.stop()
        for connection in runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def __aexit__(self, *_: object) -> None:
        self.world.updates.close()
        await self._courier.stop()
        self._user_side.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._ssl else 'http'}://{host}:{self._port}"

    @property
    def sent(self) -> list[Message]:
        """What the bot sent, in order of arrival."""
        return self.world.conversations.sent

    @property
    def calls(self) -> list[Call]:
        """Every call that was understood, in order of arrival."""
        return self._bot_side.calls

    @property
    def violations(self) -> list[str]:
        """Where calls departed from the specification."""
        return self._bot_side.violations

    def reader(self, first_name: str = "Reader", **about: Any) -> Reader:
        """Return a new person in their private chat; `about` goes to `Registry.person`."""
        person = self.world.person(first_name, **about)
        return Reader(self.world, person, self.world.registry.rooms[person.id])

    async def wait_for(
        self,
        condition: Callable[[], T | None],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test says how long it waits
    ) -> T:
        """Return what the condition yields once that is true; raises `TimeoutError`."""
        return await self.world.events.wait_for(condition, timeout)
