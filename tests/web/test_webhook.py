"""The route that Telegram calls, and who else calls it."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.web.server import WebServer
from bot.web.webhook import webhook_route
from tests.aids.servers import free_port

HOST = "127.0.0.1"
SECRET = "A-secret_7"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 1, "message": {"text": "hello"}}
JSON = {HEADER: SECRET, "Content-Type": "application/json"}


@dataclass
class Bot:
    """What is behind the route, and the address of it."""

    port: int = field(default_factory=free_port)
    taken: list[dict[str, Any]] = field(default_factory=list)
    takes: bool = True
    now: float = 0.0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/telegram/updates"

    def take(self, update: dict[str, Any]) -> bool:
        if "update_id" not in update:
            raise ValueError
        if self.takes:
            self.taken.append(update)
        return self.takes


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    route = webhook_route("/telegram/updates", SECRET, bot.take, clock=lambda: bot.now)
    server = WebServer(HOST, bot.port, [route])
    await server.start()
    yield bot
    await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_what_comes_with_the_secret_is_taken(bot: Bot, http: aiohttp.ClientSession) -> None:
    async with http.post(bot.url, json=UPDATE, headers={HEADER: SECRET}) as response:
        assert (response.status, await response.read()) == (200, b"")

    assert bot.taken == [UPDATE]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="none"),
        pytest.param({HEADER: ""}, id="empty"),
        pytest.param({HEADER: "guess"}, id="wrong"),
        pytest.param({HEADER: SECRET[:-1]}, id="cut short"),
        pytest.param({HEADER: SECRET.upper()}, id="in capitals"),
        pytest.param({HEADER: "sécret"}, id="not ASCII"),
        pytest.param({"Authorization": SECRET}, id="elsewhere"),
    ],
)
async def test_a_call_without_the_secret_is_refused_and_nothing_is_taken(
    bot: Bot, http: aiohttp.ClientSession, given: dict[str, str]
) -> None:
    with capture_logs() as logs:
        async with http.post(bot.url, json=UPDATE, headers=given) as response:
            assert response.status == 403

    assert bot.taken == []
    assert [one["event"] for one in logs] == ["webhook_call_refused"]


async def test_a_call_without_the_secret_is_refused_before_its_body_is_there(bot: Bot) -> None:
    reader, writer = await asyncio.open_connection(HOST, bot.port)
    writer.write(
        b"POST /telegram/updates HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
    )
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()

    assert answer == b"HTTP/1.1 403 Forbidden\r\n"


async def test_who_tries_again_and_again_does_not_fill_the_log(
    bot: Bot, http: aiohttp.ClientSession
) -> None:
    with capture_logs() as logs:
        for minute in range(3):
            bot.now = minute * 61.0
            for _ in range(20):
                async with http.post(bot.url, json=UPDATE) as response:
                    assert response.status == 403

    assert [(one["reason"], one["passed_over"]) for one in logs] == [
        ("no secret", 0),
        ("no secret", 19),
        ("no secret", 19),
    ]
    assert SECRET not in str(logs)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{}", "text/plain", 415, id="not JSON by its name"),
        pytest.param(b"a=1", "application/x-www-form-urlencoded", 415, id="a form"),
        pytest.param(b"", "application/json", 400, id="nothing"),
        pytest.param(b'{"update_id": 1', "application/json", 400, id="cut short"),
        pytest.param(b"\xff\xfe", "application/json", 400, id="no text"),
        pytest.param(b"[1]", "application/json", 400, id="no object"),
        pytest.param(b"{}", "application/json", 400, id="no update"),
        pytest.param(b"[" * 100_000, "application/json", 400, id="endlessly deep"),
        pytest.param(b"x" * ((1 << 20) + 1), "application/json", 413, id="large"),
    ],
)
async def test_what_is_no_update_is_refused_without_a_traceback(
    bot: Bot,
    http: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    kind: str,
    status: int,
) -> None:
    headers = {HEADER: SECRET, "Content-Type": kind}
    with capture_logs() as logs:
        async with http.post(bot.url, data=io.BytesIO(body), headers=headers) as response:
            assert response.status == status

    assert bot.taken == []
    assert logs == []
    assert caplog.records == []


async def test_what_is_too_large_is_refused_though_its_length_is_not_told(
    bot: Bot, http: aiohttp.ClientSession
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 65_536

    async with http.post(bot.url, data=endless(), headers=JSON) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(b"Content-Length: 50\r\n\r\n{", id="broken off"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", id="no chunk"),
        pytest.param(b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", id="no gzip"),
    ],
)
async def test_a_body_that_breaks_off_or_makes_no_sense_is_no_fault_of_ours(
    bot: Bot, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, rest: bytes
) -> None:
    head = f"POST /telegram/updates HTTP/1.1\r\nHost: a\r\n{HEADER}: {SECRET}\r\n"
    reader, writer = await asyncio.open_connection(HOST, bot.port)
    writer.write(f"{head}Content-Type: application/json\r\n".encode() + rest)
    writer.write_eof()
    await asyncio.wait_for(reader.read(), 10)
    writer.close()
    async with http.post(bot.url, json=UPDATE, headers=JSON) as response:
        assert response.status == 200

    assert bot.taken == [UPDATE]
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


async def test_telegram_is_told_to_come_again_while_nothing_is_taken(
    bot: Bot, http: aiohttp.ClientSession
) -> None:
    bot.takes = False
    async with http.post(bot.url, json=UPDATE, headers=JSON) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize(("method", "path"), [("GET", "/telegram/updates"), ("POST", "/telegram")])
async def test_no_other_method_or_path_is_the_webhook(
    bot: Bot, http: aiohttp.ClientSession, method: str, path: str
) -> None:
    address = f"http://{HOST}:{bot.port}{path}"
    with capture_logs() as logs:
        async with http.request(method, address, json=UPDATE, headers=JSON) as response:
            assert response.status in {404, 405}

    assert (bot.taken, logs) == ([], list[EventDict]())


async def test_an_address_without_a_path_is_the_root() -> None:
    assert webhook_route("", SECRET, lambda _: True).path == "/"
