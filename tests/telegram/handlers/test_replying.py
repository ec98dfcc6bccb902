"""Replies that do not arrive."""

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi.errors import Refusal
from bot.telegram.faults import NotConnectedError
from bot.telegram.handlers.sending import _patiently
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal.forbidden("bot was blocked by the user"),
        Refusal.bad_request("Chat not found"),
        Refusal.bad_request("not enough rights to send text messages to the chat"),
        Refusal.too_many(40),  # longer than a reader waits
    ],
)
async def test_a_reply_that_cannot_arrive_is_one_event_and_no_error(
    desk: Desk, refusal: Refusal
) -> None:
    mina = desk.reader()
    desk.server.faults.on("sendMessage", chat_id=mina.id).refuse(refusal)

    with capture_logs() as logs:
        await mina.say("/help")
        await mina.ask("/latest")
        await until(lambda: any(log.get("command") == "latest" for log in logs))

    about = [log for log in logs if log.get("chat") == mina.id and "command" in log]
    assert [(log["command"], log["outcome"]) for log in about] == [
        ("help", "undelivered"),
        ("latest", "listed"),
    ]
    assert {log["log_level"] for log in logs} == {"info"}


async def test_a_reply_that_telegram_puts_off_for_a_moment_comes_then(desk: Desk) -> None:
    mina = desk.reader()
    desk.server.faults.on("sendMessage", chat_id=mina.id).too_many(1)

    assert "/follow" in (await mina.ask("/help")).text
    assert len(mina.messages) == 1


async def test_a_change_that_telegram_puts_off_for_a_moment_comes_then(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    desk.server.faults.on("editMessageText", chat_id=mina.id).too_many(1)

    await mina.press("Labels")

    assert (await mina.next_edit()).id == message.id


async def test_a_reply_without_a_connection_is_sent_once_more_and_then_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second is no long time for a reader, and too long for a test."""
    monkeypatch.setattr("bot.telegram.handlers.sending._RECONNECT_PAUSE", 0.01)
    faults = [NotConnectedError("refused")]
    tries = 0

    async def call() -> str:
        nonlocal tries
        tries += 1
        if faults:
            raise faults.pop()
        return "sent"

    assert await _patiently(call) == "sent"
    faults = [NotConnectedError("refused"), NotConnectedError("refused")]
    with pytest.raises(NotConnectedError):
        await _patiently(call)
    assert tries == 4


async def test_a_toast_that_fails_does_not_cost_the_change(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    desk.server.faults.on("answerCallbackQuery").status(502)
    query = next(b["callback_data"] for b in message.buttons if b["text"] == "Labels")

    desk.server.world.press(mina.id, mina.chat_id, message.id, query)

    assert (await mina.next_edit()).id == message.id


async def test_a_press_whose_answer_cannot_arrive_is_one_event_and_no_error(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/sections")
    desk.server.faults.on("editMessageText", chat_id=mina.id).blocked()

    with capture_logs() as logs:
        await mina.press("Economy")
        await until(lambda: logs[-1:] != [] and logs[-1]["command"] == "list-set")

    assert logs[-1]["outcome"] == "undelivered"
    assert {log["log_level"] for log in logs} == {"info"}
    assert await desk.follows(mina.id) == {"economy"}


async def test_a_greeting_that_cannot_arrive_is_one_event_and_no_error(desk: Desk) -> None:
    mina = desk.reader()
    group = desk.server.world.group("News", admins=[mina.person])
    desk.server.world.memberships.remove_bot(group.id, by=mina.id)
    desk.server.faults.on("sendMessage", chat_id=group.id).kicked("group")

    with capture_logs() as logs:
        desk.server.world.memberships.add_bot(group.id, by=mina.id)
        await until(lambda: any(log.get("outcome") == "undelivered" for log in logs))

    assert {log["log_level"] for log in logs} == {"info"}


async def test_a_fault_of_ours_is_logged_and_apologised_for(desk: Desk) -> None:
    mina = desk.reader()
    refusal = Refusal.bad_request("Can't parse entities: unclosed start tag")
    desk.server.faults.on("sendMessage", chat_id=mina.id).refuse(refusal)

    with capture_logs() as logs:
        reply = await mina.ask("/help")

    assert reply.text.startswith("Sorry, that did not work")
    assert [log["event"] for log in logs] == ["update_failed"]


async def test_a_press_that_fails_is_apologised_for(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    refusal = Refusal.bad_request("Can't parse entities: unclosed start tag")
    desk.server.faults.on("editMessageText", chat_id=mina.id).refuse(refusal)

    with capture_logs() as logs:
        await mina.press("Labels")
        await until(lambda: any(log["event"] == "update_failed" for log in logs))

    assert message.edits == 0
