"""What each fault on the way to the Bot API is called."""

import asyncio
import logging
import socket
import traceback
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.faults import NotConnectedError, UnansweredError
from bot.telegram.request import AiohttpRequest
from bot.telegram.timeouts import Timeouts
from tests.telegram.conftest import MakeBot, Serve, answering
from tests.telegram.echo import TOKEN

ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bot"}


async def fault(bot: Bot) -> TelegramError:
    """Return what a call ends with."""
    with pytest.raises(TelegramError) as caught:
        await bot.get_me(read_timeout=5)
    return caught.value


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def assert_hides_token(error: Exception) -> None:
    assert TOKEN not in "".join(traceback.format_exception(error))
    assert TOKEN.partition(":")[2] not in f"{error}{error!r}"


async def test_a_refused_connection_was_certainly_not_used(make_bot: MakeBot) -> None:
    error = await fault(await make_bot(f"http://127.0.0.1:{closed_port()}"))

    assert isinstance(error, NotConnectedError)
    assert "127.0.0.1" in str(error)
    assert_hides_token(error)


@pytest.mark.parametrize(
    "url",
    [
        "http://no-such-host.invalid",  # DNS
        "http://",  # no host
        "ftp://127.0.0.1",  # not HTTP
        "http://127.0.0.1:99999",  # no port
    ],
)
async def test_a_wrong_address_was_certainly_not_reached(url: str, make_bot: MakeBot) -> None:
    error = await fault(await make_bot(url))

    assert isinstance(error, NotConnectedError)
    assert_hides_token(error)


async def test_a_failed_tls_handshake_sends_nothing(serve: Serve, make_bot: MakeBot) -> None:
    url = await serve(answering(200, ""))
    error = await fault(await make_bot(url.replace("http:", "https:")))

    assert isinstance(error, NotConnectedError)
    assert_hides_token(error)


async def test_no_free_connection_in_time_means_not_sent(serve: Serve) -> None:
    release = asyncio.Event()

    async def handle(_request: web.Request) -> web.Response:
        await release.wait()
        return web.json_response({"ok": True, "result": ME})

    url = f"{await serve(handle)}/bot{TOKEN}/getMe"
    timeouts = Timeouts(connect=0.02, pool=0.02, read=10)
    async with AiohttpRequest(connections=1, timeouts=timeouts) as request:
        first = asyncio.create_task(request.post(url))
        await asyncio.sleep(0)
        with pytest.raises(NotConnectedError) as caught:
            await request.post(url)
        release.set()

        assert await first == ME
    assert_hides_token(caught.value)


async def test_no_answer_in_time_is_a_time_out(serve: Serve) -> None:
    release = asyncio.Event()

    async def handle(_request: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    url = f"{await serve(handle)}/bot{TOKEN}/getMe"
    async with AiohttpRequest(connections=1, timeouts=Timeouts(read=0.05)) as request:
        with pytest.raises(TimedOut) as caught:
            await request.post(url)
    release.set()

    assert_hides_token(caught.value)


async def test_a_cut_connection_leaves_the_fate_unknown(serve: Serve, make_bot: MakeBot) -> None:
    calls: list[str] = []

    async def handle(request: web.Request) -> web.Response:
        calls.append(await request.text())
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    error = await fault(await make_bot(await serve(handle)))

    assert isinstance(error, UnansweredError)
    assert len(calls) == 1  # a POST is not repeated
    assert_hides_token(error)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, '{"ok": true, "result": {"mess'),
        (200, "<html>Welcome to the airport's network</html>"),
        (200, "[]"),
        (302, ""),
        (401, "<html>proxy</html>"),
        (403, "<html>Blocked by the company's firewall</html>"),
        (404, "<html>Not Found</html>"),
        (502, "<html>Bad Gateway</html>"),
        (504, ""),
    ],
)
async def test_an_answer_that_is_not_the_bot_apis_says_nothing(
    status: int, body: str, serve: Serve, make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"Location": "https://elsewhere.example/"} if status == 302 else {}
    with caplog.at_level(logging.WARNING):
        error = await fault(await make_bot(await serve(answering(status, body, **headers))))

    assert isinstance(error, UnansweredError)
    assert not caplog.records  # python-telegram-bot would log the page
    assert_hides_token(error)


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (400, "Bad Request: chat not found", BadRequest),
        (401, "Unauthorized", InvalidToken),
        (403, "Forbidden: bot was blocked by the user", Forbidden),
        (404, "Not Found", InvalidToken),
        (500, "Internal Server Error: restart", NetworkError),
    ],
)
async def test_telegrams_own_refusals_keep_their_kind(
    status: int, description: str, kind: type[TelegramError], serve: Serve, make_bot: MakeBot
) -> None:
    body = f'{{"ok": false, "error_code": {status}, "description": "{description}"}}'
    error = await fault(await make_bot(await serve(answering(status, body))))

    assert type(error) is kind


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ('{"ok": false, "error_code": 429, "parameters": {"retry_after": 7}}', {}, 7),
        ('{"ok": false, "error_code": 429, "description": "Too Many"}', {"Retry-After": "9"}, 9),
        ("<html>Too many requests</html>", {"Retry-After": "11"}, 11),
        ("<html>Too many requests</html>", {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 5),
        ('{"ok": false, "error_code": 429, "parameters": []}', {}, 5),
    ],
)
async def test_every_429_says_how_long_to_wait(
    body: str, headers: dict[str, str], seconds: int, serve: Serve, make_bot: MakeBot
) -> None:
    error = await fault(await make_bot(await serve(answering(429, body, **headers))))

    assert isinstance(error, RetryAfter)
    assert error.retry_after == timedelta(seconds=seconds)


async def test_a_proxy_that_refuses_means_not_sent(serve: Serve) -> None:
    proxy = await serve(answering(407, ""))
    async with AiohttpRequest(connections=1, proxy=proxy) as request:
        with pytest.raises(NotConnectedError) as caught:
            await request.post(f"https://api.example/bot{TOKEN}/getMe")

    assert_hides_token(caught.value)
