"""The bot from start to stop, against the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from bot.domain.errors import BotRefusedError
from bot.telegram.application import AnyApplication, build_application
from bot.telegram.markup import markup
from bot.telegram.runtime import Menu, TelegramBot
from bot.texts.letter import Button, Call
from tests.aids.waiting import until
from tests.telegram.conftest import TOKEN

BUTTONS = ((Button(text="Break", call=Call(action="break")),),)
MENUS = (
    Menu(language="", commands=(("start", "Begin"), ("help", "What I can do"))),
    Menu(language="de", commands=(("start", "Anfangen"),)),
)
Context = ContextTypes.DEFAULT_TYPE


async def echo(update: Update, _context: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(f"You said {update.message.text}", reply_markup=markup(BUTTONS))


async def broken(_update: Update, _context: Context) -> None:
    raise LookupError("a fault of ours")


def register(application: AnyApplication) -> None:
    application.add_handler(CommandHandler("break", broken))
    application.add_handler(CallbackQueryHandler(broken))
    application.add_handler(MessageHandler(filters.TEXT, echo))


def sorry(language: str) -> str:
    return {"de": "Da ging etwas schief."}.get(language, "Something went wrong.")


class Running:
    """Bots that are stopped at the end of the test, and what ended them."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.fatal: list[Exception] = []
        self.pauses: list[float] = []

    async def start(self, url: str, menus: tuple[Menu, ...] = ()) -> TelegramBot:
        application = build_application(
            TOKEN, register=register, sorry=sorry, api_url=f"{url}/", connections=8, places=8
        )
        bot = TelegramBot(application, menus=menus, on_fatal=self.fatal.append, sleep=self._sleep)
        self._stack.push_async_callback(bot.stop)
        await bot.start()
        return bot

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with AsyncExitStack() as stack:
        yield Running(stack)


def events(logs: list[EventDict]) -> list[Any]:
    return [one["event"] for one in logs]


async def test_a_reader_is_answered(stand_in: StandIn, running: Running) -> None:
    await running.start(stand_in.url)
    answer = await stand_in.reader("Ada").ask("hello")

    assert answer.text == "You said hello"
    assert stand_in.violations == []


async def test_menus_are_set_in_each_language(stand_in: StandIn, running: Running) -> None:
    await running.start(stand_in.url, MENUS)
    await stand_in.reader("Ada").ask("hello")
    set_ = [one.parameters for one in stand_in.calls if one.method == "setMyCommands"]

    assert [one.get("language_code") for one in set_] == [None, "de"]
    assert set_[1]["commands"] == [{"command": "start", "description": "Anfangen"}]


async def test_a_menu_that_cannot_be_set_stops_nothing(stand_in: StandIn, running: Running) -> None:
    stand_in.faults.on("setMyCommands").status(502)
    with capture_logs() as logs:
        await running.start(stand_in.url, MENUS)
        await stand_in.reader("Ada").ask("hello")

    assert events(logs) == ["telegram_connected", "menu_not_set"]


async def test_what_was_received_is_answered_before_the_end(
    stand_in: StandIn, running: Running
) -> None:
    ada = stand_in.reader("Ada")
    bot = await running.start(stand_in.url)
    await ada.ask("hello")
    stand_in.faults.on("sendMessage").delay(0.05)
    await ada.say("bye")
    await until(lambda: [one.method for one in stand_in.calls].count("sendMessage") == 2)
    await bot.stop()

    assert ada.last.text == "You said bye"
    assert len(stand_in.world.updates) == 0


async def test_a_wrong_token_is_refused_in_one_sentence(
    stand_in: StandIn, running: Running
) -> None:
    stand_in.faults.on("getMe").refuse(Refusal(401))
    with pytest.raises(BotRefusedError, match="@BotFather") as caught:
        await running.start(stand_in.url)

    assert TOKEN not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_telegram_unreachable_at_the_start_is_waited_for(
    stand_in: StandIn, running: Running
) -> None:
    stand_in.faults.on("getMe", times=3).status(502)
    with capture_logs() as logs:
        await running.start(stand_in.url)
        answer = await stand_in.reader("Ada").ask("hello")

    assert answer.text == "You said hello"
    assert running.pauses == [1, 2, 4]
    assert events(logs) == ["telegram_unreachable", "telegram_reachable", "telegram_connected"]


