"""Updates that Telegram brings."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs
from telegram import Update

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from bot.domain.errors import BotRefusedError
from bot.domain.reachability import WebhookReport
from bot.telegram import webhook as module
from bot.telegram.identity import identified
from bot.telegram.poller import ALLOWED_UPDATES
from bot.telegram.webhook import Webhook
from tests.aids.servers import free_port
from tests.aids.waiting import until
from tests.telegram.conftest import MakeBot, Serve, answering
from tests.telegram.echo import TOKEN, events

SECRET = "A-secret_7"
CHAT = {"id": 7, "type": "private"}


def update(number: Any, text: str = "hello") -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "chat": CHAT, "text": text}
    return {"update_id": number, "message": message}


class Receiving:
    """A webhook at work; its pauses take no time."""

    def __init__(self) -> None:
        self.port = free_port()
        self.updates: list[Update] = []
        self.pauses: list[float] = []
        self.webhook: Webhook
        self.task: asyncio.Task[None]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/telegram"

    async def make(self, api_url: str, make_bot: MakeBot) -> None:
        self.webhook = Webhook(
            await make_bot(api_url),
            self.updates.append,
            url=self.url,
            secret=SECRET,
            sleep=self._sleep,
        )

    async def begin(self, api_url: str, make_bot: MakeBot) -> None:
        await self.make(api_url, make_bot)
        self.task = asyncio.create_task(self.webhook.run())

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def _sleep(self, seconds: float) -> None:
        if seconds != module._BETWEEN_REPORTS:
            self.pauses.append(seconds)
        await asyncio.sleep(0.005)

    def texts(self) -> list[str | None]:
        return [one.message.text for one in self.updates if one.message]

    async def handle(self, request: web.Request) -> web.Response:
        return web.Response(status=200 if self.webhook.take(await request.json()) else 503)


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn(TOKEN, local_webhooks=True, webhook_pause=0.01) as server:
        yield server


@pytest.fixture
async def receiving() -> AsyncIterator[Receiving]:
    receiving = Receiving()
    yield receiving
    if hasattr(receiving, "task"):
        await receiving.end()


async def until_set(stand_in: StandIn) -> None:
    await until(lambda: stand_in.world.updates.webhook is not None)


async def listen(receiving: Receiving) -> web.AppRunner:
    """Serve where the webhook's address leads."""
    app = web.Application()
    app.router.add_post("/telegram", receiving.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", receiving.port).start()
    return runner


async def test_it_is_set_with_its_secret_and_what_has_piled_up_comes(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    await stand_in.reader("Ada").say("before")
    runner = await listen(receiving)
    await receiving.begin(stand_in.url, make_bot)
    await until(lambda: receiving.texts() == ["before"])
    await runner.cleanup()
    call = next(one.parameters for one in stand_in.calls if one.method == "setWebhook")

    assert call == {
        "url": receiving.url,
        "secret_token": SECRET,
        "allowed_updates": list(ALLOWED_UPDATES),
        "max_connections": 20,
        "drop_pending_updates": False,
    }
    assert stand_in.violations == []


async def test_nothing_is_taken_before_the_start_and_after_the_stop_and_the_webhook_stays(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    await receiving.make(stand_in.url, make_bot)
    before = receiving.webhook.take(update(1))
    receiving.task = asyncio.create_task(receiving.webhook.run())
    await until_set(stand_in)
    meanwhile = receiving.webhook.take(update(1))
    await receiving.end()
    after = receiving.webhook.take(update(2))
    await receiving.webhook.confirm()

    assert (before, meanwhile, after) == (False, True, False)
    assert [one.update_id for one in receiving.updates] == [1]
    assert stand_in.world.updates.webhook is not None


async def test_what_comes_when_the_bot_is_about_to_stop_is_left_to_telegram(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)
    receiving.webhook.close()

    assert not receiving.webhook.take(update(1))
    assert not receiving.task.done()


async def test_what_is_brought_again_is_taken_again_and_handled_once(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)

    assert [receiving.webhook.take(update(number)) for number in (8, 9, 8, 8, 7)] == [True] * 5
    assert [one.update_id for one in receiving.updates] == [8, 9, 7]


async def test_only_so_many_updates_are_remembered(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 3)
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)
    for number in (1, 2, 3, 4, 4, 2):
        receiving.webhook.take(update(number))

    assert [one.update_id for one in receiving.updates] == [1, 2, 3, 4]
    assert len(receiving.webhook._taken) == 3


@pytest.mark.parametrize("number", [None, "1", 1.5, True, [1]])
async def test_what_has_no_number_is_no_update(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving, number: Any
) -> None:
    await receiving.make(stand_in.url, make_bot)

    with pytest.raises(ValueError, match="number"):
        receiving.webhook.take(update(number))


async def test_an_update_that_cannot_be_read_is_told_and_holds_up_nobody(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)
    with capture_logs() as logs:
        taken = receiving.webhook.take({"update_id": 5, "message": {"chat": "no chat"}})

    assert (taken, receiving.updates) == (True, [])
    assert [(one["event"], one["update"]) for one in logs] == [("update_unreadable", 5)]


async def test_an_outage_at_the_start_is_logged_at_its_two_ends_and_the_pauses_grow(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    stand_in.faults.on("setWebhook", times=3).status(502)
    stand_in.faults.on("setWebhook", times=3).reset_before_reading()
    with capture_logs() as logs:
        await receiving.begin(stand_in.url, make_bot)
        await until(lambda: "webhook_set" in events(logs))

    assert receiving.pauses == [1, 2, 4, 8, 16, 30]
    assert events(logs) == ["telegram_unreachable", "telegram_reachable", "webhook_set"]
    assert logs[0]["concerns"] == "webhook"
    assert SECRET not in str(logs)


async def test_a_429_is_waited_for(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    stand_in.faults.on("setWebhook").too_many(9)
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)

    assert receiving.pauses == [9]


async def test_a_host_that_is_not_resolved_is_tried_again(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    words = "bad webhook: Failed to resolve host: Name or service not known"
    stand_in.faults.on("setWebhook", times=2).refuse(Refusal.bad_request(words))
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)

    assert receiving.pauses == [1, 2]


async def test_an_address_that_telegram_does_not_take_ends_it_with_the_setting(
    make_bot: MakeBot, receiving: Receiving
) -> None:
    async with StandIn(TOKEN) as as_telegram:
        await receiving.begin(as_telegram.url, make_bot)
        with pytest.raises(BotRefusedError) as caught:
            await receiving.task

    assert str(caught.value) == (
        f"DEKBOT_WEBHOOK_URL: Telegram does not take {receiving.url} and says: Bad webhook: an "
        "https url must be provided for webhook; expected a public https address that leads to "
        "this bot"
    )


@pytest.mark.parametrize("method", ["setWebhook", "getWebhookInfo"])
async def test_a_refused_token_ends_it_without_telling_it(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving, method: str
) -> None:
    stand_in.faults.on(method).refuse(Refusal(401))
    await receiving.begin(stand_in.url, make_bot)

    with pytest.raises(BotRefusedError, match="@BotFather") as caught:
        await receiving.task
    assert TOKEN not in str(caught.value)
    assert not receiving.webhook.take(update(1))


@pytest.mark.parametrize("url", ["", "https://other.example/"])
async def test_another_program_that_changes_the_webhook_ends_it_and_it_says_what_to_do(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving, url: str
) -> None:
    await receiving.begin(stand_in.url, make_bot)
    await until_set(stand_in)
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{stand_in.url}/bot{TOKEN}/setWebhook", json={"url": url}) as response,
    ):
        assert response.status == 200

    with pytest.raises(BotRefusedError, match="start Dekbot again, which sets its own"):
        await receiving.task


async def test_the_log_tells_when_telegram_cannot_reach_us_and_when_it_can_again(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    with capture_logs() as logs:
        await receiving.begin(stand_in.url, make_bot)
        await until(lambda: any(one.method == "getWebhookInfo" for one in stand_in.calls))
        await stand_in.reader("Ada").say("hello")
        await until(lambda: "webhook_failing" in events(logs))
        runner = await listen(receiving)
        await until(lambda: "webhook_working" in events(logs))
        await runner.cleanup()

    assert events(logs) == ["webhook_set", "webhook_failing", "webhook_working"]
    assert (logs[1]["fault"], logs[1]["waiting"]) == ("Connection refused", 1)
    assert receiving.texts() == ["hello"]


async def test_a_report_that_fails_is_an_outage_and_ends_nothing(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    stand_in.faults.on("getWebhookInfo", times=2).status(502)
    with capture_logs() as logs:
        await receiving.begin(stand_in.url, make_bot)
        await until(lambda: "telegram_reachable" in events(logs))

    assert receiving.pauses == [1, 2]
    assert receiving.webhook.take(update(1))


async def test_a_report_that_makes_no_sense_is_told_and_ends_nothing(
    serve: Serve, make_bot: MakeBot, receiving: Receiving
) -> None:
    url = await serve(answering(200, '{"ok": true, "result": {"strange": true}}'))
    with capture_logs() as logs:
        await receiving.begin(url, make_bot)
        await until(lambda: events(logs).count("webhook_unchecked") == 2)

    assert receiving.pauses[:2] == [1, 2]
    assert receiving.webhook.take(update(1))


async def test_what_telegram_tells_of_the_webhook_can_be_asked_without_a_bot_that_runs(
    stand_in: StandIn, make_bot: MakeBot, receiving: Receiving
) -> None:
    none = await report_of_telegram(stand_in.url)
    await stand_in.reader("Ada").say("hello")
    await receiving.begin(stand_in.url, make_bot)
    await until(lambda: bool(stand_in._courier.info()))
    report = await report_of_telegram(stand_in.url)

    assert (none.url, none.failed_at, none.failure) == ("", None, "")
    assert (report.url, report.waiting) == (receiving.url, 1)
    assert report.failure == "Connection refused"
    assert report.failed_at is not None
    assert report.failed_at.tzinfo is not None


async def report_of_telegram(url: str) -> WebhookReport:
    async with identified(TOKEN, url) as identity:
        facts = await identity.facts()
    return facts.webhook
