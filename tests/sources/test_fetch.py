import gzip
import zlib
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from bot.domain.reading import Validators
from bot.sources.fetch import Fetcher, user_agent
from bot.sources.fetched import Fetched, NotModified
from tests.aids.servers import Serve, fault

NOW = datetime(2024, 8, 21, 12, tzinfo=UTC)


async def test_a_body_comes_with_its_type_address_and_validators(
    serve: Serve, fetcher: Fetcher
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(
            body=b"news",
            content_type="text/plain",
            headers={"ETag": 'W/"1"', "Last-Modified": "Wed, 21 Aug 2024 05:05:00 GMT"},
        )

    url = await serve(answer)

    fetched = await fetcher.fetch(f"{url}/feed")

    assert isinstance(fetched, Fetched)
    assert (fetched.body, fetched.content_type) == (b"news", "text/plain")
    assert (fetched.url, fetched.moved_to) == (f"{url}/feed", None)
    assert fetched.validators == Validators(
        etag='W/"1"', last_modified="Wed, 21 Aug 2024 05:05:00 GMT"
    )


async def test_a_request_says_who_asks_and_what_is_known(serve: Serve, fetcher: Fetcher) -> None:
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        return web.Response(status=304, headers={"ETag": '"2"'})

    known = Validators(etag='"1"', last_modified="Wed, 21 Aug 2024 05:05:00 GMT")

    fetched = await fetcher.fetch(await serve(answer), known)

    headers = asked[0].headers
    assert headers["User-Agent"] == "Dekbot/test (+https://example.org/bot)"
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Wed, 21 Aug 2024 05:05:00 GMT"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert fetched == NotModified(
        validators=Validators(etag='"2"', last_modified="Wed, 21 Aug 2024 05:05:00 GMT")
    )


async def test_only_a_fresh_request_has_caches_ask_the_server(
    serve: Serve, fetcher: Fetcher
) -> None:
    """Behind a redirect as well; conditional it stays."""
    asked: list[tuple[str, str | None, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        headers = request.headers
        asked.append((request.path, headers.get("Cache-Control"), headers.get("If-None-Match")))
        if request.path == "/old":
            return web.Response(status=302, headers={"Location": "/new"})
        return web.Response(status=304)

    url = await serve(answer)
    for fresh in (False, True):
        await fetcher.fetch(f"{url}/old", Validators(etag='"1"'), fresh=fresh)

    assert asked == [
        ("/old", None, '"1"'),
        ("/new", None, '"1"'),
        ("/old", "no-cache", '"1"'),
        ("/new", "no-cache", '"1"'),
    ]


def test_the_user_agent_names_version_and_contact() -> None:
    assert user_agent(None).startswith("Dekbot/")
    assert user_agent("https://example.org").endswith(" (+https://example.org)")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"news" * 99, mtime=0)),
        (
            "gzip",
            gzip.compress(b"news" * 49, mtime=0) + gzip.compress(b"news" * 50, mtime=0) + b"\0\0",
        ),
        ("deflate", zlib.compress(b"news" * 99)),
        ("deflate", zlib.compress(b"news" * 99, wbits=-15)),
        ("identity", b"news" * 99),
    ],
)
async def test_a_packed_body_is_unpacked(
    serve: Serve, fetcher: Fetcher, encoding: str, packed: bytes
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=packed, headers={"Content-Encoding": encoding})

    fetched = await fetcher.fetch(await serve(answer))

    assert isinstance(fetched, Fetched)
    assert fetched.body == b"news" * 99


@pytest.mark.parametrize(
    ("body", "encoding", "kind"),
    [
        (gzip.compress(b"news" * 99, mtime=0)[:-9], "gzip", "cut"),
        (zlib.compress(b"news" * 99)[:-5], "deflate", "cut"),
        (b"news", "gzip", "broken-body"),
        (b"\xff\xff\xff\xff", "deflate", "broken-body"),
        (b"news", "br", "encoding"),
        (gzip.compress(bytes(2_000_000), mtime=0), "gzip", "too-large"),
        (zlib.compress(bytes(2_000_000)), "deflate", "too-large"),
        (bytes(100_001), "", "too-large"),
    ],
)
async def test_a_body_that_is_cut_broken_or_too_large_is_refused(
    session: aiohttp.ClientSession, serve: Serve, body: bytes, encoding: str, kind: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        headers = {"Content-Encoding": encoding} if encoding else {}
        return web.Response(body=body, headers=headers)

    found = await fault(Fetcher(session, "x", max_bytes=100_000), await serve(answer))

    assert found.kind == kind


async def test_a_body_of_unknown_length_is_read_no_further_than_allowed(
    session: aiohttp.ClientSession, serve: Serve
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(50_000))

    found = await fault(Fetcher(session, "x", max_bytes=100_000), await serve(answer))

    assert found.kind == "too-large"
