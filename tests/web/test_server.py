"""The web side on a port of this machine."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from bot.domain.errors import ConfigurationError
from bot.web.server import WebServer
from tests.aids.servers import free_port

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    """A port that somebody has."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        yield one


def port_of(one: socket.socket) -> int:
    port: int = one.getsockname()[1]
    return port


@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(b"GET / HTTP/9\r\n\r\n", id="no version"),
        pytest.param(b"GET / HTTP/1.1\r\nno header\r\n\r\n", id="no header"),
        pytest.param(b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n", id="endless"),
    ],
)
async def test_what_is_no_http_is_no_traceback(
    caplog: pytest.LogCaptureFixture, nonsense: bytes
) -> None:
    port = free_port()
    server = WebServer(HOST, port, ())
    await server.start()
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(nonsense)
        answer = await asyncio.wait_for(reader.readline(), 10)
        writer.close()
    finally:
        await server.stop()

    assert answer.split()[1] == b"400"
    assert caplog.records == []


async def test_a_port_that_is_taken_is_told_with_the_setting(taken: socket.socket) -> None:
    taken.listen()
    server = WebServer(HOST, port_of(taken), ())

    with pytest.raises(ConfigurationError, match=r"DEKBOT_WEB_PORT: .*choose another"):
        await server.start()


async def test_port_0_serves_nothing() -> None:
    server = WebServer(HOST, 0, ())

    await server.start()

    assert server._runner is None
