"""The whole program where Telegram brings updates instead of being asked for them."""

import asyncio
import signal
from collections.abc import AsyncIterator
from typing import Any, Final

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import run_bot
from bot.demo.botapi import Reader
from bot.demo.botapi.errors import Refusal
from bot.domain.delivery import State
from bot.domain.errors import BotRefusedError
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import started, variables_of
from tests.aids.servers import free_port
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
HOOK_SECRET: Final = "Only-Telegram-and-I-know_7"


def settings(**others: Any) -> dict[str, Any]:
    """Return settings for a webhook on a free port."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram/updates"
    usual = {"webhook_url": url, "webhook_secret": SecretStr(HOOK_SECRET), "web_port": port}
    return usual | others


@pytest.fixture
async def hooked(opened: OpenPlay) -> AsyncIterator[Play]:
    async with opened(**settings()) as play:
        yield play
    assert [event for event in play.logs if HOOK_SECRET in repr(event)] == []


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def methods(play: Play) -> list[str]:
    return [call.method for call in play.server.calls]


def commands(play: Play, reader: Reader) -> list[str]:
    """Return which of the reader's commands were handled, in order."""
    return [
        one["command"] for one in play.events("update_handled") if one["chat"] == reader.chat_id
    ]


def question(play: Play, reader: Reader, text: str, number: int) -> dict[str, Any]:
    """Return an update as Telegram would bring it."""
    room = play.server.world.registry.rooms[reader.chat_id]
    return {
        "update_id": number,
        "message": {
            "message_id": 90_000 + number,
            "date": play.server.world.now(),
            "chat": play.server.world.registry.chat(room),
            "from": reader.person.as_user(),
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        },
    }


async def test_who_starts_and_presses_a_section_gets_its_next_article(hooked: Play) -> None:
    reader = hooked.server.reader("Mina", language_code="en")
    await reader.ask("/start", timeout=PATIENCE)
    await reader.press("Sections")
    await reader.next_edit()
    answer = await reader.press("Economy")
    await reader.next_edit()
    reader.skip()
    hooked.publish("Cranes stand idle", "economy")
    alert = await hooked.alert(reader)
    (row,) = await hooked.settled(1)

    assert "You follow Economy" in answer.text
    assert "Cranes stand idle" in alert.text
    assert row.state is State.SENT
    assert "getUpdates" not in methods(hooked)
    assert hooked.events("webhook_call_refused") == []


