"""The routes that hubs call, and who else calls them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.domain.errors import DatabaseError
from bot.domain.hub import HubState
from bot.services.hub_callbacks import HubCallbacks
from bot.services.hub_keeping import HubKeeper
from bot.services.hub_ports import HubRecord
from bot.services.ports import SourceKey
from bot.storage.database import Database
from bot.web.server import WebServer
from bot.web.websub import websub_routes
from tests.aids.clock import FakeClock
from tests.aids.hub import Asked, Hub
from tests.aids.hubs import FakeHubs, name_hub
from tests.aids.servers import free_port
from tests.conftest import NOW

HOST = "127.0.0.1"
FEED: SourceKey = ("https://e.example/feed/", "feed")
BODY = b"<rss>news</rss>"


@dataclass
class Bot:
    """A bot that has asked a hub, and what it was asked for."""

    store: Database
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    seconds: float = 0.0
    news: list[SourceKey] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.hubs = FakeHubs()
        self.callbacks = HubCallbacks(self.store, self.clock, [FEED], self.news.append)
        self.keeper = HubKeeper(
            self.store,
            self.hubs,
            self.clock,
            sources=[FEED],
            public_url=f"http://{HOST}:{self.port}",
        )

    @property
    def asked(self) -> Asked:
        """The request as a hub sees it."""
        request = self.hubs.asked[-1]
        fields = {
            "hub.topic": request.topic,
            "hub.callback": request.callback,
            "hub.secret": request.secret,
        }
        return Asked(path="/", fields=fields)

    async def record(self) -> HubRecord:
        async with self.store.reading() as records:
            (record,) = await records.hubs.every()
        return record


@pytest.fixture
async def bot(store: Database) -> AsyncIterator[Bot]:
    bot = Bot(store)
    await name_hub(store, FEED[0])
    await bot.keeper.turn()
    routes = websub_routes("/websub/", bot.callbacks, clock=lambda: bot.seconds)
    server = WebServer(HOST, bot.port, routes)
    await server.start()
    with capture_logs() as logs:
        yield bot
    await server.stop()
    hidden = (bot.hubs.token, bot.asked.secret)
    assert [one for one in logs if any(secret in repr(one) for secret in hidden)] == []


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    async with Hub() as hub:
        yield hub


async def test_what_was_asked_for_is_confirmed_as_bytes_that_are_no_page(
    bot: Bot, hub: Hub
) -> None:
    query = {
        "hub.mode": "subscribe",
        "hub.topic": bot.asked.topic,
        "hub.challenge": "<script>alert(1)</script>",
        "hub.lease_seconds": "3600",
    }
    async with hub.http.get(bot.asked.callback, params=query) as response:
        body = await response.read()

    assert (response.status, body) == (200, b"<script>alert(1)</script>")
    assert response.content_type == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (await bot.record()).state is HubState.LIVE


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": "https://e.example/other/"},
        {"topic": ""},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"mode": ""},
        {"challenge": ""},
        {"challenge": "x" * 3000},
        {"mode": "denied", "topic": "https://e.example/other/"},
    ],
    ids=str,
)
async def test_what_was_not_asked_for_is_refused_and_changes_nothing(
    bot: Bot, hub: Hub, changes: dict[str, str]
) -> None:
    before = await bot.record()

    status, body = await hub.verify(bot.asked, **changes)

    assert (status, body) == (404, b"")
    assert await bot.record() == before


async def test_a_subscription_that_lives_may_be_verified_again_but_not_ended(
    bot: Bot, hub: Hub
) -> None:
    first, _ = await hub.verify(bot.asked)
    again, _ = await hub.verify(bot.asked)
    ended, _ = await hub.verify(bot.asked, mode="unsubscribe")

    assert (first, again, ended) == (200, 200, 404)
    assert (await bot.record()).state is HubState.LIVE


async def test_what_was_denied_is_not_confirmed_until_it_is_asked_for_again(
    bot: Bot, hub: Hub
) -> None:
    assert await hub.deny(bot.asked, "not for you") == 200
    record = await bot.record()
    unasked, _ = await hub.verify(bot.asked)
    bot.clock.pass_time(days=1)
    await bot.keeper.turn()
    asked, _ = await hub.verify(bot.asked)

    assert (record.state, record.fault) == (HubState.DENIED, "not for you")
    assert (unasked, asked) == (404, 200)


@pytest.mark.parametrize("path", ["", "x", "../health/live", "%00", "a" * 5000])
async def test_at_an_address_that_no_hub_was_given_there_is_nothing(
    bot: Bot, hub: Hub, path: str
) -> None:
    url = f"http://{HOST}:{bot.port}/websub/{path}"
    query = {"hub.mode": "subscribe", "hub.topic": FEED[0], "hub.challenge": "x"}
    async with hub.http.get(url, params=query) as verified, hub.http.post(url, data=b"x") as told:
        statuses = {verified.status, told.status}

    assert statuses <= {404, 405, 410}
    assert bot.news == []


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_news_with_the_right_signature_is_taken(bot: Bot, hub: Hub, method: str) -> None:
    hub.method = method

    status = await hub.bring(bot.asked.callback, BODY, hub.sign(bot.asked.secret, BODY))

    assert (status, bot.news) == (202, [FEED])
    assert (await bot.record()).notified_at == NOW


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (None, "no signature"),
        ("sha256=" + "0" * 64, "wrong signature"),
        ("sha256=ä", "unknown signature"),
        ("md5=" + "0" * 32, "unknown signature"),
    ],
)
async def test_other_news_is_answered_like_it_and_passed_over(
    bot: Bot, hub: Hub, signature: str | None, reason: str
) -> None:
    """Whoever tries signatures learns nothing; the log tells once a minute."""
    with capture_logs() as logs:
        statuses = [await hub.bring(bot.asked.callback, BODY, signature) for _ in range(3)]
        bot.seconds += 60
        statuses.append(await hub.bring(bot.asked.callback, BODY, signature))

    assert (set(statuses), bot.news) == ({202}, [])
    told = [(one["reason"], one["source"], one["passed_over"]) for one in logs]
    assert told == [(reason, FEED[0], 0), (reason, FEED[0], 2)]


async def test_a_body_other_than_the_signed_one_is_passed_over(bot: Bot, hub: Hub) -> None:
    signature = hub.sign(bot.asked.secret, BODY)

    assert await hub.bring(bot.asked.callback, BODY + b" ", signature) == 202
    assert bot.news == []


@pytest.mark.parametrize("size", [0, 5 << 20])
async def test_large_and_empty_bodies_are_taken(bot: Bot, hub: Hub, size: int) -> None:
    body = b"x" * size

    assert await hub.bring(bot.asked.callback, body, hub.sign(bot.asked.secret, body)) == 202
    assert bot.news == [FEED]


async def test_a_body_without_end_is_refused(bot: Bot, hub: Hub) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"x" * 65_536

    headers = {"X-Hub-Signature": "sha256=00"}
    try:
        async with hub.http.post(bot.asked.callback, data=endless(), headers=headers) as response:
            assert response.status == 413
    except aiohttp.ClientError:
        pass  # it is hung up on, which ends it as well
    assert bot.news == []


async def test_news_of_what_is_switched_off_is_answered_and_not_read(bot: Bot, hub: Hub) -> None:
    """The subscription may live on: the source may be switched on again."""
    async with bot.store.writing() as records:
        await records.sources.switch_off((await bot.record()).source_id, NOW)

    status = await hub.bring(bot.asked.callback, BODY, hub.sign(bot.asked.secret, BODY))
    verified, _ = await hub.verify(bot.asked)

    assert (status, verified, bot.news) == (202, 404, [])


async def test_while_the_database_is_out_of_reach_a_hub_comes_again(
    bot: Bot, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def out_of_reach(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(bot.callbacks, "find", out_of_reach)

    assert await hub.bring(bot.asked.callback, BODY, "sha256=00") == 503
    assert (await hub.verify(bot.asked))[0] == 503


async def test_a_fault_of_ours_is_logged_without_the_token(
    bot: Bot, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(bot.callbacks, "find", broken)
    with capture_logs() as logs:
        assert await hub.bring(bot.asked.callback, BODY, "sha256=00") == 500

    (event,) = logs
    assert (event["event"], event["path"]) == ("web_request_failed", "/websub/{token}")
