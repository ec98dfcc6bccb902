import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.sources.fetch import Fetcher
from bot.sources.http_faults import retry_after
from bot.sources.pacing import MOST_AT_ONCE
from tests.aids.servers import Serve, fault

NOW = datetime(2024, 8, 21, 12, tzinfo=UTC)


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


async def test_a_host_is_asked_a_few_things_at_once_at_most(serve: Serve, fetcher: Fetcher) -> None:
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

    assert 1 <= most <= MOST_AT_ONCE