@pytest.mark.parametrize("headers", [{}, {HEADER: "guess"}], ids=["no secret", "wrong secret"])
async def test_a_call_without_the_secret_is_refused_and_nothing_is_handled(
    hooked: Play, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    reader = await hooked.subscriber("Economy")
    address = str(hooked.settings.webhook_url)
    update = question(hooked, reader, "/stop", 1)
    for _ in range(3):
        async with http.post(address, json=update, headers=headers) as response:
            assert response.status == 403
    await reader.say("/latest")
    await hooked.logged("update_handled", chat=reader.chat_id, command="latest")

    assert commands(hooked, reader) == ["start", "follow", "latest"]
    (event,) = hooked.events("webhook_call_refused")
    assert event["reason"] == ("wrong secret" if headers else "no secret")


async def test_what_is_brought_twice_is_answered_once(
    hooked: Play, http: aiohttp.ClientSession
) -> None:
    reader = await hooked.subscriber("Economy")
    await hooked.logged("update_handled", chat=reader.chat_id, command="follow")
    update = question(hooked, reader, "/help", 5)
    for _ in range(3):
        async with http.post(
            str(hooked.settings.webhook_url), json=update, headers={HEADER: HOOK_SECRET}
        ) as response:
            assert response.status == 200
    await reader.say("/latest")
    await hooked.logged("update_handled", chat=reader.chat_id, command="latest")

    assert commands(hooked, reader) == ["start", "follow", "help", "latest"]


async def test_what_readers_write_while_the_bot_is_away_is_answered_once(hooked: Play) -> None:
    reader = await hooked.subscriber("Economy")
    ada = await hooked.subscriber(first_name="Ada")
    await hooked.stop()
    assert hooked.server.world.updates.webhook is not None
    for one, command in ((reader, "help"), (ada, "help"), (reader, "following")):
        await one.say(f"/{command}")
    assert len(hooked.server.world.updates) == 3
    await hooked.start()
    await until(lambda: not len(hooked.server.world.updates), seconds=PATIENCE)
    for one in (reader, ada):
        await one.say("/latest")
        await hooked.logged("update_handled", chat=one.chat_id, command="latest")

    assert commands(hooked, reader) == ["start", "follow", "help", "following", "latest"]
    assert commands(hooked, ada) == ["start", "help", "latest"]


async def test_a_bot_that_is_being_stopped_leaves_updates_to_the_next_run(
    opened: OpenPlay, http: aiohttp.ClientSession
) -> None:
    """While it waits for an answer to be sent, a second question is not taken any more."""
    async with opened(**settings()) as play:
        reader = await play.subscriber("Economy")
        ada = await play.subscriber(first_name="Ada")
        slow = play.server.faults.on("sendMessage", chat_id=reader.chat_id).delay(1)
        await reader.say("/help")
        await until(lambda: slow.hits == 1, seconds=PATIENCE)
        stopping = asyncio.create_task(play.stop())
        address, headers = str(play.settings.webhook_url), {HEADER: HOOK_SECRET}
        async with asyncio.timeout(PATIENCE):
            while True:
                async with http.post(
                    address, json=question(play, ada, "/help", 3), headers=headers
                ) as response:
                    if response.status == 503:
                        break
        await ada.say("/latest")
        await stopping
        assert len(play.server.world.updates) == 1
        seen = len(ada.messages)
        await play.start()
        await until(lambda: len(ada.messages) == seen + 1, seconds=PATIENCE)


async def test_telegram_out_of_reach_at_the_start_is_waited_for(opened: OpenPlay) -> None:
    async with opened(begin=False, **settings(webhook_secret=None)) as play:
        play.server.faults.on("setWebhook", times=2).status(502)
        await play.server.reader("Early", begun=True).say("/help")
        await play.start()
        reader = await play.subscriber("Economy")

        assert [one["concerns"] for one in play.events("telegram_unreachable")] == ["webhook"]
        assert len(play.events("telegram_reachable")) == 1
        assert methods(play).count("setWebhook") == 3
        await play.logged("update_handled", chat=reader.chat_id, command="follow")


async def test_without_a_secret_in_the_settings_a_new_one_is_made_up_at_each_start(
    opened: OpenPlay,
) -> None:
    async with opened(**settings(webhook_secret=None)) as play:
        await play.subscriber("Economy")
        await play.stop()
        await play.start()
        await play.subscriber(first_name="Ada")
        calls = [one.parameters for one in play.server.calls if one.method == "setWebhook"]
        given = [call["secret_token"] for call in calls]

        assert len(set(given)) == 2
        assert all(len(secret) >= 32 for secret in given)
        assert [event for event in play.logs if any(one in repr(event) for one in given)] == []


async def test_who_goes_back_to_polling_misses_nothing(opened: OpenPlay) -> None:
    async with opened(**settings()) as play:
        reader = await play.subscriber("Economy")
        await play.stop()
        await reader.say("/help")
        play.settings = play.settings.model_copy(update={"webhook_url": None})
        await play.start()
        await play.logged("update_handled", chat=reader.chat_id, command="help")

        assert play.server.world.updates.webhook is None
        assert commands(play, reader) == ["start", "follow", "help"]


async def test_another_program_that_changes_the_webhook_ends_the_bot(
    opened: OpenPlay, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.webhook._BETWEEN_REPORTS", 0.05)
    async with opened(**settings()) as play:
        await play.subscriber("Economy")
        api = f"{play.server.url}/bot{play.server.token}"
        async with http.post(f"{api}/setWebhook", json={"url": "https://a.example/"}) as response:
            assert response.status == 200
        await play.logged("bot_refused")

        with pytest.raises(BotRefusedError, match="Another program changed this bot's webhook"):
            await play.stop()
        play.settings = play.settings.model_copy(update={"webhook_url": None})
        await play.start()


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        pytest.param(Refusal(401), "Telegram does not know the bot's token", id="401"),
        pytest.param(Refusal(404), "Telegram does not know the bot's token", id="404"),
        pytest.param(
            Refusal.bad_request("bad webhook: IP address 10.0.0.7 is reserved"),
            "DEKBOT_WEBHOOK_URL: Telegram does not take http://127.0.0.1",
            id="400",
        ),
    ],
)
async def test_a_webhook_that_is_refused_ends_the_bot_with_one_sentence(
    opened: OpenPlay, refusal: Refusal, sentence: str
) -> None:
    async with opened(begin=False, **settings()) as play:
        play.server.faults.on("setWebhook", times=None).refuse(refusal)
        with pytest.raises(BotRefusedError) as caught:
            await asyncio.wait_for(run_bot(play.settings, asyncio.Event()), PATIENCE)

        assert str(caught.value).startswith(sentence)
        (event,) = play.events("bot_refused")
        assert event["fault"] == str(caught.value)
        assert [one for one in play.logs if "exc_info" in one] == []


async def test_as_a_command_it_ends_with_sigterm_and_the_webhook_stays(opened: OpenPlay) -> None:
    async with opened(begin=False, **settings()) as play:
        variables = variables_of(play.settings) | {
            "webhook_url": str(play.settings.webhook_url),
            "webhook_secret": HOOK_SECRET,
        }
        async with started(play.database_path.parent, "run", **variables) as bot:
            await until(lambda: play.server.world.updates.webhook is not None, seconds=PATIENCE)
            reader = play.server.reader("Mina", language_code="en")
            await reader.ask("/start", timeout=PATIENCE)
            bot.send(signal.SIGTERM)
            ended = await bot.ended()
        await reader.say("/help")

        assert ended.status == 0
        assert "webhook_set" in ended.err
        assert HOOK_SECRET not in ended.err
        assert len(play.server.world.updates) == 1
