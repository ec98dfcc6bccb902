"""A site in a process of its own whose feeds and pages change as a benchmark wants it.

By the path: `quiet` answers 304 to whoever has seen it, `same` is a long feed that never changes,
`feed` one that has a new item on top each time it is asked for, `page` a section page likewise.
`slow` is a `quiet` that takes two seconds, `broken` a 503.
"""

import asyncio
import contextlib
import multiprocessing
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

ITEMS = 300
#: Addresses of this machine that are hosts of their own to the bot.
HOSTS = tuple(f"127.0.1.{number}" for number in range(1, 41))
#: Bytes of an item, so that 300 are 1.8 MB.
ITEM_BYTES = 6_000
TEASERS = 30
SLOW_SECONDS = 2.0
#: Where it is told when each path was asked for.
ARRIVALS = "/arrivals"
ORIGIN = "https://news.example"
SITE_PROFILE = r"""
name = "News"
url = "https://news.example/"
timezone = "Asia/Seoul"
article_url = '^https?://news\.example/\d{4}/\d{2}/[a-z0-9-]+/?$'

[[sections]]
key = "economy"
name = "Economy"

[[sources]]
kind = "feed"
url = "https://news.example/feed/"
"""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
    "<channel><title>News</title><lastBuildDate>{moment}</lastBuildDate>"
)


class Writer:
    """Writes invented items, the same in every run."""

    def __init__(self) -> None:
        self._random = random.Random(1)  # noqa: S311 - news, not secrets
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = [
            "".join(self._random.choices(letters, k=self._random.randint(2, 10)))
            for _ in range(3_000)
        ]

    def text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, k=words))

    def item(self, number: int, moment: datetime) -> str:
        told = (
            f"<item><title>{self.text(9)} &#8216;{self.text(1)}&#8217;</title>"
            f"<link>{ORIGIN}/2026/01/a{number}/</link><dc:creator><![CDATA[Ida Holm]]></dc:creator>"
            f"<pubDate>{format_datetime(moment)}</pubDate>"
            f"<category><![CDATA[Economy]]></category><category>{self.text(1)}</category>"
            f'<guid isPermaLink="false">{ORIGIN}/?p={number}</guid>'
            f"<description><![CDATA[<p>{self.text(25)} &amp; more \u2019</p>]]></description>"
            f'<media:content url="{ORIGIN}/{number}.jpg" medium="image"/>'
        )
        body = ""
        while len(told) + len(body) < ITEM_BYTES:
            body += f'<p>{self.text(60)} \u201c<a href="{ORIGIN}/x">{self.text(3)}</a>\u201d</p>\n'
        return f"{told}<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"

    def teaser(self, number: int) -> str:
        return (
            f'<article><h2><a href="{ORIGIN}/2026/01/p{number}/">{self.text(9)}</a></h2>'
            f"<p>{self.text(25)}</p><p>Ida Holm January 1, 2026</p></article>"
        )


class Site:
    """Answers as its paths have it; each path with its query has its own news."""

    def __init__(self) -> None:
        self._writer = Writer()
        now = datetime.now(UTC)
        self._items = [
            self._writer.item(number, now - timedelta(minutes=number)) for number in range(ITEMS)
        ]
        self._teasers = [self._writer.teaser(number) for number in range(TEASERS)]
        self._asked: defaultdict[str, int] = defaultdict(int)
        #: When each was asked for, in seconds of the wall's clock.
        self._arrivals: defaultdict[str, list[float]] = defaultdict(list)

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == ARRIVALS:
            return web.json_response(self._arrivals)
        self._arrivals[request.path].append(time.time())
        name = request.path.strip("/").partition("-")[0]
        times = self._asked[request.path_qs]
        self._asked[request.path_qs] += 1
        if name == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        elif name == "broken":
            return web.Response(status=503)
        elif name == "page":
            return web.Response(text=self._page(times), content_type="text/html")
        elif name in ("feed", "same"):
            new = times if name == "feed" else 0
            return web.Response(body=self._feed(new), content_type="application/rss+xml")
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        body = self._feed(0, 10)
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": '"1"'})

    def _feed(self, new: int, length: int = ITEMS) -> bytes:
        now = datetime.now(UTC)
        fresh = [
            self._writer.item(ITEMS + number, now) for number in range(new, max(new - 1, 0), -1)
        ]
        self._items = [*fresh, *self._items][: ITEMS + 100] if fresh else self._items
        head = _HEAD.format(moment=format_datetime(now) if new else "")
        return f"{head}{''.join(self._items[:length])}</channel></rss>".encode()

    def _page(self, new: int) -> str:
        if new:
            self._teasers = [self._writer.teaser(TEASERS + new), *self._teasers[:-1]]
        return f"<!doctype html><html><body><main>{''.join(self._teasers)}</main></body></html>"


async def _serve(pipe: Connection) -> None:
    app = web.Application()
    app.router.add_get("/{path:.*}", Site().answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    for host in HOSTS:
        await web.TCPSite(runner, host, port).start()
    pipe.send(f"http://127.0.0.1:{port}")
    await asyncio.to_thread(pipe.recv)
    await runner.cleanup()


def put_profile(folder: Path, url: str) -> Path:
    """Put the site's profile into the folder, with one feed at this address: the quiet one."""
    path = folder / "site.toml"
    path.write_text(SITE_PROFILE.replace(f"{ORIGIN}/feed/", f"{url}/quiet"), encoding="utf-8")
    return path


def serve(pipe: Connection) -> None:
    """Tell the address; end on a word."""
    asyncio.run(_serve(pipe))


@contextlib.contextmanager
def site() -> Iterator[str]:
    """Run the site; yield its address."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("end")
        process.join(timeout=10)
        process.terminate()
