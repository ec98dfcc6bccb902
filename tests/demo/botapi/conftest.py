from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.spec import Spec

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def server() -> AsyncIterator[StandIn]:
    """A stand-in without limits."""
    async with StandIn() as started:
        yield started


@pytest.fixture
def ada(server: StandIn) -> Reader:
    """Ada, who has written to the bot before."""
    return server.reader("Ada", language_code="en", begun=True)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def spec() -> Spec:
    return Spec.bundled()


@pytest.fixture
def ask(server: StandIn, http: aiohttp.ClientSession, spec: Spec) -> Ask:
    """Call a method with JSON: its result, checked against the specification, or its refusal."""

    async def call(method: str, **parameters: Any) -> Any:
        url = f"{server.url}/bot{server.token}/{method}"
        async with http.post(url, json=parameters) as response:
            body = await response.json()

        if not body["ok"]:
            assert response.status == body["error_code"]
            return body
        assert spec.result_faults(method, body["result"]) == []
        return body["result"]

    return call
