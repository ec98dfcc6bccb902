"""The web side on a port of this machine."""

import socket
from collections.abc import Iterator

import pytest

from bot.domain.errors import ConfigurationError
from bot.web.server import WebServer

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


async def test_a_port_that_is_taken_is_told_with_the_setting(taken: socket.socket) -> None:
    taken.listen()
    server = WebServer(HOST, port_of(taken), ())

    with pytest.raises(ConfigurationError, match=r"DEKBOT_WEB_PORT: .*choose another"):
        await server.start()


async def test_port_0_serves_nothing() -> None:
    server = WebServer(HOST, 0, ())

    await server.start()

    assert server._runner is None
