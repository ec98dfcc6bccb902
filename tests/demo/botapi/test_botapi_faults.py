"""Faults that tests prescribe, as python-telegram-bot's own Bot meets them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TimedOut,
)

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.faults import Prescription

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def bot(server: StandIn) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.url}/bot") as started:
        yield started


@pytest.mark.parametrize(
    ("prescribe", "error", "words"),
    [
        (Prescription.blocked, Forbidden, "Forbidden: bot was blocked by the user"),
        (Prescription.deactivated, Forbidden, "Forbidden: user is deactivated"),
        (Prescription.kicked, Forbidden, "Forbidden: bot was kicked from the supergroup chat"),
        (Prescription.chat_not_found, BadRequest, "Chat not found"),
        (lambda p: p.migrated(-1009), ChatMigrated, "New chat id: -1009"),
        (lambda p: p.status(502), NetworkError, "Bad Gateway"),
        (lambda p: p.status(504, html=False), NetworkError, "Gateway Timeout"),
        (Prescription.reset_before_reading, NetworkError, ""),
        (Prescription.reset_after_taking, NetworkError, ""),
        (Prescription.truncated_json, NetworkError, ""),
        (lambda p: p.silence(0.01), NetworkError, ""),
    ],
)
async def test_each_fault_reaches_the_bot_as_its_error(
    server: StandIn,
    bot: Bot,
    ada: Reader,
    prescribe: Callable[[Prescription], Any],
    error: type[Exception],
    words: str,
) -> None:
    fault = prescribe(server.faults.on("sendMessage", chat_id=ada.id))
    with pytest.raises(error) as raised:
        await bot.send_message(ada.id, "a")
    await bot.send_message(ada.id, "b")  # it was prescribed once

    assert type(raised.value) is error
    assert words in str(raised.value)
    assert fault.hits == 1
    assert ada.last.text == "b"


async def test_a_message_may_be_taken_though_no_answer_comes(
    server: StandIn, bot: Bot, ada: Reader
) -> None:
    untaken = ("reset_before_reading", "silence")
    for name in (*untaken, "reset_after_taking", "truncated_json"):
        prescription = server.faults.on("sendMessage")
        prescription.silence(0) if name == "silence" else getattr(prescription, name)()
        with pytest.raises(NetworkError):
            await bot.send_message(ada.id, name)
    server.faults.on("sendMessage").silence(0, taken=True)
    with pytest.raises(NetworkError):
        await bot.send_message(ada.id, "silence")

    assert [m.text for m in ada.messages] == ["reset_after_taking", "truncated_json", "silence"]


async def test_silence_outlasts_the_bots_patience(server: StandIn, bot: Bot, ada: Reader) -> None:
    server.faults.on("sendMessage").silence(0.2)
    with pytest.raises(TimedOut):
        await bot.send_message(ada.id, "a", read_timeout=0.02)

    assert ada.messages == []


async def test_a_delayed_answer_comes(server: StandIn, bot: Bot, ada: Reader) -> None:
    server.faults.on("sendMessage").delay(0.01)
    sent = await bot.send_message(ada.id, "a")

    assert sent.text == "a"


async def test_a_fault_waits_its_turn_and_lasts_as_long_as_prescribed(
    server: StandIn, ask: Ask, ada: Reader
) -> None:
    server.faults.on(chat_id=ada.id, after=1, times=2).too_many(3)
    server.faults.on("sendMessage", chat_id=-1, times=None).blocked()
    answers = [await ask("sendMessage", chat_id=ada.id, text=text) for text in "abcd"]
    server.faults.on("getMe", times=None).status(500, html=False)
    mute = [(await ask("getMe"))["error_code"] for _ in range(3)]
    server.faults.clear()

    assert [answer.get("error_code") for answer in answers] == [None, 429, 429, None]
    assert answers[1]["parameters"] == {"retry_after": 3}
    assert mute == [500, 500, 500]
    assert "id" in await ask("getMe")


async def test_the_front_proxy_answers_in_html(
    server: StandIn, http: aiohttp.ClientSession
) -> None:
    server.faults.on("getMe").status(502)
    async with http.get(f"{server.url}/bot{server.token}/getMe") as response:
        page = await response.text()

    assert response.content_type == "text/html"
    assert "502 Bad Gateway" in page


async def test_a_wrong_token_is_invalid_to_the_bot(server: StandIn) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{server.url}/bot"):
            pass

    assert server.calls == []


async def test_the_older_poll_is_a_conflict_to_the_bot(server: StandIn, bot: Bot, ask: Ask) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=10))
    await server.world.updates.polled.wait()
    await ask("getUpdates")
    with pytest.raises(Conflict):
        await older

    assert not server.world.updates.polled.is_set()


async def test_the_bot_talks_as_it_would_to_telegram(
    server: StandIn, bot: Bot, ada: Reader
) -> None:
    await ada.say("/start")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    sent = await update.message.reply_html("<b>Hello</b>", do_quote=True)
    await bot.edit_message_text("Bye", chat_id=ada.id, message_id=sent.message_id)

    assert sent.text_html == "<b>Hello</b>"
    assert ada.last.text == "Bye"
    assert ada.last.reply_to is not None
    assert server.violations == []
