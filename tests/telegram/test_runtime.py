"""The bot from start to stop, against the stand-in."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from bot.domain.errors import BotRefusedError
from bot.telegram.runtime import Menu
from tests.aids.waiting import until
from tests.telegram.echo import TOKEN, Running, events

MENUS = (
    Menu(language="", commands=(("start", "Begin"), ("help", "What I can do"))),
    Menu(
        language="de",
        commands=(("start", "Anfangen"),),
        description="Ich melde, was im Hafen geschieht.",
        about="Neues aus dem Hafen",
    ),
)


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


async def test_the_bot_says_who_it_is_in_each_language_that_tells_it(
    stand_in: StandIn, running: Running
) -> None:
    await running.start(stand_in.url, MENUS)
    await stand_in.reader("Ada").ask("hello")
    bot = stand_in.world.bot
    await until(lambda: "de" in bot.short_descriptions)  # no reader waits for it

    assert bot.descriptions == {"de": "Ich melde, was im Hafen geschieht."}
    assert bot.short_descriptions == {"de": "Neues aus dem Hafen"}


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


async def test_replies_are_given_up_where_telegram_stays_silent(
    stand_in: StandIn, running: Running
) -> None:
    """The first waits for Telegram's answer, the second for the first, the third is another's."""
    ada, ben = stand_in.reader("Ada", begun=True), stand_in.reader("Ben", begun=True)
    stand_in.faults.on("sendMessage", times=None).silence(600)
    with capture_logs() as logs:
        bot = await running.start(stand_in.url)
        for reader in (ada, ada, ben):
            await reader.say("hello")
        await until(lambda: [one.method for one in stand_in.calls].count("sendMessage") == 2)
        await asyncio.wait_for(bot.stop(patience=0.0), 60)

    assert [(one["event"], one.get("updates")) for one in logs] == [
        ("telegram_connected", None),
        ("replies_given_up", 3),
    ]
    assert [one.method for one in stand_in.calls].count("sendMessage") == 2
    assert running.fatal == []


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


async def test_a_429_at_the_start_is_waited_for_as_long_as_telegram_says(
    stand_in: StandIn, running: Running
) -> None:
    stand_in.faults.on("getMe").too_many(7)
    with capture_logs() as logs:
        await running.start(stand_in.url)
        await stand_in.reader("Ada").ask("hello")

    assert running.pauses == [7]
    assert events(logs) == ["telegram_throttled", "telegram_connected"]


async def test_no_reader_waits_for_the_menus(stand_in: StandIn, running: Running) -> None:
    stand_in.faults.on("setMyCommands", times=None).silence(600)
    await running.start(stand_in.url, MENUS)

    assert (await stand_in.reader("Ada").ask("hello")).text == "You said hello"


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
    await running.start(stand_in.url)
    await until(lambda: bool(running.fatal))

    assert [str(one).partition(":")[0] for one in running.fatal] == [
        "Another process works with this bot's token"
    ]


async def test_a_fault_of_ours_ends_the_bot_with_a_word(
    stand_in: StandIn, running: Running
) -> None:
    half: Any = ("a command without its description",)
    with capture_logs() as logs:
        await running.start(stand_in.url, (Menu(language="", commands=(half,)),))
        await until(lambda: bool(running.fatal))

    assert "telegram_crashed" in events(logs)
    assert isinstance(running.fatal[0], IndexError)
