"""Whatever a reader sends, there is an answer, and nothing is changed by accident."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader
from bot.telegram.handlers.table import COMMANDS
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk

ODD_DATA = [
    "",
    "0:list:s:0:f",
    "1:nothing",
    "1:list",
    "1:list:s",
    "1:list:x:0:f",
    "1:list:s:-1:f",
    "1:list:s:0:z",
    "1:list:5:0:f",
    "1:list-set:s:0:f:99999999999999999999999:f",
    "1:choose:a:f:f",
    "1:alert-mute:x",
    "1:latest:s:1",
    "2:list:s:0:f",
    "follow economy",
    "\U0001f600" * 16,
]


async def press(desk: Desk, mina: Reader, message: Message, data: str) -> str:
    """Press a button that the message has not got, as a foreign client might."""
    query = desk.server.world.queries.open(mina.id, mina.id, data, desk.server.world.clock())
    desk.server.world.updates.add(
        "callback_query",
        {
            "id": query.id,
            "from": mina.person.as_user(),
            "message": message.as_json(),
            "chat_instance": "1",
            "data": data,
        },
    )
    answer = await mina.wait_for(lambda: desk.server.world.queries.answered(query.id))
    return answer.text


@pytest.mark.parametrize("data", ODD_DATA)
async def test_a_button_that_is_not_ours_is_answered_politely(desk: Desk, data: str) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    before = message.text

    answer = await press(desk, mina, message, data)

    assert answer.startswith("This button is from an older message.")
    assert message.text == before
    assert await desk.follows(mina.id) == set()


async def test_a_button_under_a_message_that_is_gone_is_answered(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    inaccessible = Message(id=message.id, chat=message.chat, date=0, sender=None)

    answer = await press(desk, mina, inaccessible, "1:list:s:0:f")

    assert answer.startswith("This button is from an older message.")


async def test_a_deleted_message_does_not_stop_the_change(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    data = str(message.buttons[0]["callback_data"])
    message.deleted = True

    answer = await press(desk, mina, message, data)

    assert answer == "You follow Economy."
    assert await desk.follows(mina.id) == {"economy"}


async def test_a_button_pressed_again_shows_the_same_and_is_answered(desk: Desk) -> None:
    """Telegram refuses an edit that changes nothing; the reader never hears of it."""
    mina = desk.reader()
    message = await mina.ask("/sections")

    with capture_logs() as logs:
        answer = await press(desk, mina, message, "1:list:s:0:f")
        again = await mina.ask("/help")

    assert answer == ""
    assert again.text
    assert {log["log_level"] for log in logs} == {"info"}


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1,
                     "height": 1, "is_animated": False, "is_video": False}},
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
         "caption": "/follow economy"},
        {"location": {"longitude": 1.0, "latitude": 2.0}},
        {"dice": {"emoji": "x", "value": 1}},
    ],
)  # fmt: skip
async def test_what_is_no_text_gets_a_hint(desk: Desk, content: dict[str, Any]) -> None:
    mina = desk.reader()
    _send(desk, mina, "message", content)

    reply = await mina.next_message()

    assert reply.text.startswith("I can only read text.")
    assert await desk.follows(mina.id) == set()


async def test_edited_messages_and_service_messages_are_passed_over(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/help")
    _send(desk, mina, "edited_message", {"text": "/follow economy", "edit_date": 1})
    _send(desk, mina, "message", {"delete_chat_photo": True})  # fmt: skip

    await mina.ask("/latest")

    assert len(mina.messages) == 2
    assert await desk.follows(mina.id) == set()


def _send(desk: Desk, mina: Reader, kind: str, content: dict[str, Any]) -> None:
    message = {
        "message_id": 800,
        "date": 1_772_600_000,
        "chat": {"id": mina.id, "type": "private", "first_name": "Mina"},
        "from": mina.person.as_user(),
    }
    desk.server.world.updates.add(kind, {**message, **content})
    desk.server.world.registry.rooms[mina.id].begun = True


ARGUMENTS = [
    "",
    " ",
    ",,,;",
    "<b>&\"'",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f468\u200d\U0001f469" * 50,
    "x" * 4_000,
    "{0} {name}",
    "%s",
    "a, " * 900,
    "\u202e\u0301",
]


@pytest.mark.parametrize("command", [*sorted(COMMANDS), "nonsense"])
async def test_every_command_takes_any_argument(desk: Desk, command: str) -> None:
    readers = [desk.reader(f"Reader {number}") for number in range(len(ARGUMENTS))]

    with capture_logs() as logs:
        for mina, argument in zip(readers, ARGUMENTS, strict=True):
            reply = await mina.ask(f"/{command} {argument}")
            assert reply.text
        await until(lambda: len(logs) >= len(ARGUMENTS))

    assert {(log["event"], log["log_level"]) for log in logs} == {("update_handled", "info")}
    for mina in readers:
        preferences = await desk.preferences(mina.id)
        assert not preferences.follows
        assert not preferences.mutes
