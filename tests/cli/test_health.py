"""`dekbot health`, asking a web side on a port of this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.aids.application import Dekbot, Ended
from tests.aids.servers import start_server

HOST = "127.0.0.1"
TOKEN = "123456789:AAExampleExampleExampleExample_-1234"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return a port that is free, and set for Dekbot."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        number: int = one.getsockname()[1]
    monkeypatch.setenv("DEKBOT_WEB_PORT", str(number))
    return number


@asynccontextmanager
async def answering(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, tuple[int, str]]
) -> AsyncIterator[None]:
    """Answer by path, with status and text, at the port that is set for Dekbot."""

    async def answer(request: web.Request) -> web.Response:
        status, text = answers[request.path]
        return web.Response(status=status, text=text)

    runner, address = await start_server(answer)
    monkeypatch.setenv("DEKBOT_WEB_PORT", address.rpartition(":")[2])
    try:
        yield
    finally:
        await runner.cleanup()


async def test_a_bot_that_is_ready_is_status_0(
    dekbot: Dekbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with answering(monkeypatch, {"/health/ready": (200, "{}")}):
        ended = await asyncio.to_thread(dekbot, "health")

    assert ended == Ended(0, "The bot is ready.\n", "")


async def test_a_bot_that_is_not_ready_is_status_1_and_its_answer_is_shown_in_one_line(
    dekbot: Dekbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f'{{"telegram":\n"{TOKEN}"}}'
    async with answering(monkeypatch, {"/health/ready": (503, told)}):
        ended = await asyncio.to_thread(dekbot, "health")

    assert ended == Ended(1, "", 'The bot is not ready: 503 {"telegram": "…"}\n')


async def test_a_bot_that_is_not_ready_may_be_alive(
    dekbot: Dekbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"/health/live": (200, ""), "/health/ready": (503, "")}
    async with answering(monkeypatch, answers):
        ended = await asyncio.to_thread(dekbot, "health", "--live")

    assert ended == Ended(0, "The bot is alive.\n", "")


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "127.0.0.1"])  # noqa: S104 - asked, not served
def test_where_no_bot_answers_the_status_is_1(
    dekbot: Dekbot, port: int, monkeypatch: pytest.MonkeyPatch, everywhere: str
) -> None:
    monkeypatch.setenv("DEKBOT_WEB_HOST", everywhere)

    ended = dekbot("health")

    assert ended == Ended(1, "", f"No bot answers at {HOST}, port {port} (Connection refused).\n")


async def test_what_is_no_web_server_is_no_bot(dekbot: Dekbot, port: int) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ESMTP\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(hang_up, HOST, port):
        ended = await asyncio.to_thread(dekbot, "health")

    assert ended.status == 1
    assert ended.err.startswith(f"No bot answers at {HOST}, port {port} (")


def test_without_a_web_side_there_is_nobody_to_ask(
    dekbot: Dekbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEKBOT_WEB_PORT", "0")

    ended = dekbot("health")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("DEKBOT_WEB_PORT: is 0")
    assert "expected a port" in ended.err
