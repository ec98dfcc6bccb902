"""A site whose sources are well, fall ill each in its own way, and are well again."""

import contextlib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Final, Self

from aiohttp import web

from bot.demo.newsroom.script import Scripted, play

CERTIFICATES: Final = Path(__file__).with_name("certificates")
LOGIN: Final = "<!doctype html><title>Log in</title><form><input name=user><input name=password>"
#: The same for every request, so that what has not changed is the same.
TODAY: Final = format_datetime(datetime.now(UTC))
ARTICLES: Final = r"^https?://(127\.0\.0\.1|localhost):\d+/[a-z0-9-]+/2026/03/[a-z0-9-]+/?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What a source shows: its articles by slug, or whatever is prescribed."""

    slugs: Sequence[str]
    #: Made from the source's folder, such as `http://127.0.0.1:8080/404`.
    script: Callable[[str], Scripted] | None = None


@dataclass(slots=True, kw_only=True)
class Illness:
    """One row of the table of faults: what a server does, and what must come of it."""

    id: str
    #: What the source answers while it is ill, made from its folder.
    script: Callable[[str], Scripted]
    #: The fault's name in the log; None where the source is read all the same.
    code: str | None
    #: The same in `dekbot check`, which knows no earlier reading; None where it finds no fault.
    check: str | None = ""
    #: The slugs of articles that are alerted while the source is ill.
    told: tuple[str, ...] = ()
    #: What the log notes of the reading.
    note: str = ""
    kind: str = "feed"
    scheme: str = "http"
    host: str = "127.0.0.1"
    #: How many seconds the server asks to be left alone.
    patience: float = 0.0
    #: The slugs of what stands there once it is well again, beside the new article.
    stays: tuple[str, ...] = field(default=("old",))

    def __post_init__(self) -> None:
        if self.check == "":
            self.check = self.code


class IllSite:
    """Serves every row's source, from `async with` on; `state` is well, ill or mended."""

    def __init__(self, rows: Sequence[Illness]) -> None:
        self._rows = {row.id: row for row in rows}
        self._runner: web.AppRunner | None = None
        self._ports: dict[str, int] = {}
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.state = "well"
        self.asked: list[str] = []

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{row}/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        self.turn_to("well")
        for scheme, context in (("http", None), ("https", self._tls)):
            site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context)
            await site.start()
            self._ports[scheme] = self._runner.addresses[-1][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def turn_to(self, state: str) -> None:
        self.state = state
        name = "expired.pem" if state == "ill" else "valid.pem"
        self._tls.load_cert_chain(CERTIFICATES / name)

    def folder(self, row: Illness) -> str:
        return f"{row.scheme}://{row.host}:{self._ports[row.scheme]}/{row.id}"

    def source(self, row: Illness) -> str:
        return f"{self.folder(row)}/feed/"

    def profile(self) -> str:
        """Return the profile of a site with all these sources."""
        sources = "".join(
            f'[[sources]]\nkind = "{row.kind}"\nurl = "{self.source(row)}"\nsection = "all"\n'
            for row in self._rows.values()
        )
        return (
            f'name = "The ill site"\nurl = "http://127.0.0.1:{self._ports["http"]}/"\n'
            f"article_url = '{ARTICLES}'\n"
            f'[[sections]]\nkey = "all"\nname = "Everything"\n{sources}'
        )

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        row, path = self._rows[request.match_info["row"]], request.match_info["path"]
        self.asked.append(request.path)
        at = self.folder(row)
        if path.startswith("on/"):
            raise web.HTTPFound(f"{at}/on/{int(path[3:]) + 1}")
        if path == "round":
            raise web.HTTPFound(f"{at}/feed/")
        if path != "feed/":
            return web.Response(text=LOGIN, content_type="text/html")
        usual = self._usual(row, at)
        if self.state == "ill":
            # Readers hang up where they have had enough.
            with contextlib.suppress(ConnectionError):
                return await play(row.script(at), request, usual)
        return usual

    def _usual(self, row: Illness, at: str) -> web.Response:
        slugs = ("old",) if self.state == "well" else ("new", *row.stays)
        body = page(at, *slugs) if row.kind == "page" else feed(at, *slugs)
        # Who keeps a connection to an encrypted server is shown no other certificate.
        headers = {"ETag": f'"{self.state}"', "Connection": "close"}
        kind = "text/html" if row.kind == "page" else "application/rss+xml"
        return web.Response(body=body, headers=headers, content_type=kind, charset="utf-8")


def headline(at: str, slug: str) -> str:
    return f"{at.rpartition('/')[2]} tells of something {slug}"


def item(at: str, slug: str, more: str = "", *, link: str = "", date: str = "") -> str:
    """Return one item of a feed, published now unless another date is given."""
    told = date or TODAY
    where = link or f"{at}/2026/03/{slug}/"
    return (
        f"<item><title>{escape(headline(at, slug))}</title><link>{where}</link>"
        f"<pubDate>{told}</pubDate>{more}</item>"
    )


def feed(at: str, *slugs: str, head: str = "", more: str = "") -> bytes:
    """Return a feed of the articles with these slugs, and of what else is given."""
    items = "".join(item(at, slug) for slug in slugs)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0"><channel>'
        f"<title>T</title>{items}{more}</channel></rss>"
    ).encode()


def page(at: str, *slugs: str) -> bytes:
    cards = "".join(
        f'<article><h2><a href="{at}/2026/03/{slug}/">{headline(at, slug)}</a></h2></article>'
        for slug in slugs
    )
    return f"<!doctype html><meta charset=utf-8><main>{cards}</main>".encode()
