"""Sets the demo up: newsroom, stand-in, people and the settings that join them to the bot."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pydantic import SecretStr

from bot.app.parts import wall_clock
from bot.demo.botapi import Limits, StandIn
from bot.demo.newsroom import Invention, Newsroom, profile_text
from bot.domain.errors import ConfigurationError
from bot.services.ports import Clock
from bot.settings import Settings

PAGE: Final = Path(__file__).parent / "page"
_PEOPLE: Final = (("Ada", "en"), ("Bruno", "de"), ("Chae-won", "ko"))
_GROUP: Final = "Peninsula desk"
_FORUM: Final = "Newsroom forum"
_DESK_ROOMS: Final = ("Sanctions desk", "Moscow desk")
_CHANNEL: Final = ("Peninsula alerts", "peninsula_alerts")
_PAST: Final = 80
_SEED: Final = 1

Events = Callable[[str, dict[str, object]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    stand_in: StandIn
    newsroom: Newsroom
    invention: Invention
    settings: Settings


@asynccontextmanager
async def set_stage(port: int, on_event: Events, clock: Clock = wall_clock) -> AsyncIterator[Stage]:
    """Open everything but the bot; the database is in a folder that is removed at the end.

    Raises ConfigurationError where the port is taken.
    """
    invention = Invention(_SEED)
    newsroom = Newsroom(articles=invention.past(_PAST, until=clock()), now=clock)
    stand_in = StandIn(
        limits=Limits(),
        port=port,
        card=newsroom.card_for,
        page_folder=PAGE,
        on_event=on_event,
        wall_clock=lambda: clock().timestamp(),
    )
    with TemporaryDirectory(prefix="dekbot-demo-") as name:
        folder = Path(name)
        async with newsroom, _opened(stand_in, port):
            first = _invite_people(stand_in)
            settings = _settings(stand_in, newsroom, folder, administrator=first)
            yield Stage(
                stand_in=stand_in, newsroom=newsroom, invention=invention, settings=settings
            )


@asynccontextmanager
async def _opened(stand_in: StandIn, port: int) -> AsyncIterator[None]:
    try:
        await stand_in.__aenter__()
    except OSError as error:
        raise ConfigurationError(
            f"--port: {port} cannot be used ({error.strerror}); try another, or 0 for any free one"
        ) from None
    try:
        yield
    finally:
        await stand_in.__aexit__(None, None, None)


def _invite_people(stand_in: StandIn) -> int:
    """Let people in, and open a group, a forum with desk rooms and a channel of the first one's.

    Return the id of the first one.
    """
    world = stand_in.world
    people = [world.person(name, language_code=language) for name, language in _PEOPLE]
    first, pair = people[:1], people[:2]
    world.group(_GROUP, members=pair, admins=first)
    forum = world.supergroup(_FORUM, members=pair, admins=first, is_forum=True)
    for name in _DESK_ROOMS:
        world.topic(forum.id, name)
    title, username = _CHANNEL
    world.channel(title, members=pair, admins=first, username=username)
    return people[0].id


def _settings(
    stand_in: StandIn, newsroom: Newsroom, folder: Path, *, administrator: int
) -> Settings:
    profile = folder / "newsroom.toml"
    profile.write_text(profile_text(newsroom.url), encoding="utf-8")
    return Settings(
        bot_token=SecretStr(stand_in.token),
        site=str(profile),
        database_url=f"sqlite+aiosqlite:///{folder / 'dekbot.db'}",
        telegram_api_url=stand_in.url,
        admin_ids=(administrator,),
        web_port=0,
    )
