"""The stand-in and the newsroom in a process of their own: the side on which they run."""

import asyncio
import ssl
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import trustme

from benchmarks.machine import pin
from benchmarks.swift import Swift
from benchmarks.swift_serving import SwiftScene, SwiftWitness
from benchmarks.witness import Witness
from bot.demo.botapi import Limits, StandIn
from bot.demo.newsroom import Newsroom

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How Telegram is to be met."""

    #: None where messages are taken at any pace.
    limits: Limits | None = None
    #: Seconds that each answer of the Bot API takes, as over a network.
    latency: float = 0.0
    #: Whether `benchmarks.swift` stands in for Telegram, with a scene of its own.
    swift: bool = False
    #: Whether the Bot API is spoken to over TLS; `Addresses.ca_file` is whom to trust then.
    tls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a bot finds everything."""

    api_url: str
    token: str
    newsroom_url: str
    feed_url: str
    #: Certificate of the authority that the Bot API's own one is of; empty without TLS.
    ca_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an act has to do with: everything but the bot."""

    stand_in: StandIn
    newsroom: Newsroom
    witness: Witness


def serve(pipe: Connection, conditions: Conditions, folder: Path, core: int | None) -> None:
    """Tell the addresses; then carry out each act that comes and tell what it returns.

    The end of the pipe, or None instead of an act, ends it.
    """
    if core is not None:
        pin(core)
    asyncio.run(_serve(pipe, conditions, folder))


async def _serve(pipe: Connection, conditions: Conditions, folder: Path) -> None:
    ca_file, context = _certified(folder) if conditions.tls else ("", None)
    given: dict[str, Any] = {
        "limits": conditions.limits,
        "latency": conditions.latency,
        "ssl_context": context,
    }
    api = Swift(HOST, **given) if conditions.swift else _stand_in(given)
    newsroom = Newsroom(HOST)
    async with api, newsroom:
        pipe.send(
            Addresses(
                api_url=api.url,
                token=api.token,
                newsroom_url=newsroom.url,
                feed_url=f"{newsroom.url}/feed/",
                ca_file=ca_file,
            )
        )
        scene = _scene(api, newsroom)
        while (order := await asyncio.to_thread(_next, pipe)) is not None:
            pipe.send(await _carried_out(scene, *order))


def _stand_in(given: dict[str, Any]) -> StandIn:
    return StandIn(host=HOST, welcomes_strangers=True, **given)


def _scene(api: StandIn | Swift, newsroom: Newsroom) -> Scene | SwiftScene:
    if isinstance(api, Swift):
        return SwiftScene(api=api, newsroom=newsroom, witness=SwiftWitness(api, newsroom))
    return Scene(stand_in=api, newsroom=newsroom, witness=Witness(api, newsroom))


def _next(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except EOFError:
        return None


async def _carried_out(
    scene: Scene | SwiftScene, act: Callable[..., Awaitable[Any]], arguments: Any, named: Any
) -> tuple[Any, str]:
    """Return what the act returns, and the traceback of what it raises."""
    try:
        return await act(scene, *arguments, **named), ""
    except Exception:  # noqa: BLE001 - told on the other side
        return None, traceback.format_exc()


def _certified(folder: Path) -> tuple[str, ssl.SSLContext]:
    """Return the file of a new authority, and a context with a certificate of it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path), context
