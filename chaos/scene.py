"""What surrounds the bot and outlives it: Telegram's side, the newsroom, the files, the clock."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from bot.demo.botapi import StandIn
from bot.demo.botapi.events import Event
from bot.demo.newsroom import Asked, Invention, Newsroom, profile_text
from chaos.audience import Wishes, invent_audience
from chaos.clock import RunClock
from chaos.moments import Sign
from chaos.press import Press
from chaos.seating import seat
from chaos.witness import Witness

#: Alerts a second; twice as many chats are written to at once.
RATE: Final = 100
#: Seconds that Telegram takes for an answer, and the newsroom.
LATENCY: Final = 0.05
_FEED: Final = "/feed/"
_PAST: Final = 20


@dataclass(kw_only=True)
class Scene:
    folder: Path
    clock: RunClock
    newsroom: Newsroom
    stand_in: StandIn
    audience: list[Wishes]
    press: Press
    witness: Witness
    #: Told what is seen of the process that runs.
    on_sign: Callable[[Sign], None] = lambda _sign: None
    #: The articles that the bot has stored, by path.
    known: frozenset[str] = frozenset()
    #: When the feed was last asked for, on the monotonic clock.
    asked_at: float = 0.0
    _with_editions: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self._with_editions = frozenset(one.chat_id for one in self.audience if one.editions)

    @property
    def database(self) -> Path:
        return self.folder / "dekbot.db"

    def settings(self) -> dict[str, str]:
        """Return the bot's settings, as variables."""
        return {
            "DEKBOT_BOT_TOKEN": self.stand_in.token,
            "DEKBOT_SITE": str(self.folder / "site.toml"),
            "DEKBOT_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "DEKBOT_TELEGRAM_API_URL": self.stand_in.url,
            "DEKBOT_SEND_RATE": str(RATE),
            "DEKBOT_WEB_PORT": "0",
            "DEKBOT_MAX_ALERT_AGE": "36500d",
            "DEKBOT_LOG_FORMAT": "json",
        }

    def hear(self, event: Event) -> None:
        """Take note of what the bot does in the chats."""
        arrival = self.witness.hear(event)
        if event.name == "edited":
            self.on_sign(Sign.EDITED)
        elif arrival:
            is_digest = arrival.chat_id in self._with_editions or len(arrival.shown) > 1
            self.on_sign(Sign.DIGESTED if is_digest else Sign.ALERTED)

    def asked(self, asked: Asked) -> None:
        """Take note that the bot asks for the feed."""
        if asked.path != _FEED:
            return
        self.asked_at = time.monotonic()
        self.on_sign(Sign.ASKED)
        if self.press.published.keys() - self.known:
            self.on_sign(Sign.ASKED_FOR_NEWS)


@asynccontextmanager
async def set_scene(random: Random, seed: int, readers: int, speed: float) -> AsyncIterator[Scene]:
    """Open everything but the bot, in a folder that is removed at the end."""
    clock = RunClock(speed)
    newsroom = Newsroom(articles=Invention(-seed).past(_PAST, until=clock()), now=clock)
    stand_in = StandIn(
        latency=LATENCY, welcomes_strangers=True, wall_clock=lambda: clock().timestamp()
    )
    with TemporaryDirectory(prefix="dekbot-chaos-") as name:
        async with stand_in, newsroom:
            scene = Scene(
                folder=Path(name),
                clock=clock,
                newsroom=newsroom,
                stand_in=stand_in,
                audience=invent_audience(random, readers),
                press=Press(newsroom, random, seed, clock),
                witness=Witness(newsroom.url),
            )
            await seat(scene.database, scene.audience, clock())
            (scene.folder / "site.toml").write_text(_profile(newsroom.url), encoding="utf-8")
            newsroom.answer(_FEED, times=None, delay=LATENCY)
            newsroom.listen(scene.asked)
            stand_in.world.events.listen(scene.hear)
            yield scene


def _profile(url: str) -> str:
    """Return the newsroom's profile without its section pages: the feed shows it all."""
    return profile_text(url, poll_interval="1s").partition('[[sources]]\nkind = "page"')[0]