async def test_a_token_refused_after_an_outage_is_fatal(
    stand_in: StandIn, running: Running
) -> None:
    stand_in.faults.on("getMe").status(502)
    stand_in.faults.on("getMe").refuse(Refusal(401))
    await running.start(stand_in.url)
    await until(lambda: bool(running.fatal))

    assert isinstance(running.fatal[0], BotRefusedError)


async def test_a_bot_that_never_got_through_stops_cleanly(running: Running) -> None:
    bot = await running.start("http://127.0.0.1:1")
    await until(lambda: len(running.pauses) > 2)
    await bot.stop()

    assert running.fatal == []


async def test_another_process_is_told_once(stand_in: StandIn, running: Running) -> None:
    stand_in.faults.on("getUpdates", times=None).refuse(Refusal.conflict("terminated by other"))
    with capture_logs() as logs:
        await running.start(stand_in.url)
        await until(lambda: bool(running.fatal))

    assert [str(one).partition(":")[0] for one in running.fatal] == [
        "Another process works with this bot's token"
    ]
    assert events(logs).count("bot_refused") == 1


async def test_a_failed_command_is_logged_once_and_apologised_for(
    stand_in: StandIn, running: Running
) -> None:
    ada = stand_in.reader("Ada", language_code="de")
    with capture_logs() as logs:
        await running.start(stand_in.url)
        answer = await ada.ask("/break")
    (event,) = [one for one in logs if one["event"] == "update_failed"]

    assert answer.text == "Da ging etwas schief."
    assert isinstance(event["exc_info"], LookupError)
    assert event["chat"] == ada.chat_id


async def test_a_failed_button_says_so_in_a_notice(stand_in: StandIn, running: Running) -> None:
    ada = stand_in.reader("Ada", language_code="en")
    await running.start(stand_in.url)
    await ada.ask("hello")
    await ada.press("Break")
    await until(lambda: bool(stand_in.world.answers))

    assert stand_in.world.answers[-1].text == "Something went wrong."


@pytest.mark.parametrize("fault", ["blocked", "gone"])
async def test_where_the_way_to_the_reader_is_shut_nobody_apologises(
    fault: str, stand_in: StandIn, running: Running
) -> None:
    if fault == "blocked":
        stand_in.faults.on("sendMessage").blocked()
    else:
        stand_in.faults.on("sendMessage").reset_before_reading()
    ada = stand_in.reader("Ada")
    with capture_logs() as logs:
        await running.start(stand_in.url)
        await ada.say("hello")
        await until(lambda: "reply_not_sent" in events(logs))

    assert "update_failed" not in events(logs)


async def test_an_apology_that_fails_is_told(stand_in: StandIn, running: Running) -> None:
    stand_in.faults.on("sendMessage").blocked()
    ada = stand_in.reader("Ada")
    with capture_logs() as logs:
        await running.start(stand_in.url)
        await ada.say("/break")
        await until(lambda: "apology_not_sent" in events(logs))

    assert "update_failed" in events(logs)


async def test_a_failure_without_an_update_is_logged_and_nothing_else(
    stand_in: StandIn, running: Running
) -> None:
    bot = await running.start(stand_in.url)
    await stand_in.reader("Ada").ask("hello")
    before = len(stand_in.calls)
    with capture_logs() as logs:
        await bot.application.process_error(None, LookupError("in a job"))
        await bot.application.process_error(Update(update_id=1), LookupError("nobody's"))

    assert events(logs) == ["update_failed", "update_failed"]
    assert "sendMessage" not in {one.method for one in stand_in.calls[before:]}


async def test_telegrams_refusal_of_an_answer_is_a_fault_of_ours(
    stand_in: StandIn, running: Running
) -> None:
    ada = stand_in.reader("Ada", language_code="en")
    stand_in.faults.on("sendMessage").refuse(Refusal.bad_request("message text is empty"))
    with capture_logs() as logs:
        await running.start(stand_in.url)
        answer = await ada.ask("hello")

    assert answer.text == "Something went wrong."
    assert "update_failed" in events(logs)


async def test_a_fault_of_ours_ends_the_bot_with_a_word(
    stand_in: StandIn, running: Running
) -> None:
    half: Any = ("a command without its description",)
    with capture_logs() as logs:
        await running.start(stand_in.url, (Menu(language="", commands=(half,)),))
        await until(lambda: bool(running.fatal))

    assert "telegram_crashed" in events(logs)
    assert isinstance(running.fatal[0], TypeError)
