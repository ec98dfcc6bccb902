"""What happens when a handler fails."""

import pytest
from structlog.testing import capture_logs
from telegram import InlineQuery, Update, User

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from tests.aids.waiting import until
from tests.telegram.echo import Running, events


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


async def test_a_failure_in_a_chat_that_nobody_knows_names_whoever_typed(
    stand_in: StandIn, running: Running
) -> None:
    bot = await running.start(stand_in.url)
    query = InlineQuery("1", User(7, "Ada", is_bot=False), "crane", "")
    with capture_logs() as logs:
        await bot.application.process_error(Update(2, inline_query=query), LookupError("inline"))

    (event,) = logs
    assert (event["event"], event["update"], event["user"]) == ("update_failed", 2, 7)


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
