"""How the stand-in brings updates to a webhook."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.demo.botapi import Reader, StandIn
from tests.aids.servers import free_port, start_server
from tests.aids.waiting import until

Ask = Callable[..., Awaitable[Any]]
SECRET = "A-secret_7"


@dataclass
class Hook:
    """A bot's end of a webhook: notes what comes, and answers as it is told."""

    url: str = ""
    calls: list[web.Request] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    #: What is answered first, one for each call; then 200.
    answers: list[web.Response] = field(default_factory=list)
    #: Calls of a chat wait until this is set.
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    under_way: int = 0
    most_at_once: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        self.calls.append(request)
        self.updates.append(update)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            if held := self.held.get(update["message"]["chat"]["id"]):
                await held.wait()
        finally:
            self.under_way -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def server() -> AsyncIterator[StandIn]:
    """A stand-in that brings updates to this machine, and is quick to bring them again."""
    async with StandIn(local_webhooks=True, webhook_pause=0.01) as started:
        yield started


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    runner, hook.url = await start_server(hook.handle)
    yield hook
    for held in hook.held.values():
        held.set()
    await runner.cleanup()


async def test_an_update_comes_as_json_with_the_secret_and_is_confirmed(
    ask: Ask, ada: Reader, server: StandIn, hook: Hook
) -> None:
    await ask("setWebhook", url=f"{hook.url}/updates", secret_token=SECRET)
    await ada.say("hello")
    await until(lambda: hook.texts == ["hello"])
    (call,) = hook.calls
    await until_empty(server)

    assert (call.method, call.path, call.content_type) == ("POST", "/updates", "application/json")
    assert call.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert hook.updates[0].keys() == {"update_id", "message"}


async def test_without_a_secret_no_header_comes(ask: Ask, ada: Reader, hook: Hook) -> None:
    await ask("setWebhook", url=hook.url)
    await ada.say("hello")
    await until(lambda: bool(hook.calls))

    assert "X-Telegram-Bot-Api-Secret-Token" not in hook.calls[0].headers


async def test_what_waited_comes_when_the_webhook_is_set(ask: Ask, ada: Reader, hook: Hook) -> None:
    await ada.say("before")
    await ask("setWebhook", url=hook.url)

    await until(lambda: hook.texts == ["before"])


async def test_a_chats_updates_come_in_order_and_one_by_one_and_no_other_waits_for_them(
    ask: Ask, ada: Reader, server: StandIn, hook: Hook
) -> None:
    ben = server.reader("Ben")
    hook.held[ada.chat_id] = asyncio.Event()
    await ask("setWebhook", url=hook.url)
    for text in ("one", "two"):
        await ada.say(text)
    await ben.say("mine")
    await until(lambda: sorted(hook.texts) == ["mine", "one"])
    hook.held[ada.chat_id].set()

    await until(lambda: len(hook.texts) == 3)
    assert hook.texts[-1] == "two"


async def test_no_more_come_at_once_than_there_are_connections(
    ask: Ask, server: StandIn, hook: Hook
) -> None:
    readers = [server.reader(f"Reader {number}") for number in range(5)]
    gate = asyncio.Event()
    hook.held |= {reader.chat_id: gate for reader in readers}
    await ask("setWebhook", url=hook.url, max_connections=2)
    for reader in readers:
        await reader.say("hello")
    await until(lambda: hook.under_way == 2)
    gate.set()
    await until(lambda: len(hook.updates) == 5)

    assert hook.most_at_once == 2


@pytest.mark.parametrize("status", [302, 403, 500, 503])
async def test_what_is_not_confirmed_comes_again_and_the_info_tells_why(
    ask: Ask, ada: Reader, server: StandIn, hook: Hook, status: int
) -> None:
    hook.answers = [web.Response(status=status, reason="No") for _ in range(3)]
    await ask("setWebhook", url=hook.url)
    await ada.say("one")
    await ada.say("two")
    await until(lambda: hook.texts == ["one"] * 4 + ["two"])
    await until_empty(server)
    info = await ask("getWebhookInfo")

    assert info["last_error_message"] == f"Wrong response from the webhook: {status} No"
    assert info["last_error_date"] > 0


async def test_the_pauses_grow_from_none_to_a_minute(server: StandIn) -> None:
    courier = server._courier
    courier._pause = 2.0

    pauses = [courier._pause_after(failures) for failures in range(1, 9)]

    assert pauses == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_retry_after_is_kept_to(ask: Ask, ada: Reader, server: StandIn, hook: Hook) -> None:
    server._courier._pause = 600
    refusal = {"Retry-After": "1"}
    hook.answers = [web.Response(status=503, headers=refusal) for _ in range(2)]
    await ask("setWebhook", url=hook.url)
    await ada.say("hello")

    await until(lambda: hook.texts == ["hello"] * 3)


