import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.domain.reading import Validators
from bot.sources.fetch import Fetcher, user_agent
from bot.sources.fetched import Fetched, NotModified
from bot.sources.http_faults import retry_after
from tests.aids.servers import Serve

NOW = datetime(2024, 8, 21, 12, tzinfo=UTC)


async def fault(fetcher: Fetcher, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await fetcher.fetch(url)
    return caught.value


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


def test_the_user_agent_names_version_and_contact() -> None:
    assert user_agent(None).startswith("Dekbot/")
    assert user_agent("https://example.org").endswith(" (+https://example.org)")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"news" * 99)),
        ("gzip", gzip.compress(b"news" * 49) + gzip.compress(b"news" * 50) + b"\0\0"),
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
        (gzip.compress(b"news" * 99)[:-9], "gzip", "cut"),
        (zlib.compress(b"news" * 99)[:-5], "deflate", "cut"),
        (b"news", "gzip", "broken-body"),
        (b"\xff\xff\xff\xff", "deflate", "broken-body"),
        (b"news", "br", "encoding"),
        (gzip.compress(bytes(2_000_000)), "gzip", "too-large"),
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


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "wants a password"),
        (403, "refuses to answer"),
        (404, "has nothing at this address"),
        (410, "for good"),
        (418, "refuses the request"),
        (500, "a fault of its own"),
        (503, "a fault of its own"),
        (304, "not asked for"),
    ],
)
async def test_a_refusal_is_told_with_its_status(
    serve: Serve, fetcher: Fetcher, status: int, told: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status)

    found = await fault(fetcher, await serve(answer))

    assert found.kind == f"http-{status}"
    assert told in str(found)
    assert found.retry_after is None


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("Wed, 21 Aug 2024 12:05:00 GMT", 300.0)]
)
async def test_the_wait_that_a_server_asks_for_is_passed_on(
    session: aiohttp.ClientSession, serve: Serve, header: str, seconds: float
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": header})

    found = await fault(Fetcher(session, "x", clock=lambda: NOW), await serve(answer))

    assert (found.kind, found.retry_after) == ("http-429", seconds)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("", None), ("soon", None), ("-5", None), ("Wed, 21 Aug 2024 11:00:00", 0.0)],
)
def test_a_wait_that_means_nothing_is_none(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


async def test_a_server_that_says_nothing_is_not_waited_for(
    session: aiohttp.ClientSession, serve: Serve
) -> None:
    done = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await done.wait()
        return web.Response()

    url = await serve(answer)
    found = await fault(Fetcher(session, "x", stall=timedelta(milliseconds=50)), url)
    done.set()

    assert found.kind == "timeout"


async def test_a_server_that_drips_its_bytes_is_not_waited_for(
    session: aiohttp.ClientSession, serve: Serve
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.01)

    fetcher = Fetcher(session, "x", timeout=timedelta(milliseconds=200))

    assert (await fault(fetcher, await serve(answer))).kind == "timeout"


async def test_a_connection_broken_off_is_told(serve: Serve, fetcher: Fetcher) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        if request.transport is not None:
            request.transport.close()
        return response

    assert (await fault(fetcher, await serve(answer))).kind == "cut"


async def test_a_server_that_is_not_there_is_told(serve: Serve, fetcher: Fetcher) -> None:
    found = await fault(fetcher, "http://127.0.0.1:1/")

    assert found.kind == "connect"
    assert "127.0.0.1 cannot be reached" in str(found)


async def test_a_server_without_a_certificate_is_told(serve: Serve, fetcher: Fetcher) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response()

    url = await serve(answer)

    assert (await fault(fetcher, url.replace("http:", "https:"))).kind == "tls"


async def test_a_server_that_does_not_speak_http_is_told(fetcher: Fetcher) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"220 mail.example ready\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        found = await fault(fetcher, f"http://127.0.0.1:{port}/")

    assert found.kind == "bad-answer"


@pytest.mark.parametrize("url", ["http://", "nonsense", "http://host:99999/"])
async def test_what_is_no_address_is_told(fetcher: Fetcher, url: str) -> None:
    assert (await fault(fetcher, url)).kind == "bad-address"


async def test_no_fault_tells_a_password_or_a_key(serve: Serve, fetcher: Fetcher) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=404)

    url = (await serve(answer)).replace("http://", "http://reader:hunter2@") + "/feed?key=hunter3"

    text = str(await fault(fetcher, url))

    assert "hunter" not in text
    assert "/feed" in text


async def test_a_host_is_asked_one_thing_at_a_time(serve: Serve, fetcher: Fetcher) -> None:
    present = most = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal present, most
        present += 1
        most = max(most, present)
        for _ in range(20):
            await asyncio.sleep(0)
        present -= 1
        return web.Response()

    url = await serve(answer)
    await asyncio.gather(*(fetcher.fetch(f"{url}/{number}") for number in range(8)))

    assert most == 1
