"""Asking hubs, over HTTP."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.domain.errors import HubError
from bot.services.hub_ports import HubRequest
from bot.sources.hub_client import HubClient
from tests.aids.hub import Hub
from tests.aids.servers import free_port

REQUEST = HubRequest(
    hub="",
    topic="https://e.example/feed/?a=1&b=ü",
    callback="https://bot.example/websub/A-token_7",
    secret="A-secret_8",
    lease=timedelta(days=10),
    source="http://127.0.0.1/feed/",
)


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    async with Hub(verifies=False) as hub:
        yield hub


@pytest.fixture
def client(session: aiohttp.ClientSession) -> HubClient:
    return HubClient(session, "Dekbot/test")


async def fault(client: HubClient, hub: str) -> HubError:
    with pytest.raises(HubError) as caught:
        await client.subscribe(replace(REQUEST, hub=hub))
    assert not any(text in str(caught.value) for text in ("A-token_7", "A-secret_8"))
    return caught.value


async def test_a_hub_is_asked_in_the_recommendations_words(client: HubClient, hub: Hub) -> None:
    await client.subscribe(replace(REQUEST, hub=hub.url))

    (asked,) = hub.asked
    assert asked.fields == {
        "hub.mode": "subscribe",
        "hub.topic": "https://e.example/feed/?a=1&b=ü",
        "hub.callback": "https://bot.example/websub/A-token_7",
        "hub.lease_seconds": "864000",
        "hub.secret": "A-secret_8",
    }


@pytest.mark.parametrize("status", [307, 308])
async def test_a_hub_may_name_another(client: HubClient, hub: Hub, status: int) -> None:
    hub.answers.append(web.Response(status=status, headers={"Location": "/other"}))

    await client.subscribe(replace(REQUEST, hub=hub.url))

    first, second = hub.asked
    assert (second.path, second.fields) == ("/other", first.fields)


async def test_hubs_that_send_us_in_circles_are_a_fault(client: HubClient, hub: Hub) -> None:
    for _ in range(2):
        hub.answers.append(web.Response(status=307, headers={"Location": "/other"}))

    assert "in circles" in str(await fault(client, hub.url))


@pytest.mark.parametrize(
    ("status", "wait", "words"),
    [(400, None, "HTTP 400"), (404, None, "HTTP 404"), (503, 120.0, "asks to wait 120 s")],
)
async def test_a_refusal_is_told_in_the_hubs_words_without_what_is_secret(
    client: HubClient, hub: Hub, status: int, wait: float | None, words: str
) -> None:
    text = f"{REQUEST.callback}\nis  no good: {REQUEST.secret}" + "x" * 5000
    headers = {"Retry-After": "120"} if wait else {}
    hub.answers.append(web.Response(status=status, text=text, headers=headers))

    error = await fault(client, hub.url)

    assert words in str(error)
    assert "is no good: …" in str(error)
    assert len(str(error)) <= 400
    assert error.retry_after == wait


async def test_a_hub_that_is_down_is_a_fault(client: HubClient) -> None:
    assert "cannot be reached" in str(await fault(client, f"http://127.0.0.1:{free_port()}/"))


async def test_a_feed_on_the_public_net_leads_to_no_hub_in_a_private_one(
    session: aiohttp.ClientSession, hub: Hub
) -> None:
    """Whoever writes a feed does not decide what this machine asks its neighbours."""

    async def resolver(host: str) -> Sequence[str]:
        return ["127.0.0.1" if host == "127.0.0.1" else "93.184.216.34"]

    client = HubClient(session, "Dekbot/test", resolver=resolver)
    request = replace(REQUEST, hub=hub.url, source="https://www.public.example/feed/")

    with pytest.raises(HubError, match="names a hub of a private network"):
        await client.subscribe(request)
    assert hub.asked == []