async def test_where_nobody_listens_the_info_says_so(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    await ask("setWebhook", url=f"http://127.0.0.1:{free_port()}/")
    await ada.say("hello")
    await until(lambda: bool(server._courier.info()))
    info = await ask("getWebhookInfo")

    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1


async def test_the_same_webhook_set_again_disturbs_nothing(
    ask: Ask, ada: Reader, server: StandIn, hook: Hook
) -> None:
    hook.held[ada.chat_id] = asyncio.Event()
    await ask("setWebhook", url=hook.url, secret_token=SECRET)
    await ada.say("hello")
    await until(lambda: hook.under_way == 1)
    await ask("setWebhook", url=hook.url, secret_token=SECRET)
    hook.held[ada.chat_id].set()
    await until_empty(server)

    assert hook.texts == ["hello"]


async def test_another_secret_brings_what_waits_at_once(
    ask: Ask, ada: Reader, server: StandIn, hook: Hook
) -> None:
    server._courier._pause = 600
    hook.answers = [web.Response(status=403) for _ in range(2)]
    await ask("setWebhook", url=hook.url, secret_token="old")
    await ada.say("hello")
    await until(lambda: len(hook.calls) == 2)
    await ask("setWebhook", url=hook.url, secret_token="new")
    await until(lambda: len(hook.calls) == 3)
    await until_empty(server)

    assert "last_error_date" not in await ask("getWebhookInfo")


async def test_a_webhook_that_is_deleted_leaves_the_rest_to_polls(
    ask: Ask, ada: Reader, hook: Hook
) -> None:
    hook.held[ada.chat_id] = asyncio.Event()
    await ask("setWebhook", url=hook.url)
    await ada.say("one")
    await ada.say("two")
    await until(lambda: hook.under_way == 1)
    await ask("deleteWebhook")
    updates = await ask("getUpdates")

    assert [update["message"]["text"] for update in updates] == ["one", "two"]
    assert (await ask("getWebhookInfo"))["url"] == ""


async def test_a_poll_that_waits_is_refused_when_a_webhook_is_set(
    ask: Ask, server: StandIn, hook: Hook
) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(called(ask, "getUpdates", timeout=30))
        await server.world.updates.polled.wait()
        await ask("setWebhook", url=hook.url)

    assert poll.result()["description"] == "Conflict: terminated by setWebhook request"


REFUSED = [
    ("http://a.example/", "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "https://a.example:8080/",
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    ("https://127.0.0.1/", "bad webhook: IP address 127.0.0.1 is reserved"),
    ("ftp://a.example/", "invalid webhook URL specified"),
    ("https://", "invalid webhook URL specified"),
    ("https://a.example:port/", "invalid webhook URL specified"),
]


@pytest.mark.parametrize(("url", "words"), REFUSED)
async def test_an_address_that_telegram_does_not_take_is_refused_and_ends_the_former_webhook(
    http: aiohttp.ClientSession, url: str, words: str
) -> None:
    async with StandIn() as server:
        address = f"{server.url}/bot{server.token}"
        async with http.post(f"{address}/setWebhook", json={"url": "https://a.example/"}) as first:
            assert first.status == 200
        async with http.post(f"{address}/setWebhook", json={"url": url}) as response:
            refusal = await response.json()

        assert (response.status, refusal["description"]) == (400, f"Bad Request: {words}")
        assert server.world.updates.webhook is None


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("a" * 257, "secret token is too long"),
        ("a+b", "secret token contains unallowed characters"),
        ("ä", "secret token contains unallowed characters"),
    ],
)
async def test_a_secret_that_telegram_does_not_take_is_refused(
    ask: Ask, hook: Hook, secret: str, words: str
) -> None:
    refusal = await ask("setWebhook", url=hook.url, secret_token=secret)

    assert refusal["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(("asked", "told"), [(None, 40), (7, 7), (0, 1), (1000, 100)])
async def test_the_number_of_connections_is_kept_within_bounds(
    ask: Ask, hook: Hook, asked: int | None, told: int
) -> None:
    await ask("setWebhook", url=hook.url, **({} if asked is None else {"max_connections": asked}))

    assert (await ask("getWebhookInfo"))["max_connections"] == told


async def test_an_address_beyond_this_machine_is_kept_and_not_called(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    await ask("setWebhook", url="https://a.example/")
    await ada.say("hello")

    assert server._courier._lines == {}
    assert (await ask("getWebhookInfo"))["pending_update_count"] == 1


async def called(ask: Ask, method: str, **parameters: Any) -> Any:
    return await ask(method, **parameters)


async def until_empty(server: StandIn) -> None:
    """Return when the bot has confirmed everything."""
    await until(lambda: not len(server.world.updates))
