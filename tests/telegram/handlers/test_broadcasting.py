"""/broadcast, by typing and by buttons: what administrators see, and what nobody else does."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader
from bot.demo.botapi.errors import Refusal
from bot.domain.broadcast import Stage
from bot.domain.subscriber import ChatKind
from tests.aids.archive import subscribe
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import ADMINISTRATORS, Desk, reply, tap

BEN, CLEO = sorted(ADMINISTRATORS)
TEXT = "The wire moves to a new address tonight.\nNothing else changes."


@pytest.fixture
async def ben(desk: Desk) -> Reader:
    """An administrator, who is a reader as well."""
    ben = desk.administrator()
    await ben.ask("/start")
    ben.skip()
    return ben


@pytest.fixture
async def readers(desk: Desk) -> list[Reader]:
    readers = [desk.reader(f"Reader{number}") for number in range(5)]
    for one in readers:
        await one.ask("/start")
        one.skip()
    return readers


async def drafted(ben: Reader, text: str = TEXT) -> Message:
    """Write a broadcast; return what stands below the preview."""
    await ben.ask(f"/broadcast {text}")
    return await ben.next_message()


async def confirmed(ben: Reader, draft: Message) -> Message:
    """Press both buttons that send; return the message that shows how far it is."""
    await tap(ben, "Send…", draft)
    await ben.press("Send to", message=draft)
    return draft


async def shows(message: Message, text: str) -> None:
    await until(lambda: text in message.text)


async def stage(desk: Desk, broadcast_id: int) -> Stage | None:
    async with desk.store.reading() as records:
        found = await records.broadcasts.get(broadcast_id)
    return found.stage if found else None


async def test_the_preview_is_what_readers_get_and_each_gets_it_once(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    preview = await ben.ask(f"/broadcast {TEXT}")
    below = await ben.next_message()
    assert (preview.text, preview.labels) == (TEXT, [])
    assert "It goes to 6 chats and takes 1 second at least." in below.text
    assert [one.messages for one in readers if len(one.messages) > 1] == []

    await tap(ben, "Send…", below)
    assert below.labels == ["Send to 6 chats", "Back"]
    answer = await ben.press("Send to 6 chats", message=below)
    got = [await one.next_message() for one in readers]
    await shows(below, "The message was sent to everyone it could reach.")

    assert answer.text == "It is on its way."
    assert [(one.html, one.preview) for one in got] == [(preview.html, preview.preview)] * 5
    assert "Sent: 6 of 6" in below.text
    assert below.labels == []
    assert [len(one.messages) for one in readers] == [2] * 5


async def test_the_end_is_told_in_a_message_of_its_own(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    desk.server.faults.on("sendMessage", chat_id=readers[0].chat_id).blocked()
    below = await confirmed(ben, await drafted(ben))
    await shows(below, "was sent")
    await until(lambda: ben.last.text.startswith("The message was sent"))

    assert "Sent: 5 of 6" in ben.last.text
    assert "Gone, pausing, or not letting me write: 1" in ben.last.text


async def test_by_buttons_alone_it_asks_for_the_text_in_an_answer(
    ben: Reader, readers: list[Reader]
) -> None:
    asked = await ben.ask("/broadcast")
    assert asked.text.startswith("A message to all readers")

    preview = await reply(ben, TEXT, asked)
    below = await ben.next_message()
    await confirmed(ben, below)

    assert preview.text == TEXT
    assert [(await one.next_message()).text for one in readers] == [TEXT] * 5


async def test_the_formatting_and_links_of_the_administrators_message_are_kept(
    desk: Desk, ben: Reader
) -> None:
    text = "/broadcast \U0001f4e3 New address: here & now <soon>"
    start = len(text.encode("utf-16-le")) // 2
    entities = [
        {"type": "bot_command", "offset": 0, "length": 10},
        {"type": "bold", "offset": 14, "length": 3},
        {
            "type": "text_link",
            "offset": start - 17,
            "length": 4,
            "url": "https://www.example.org/?a=1&b=2",
        },
    ]
    write(desk, ben, text=text, entities=entities)
    preview = await ben.next_message()

    assert preview.text == "\U0001f4e3 New address: here & now <soon>"
    assert "<b>New</b>" in preview.html
    assert ">here</a> &amp; now &lt;soon&gt;" in preview.html


def write(desk: Desk, who: Reader, **content: Any) -> None:
    """Have the messenger tell of a message that no test's person can write."""
    sent = {"message_id": 9_000, "chat": {"id": who.chat_id, "type": "private"}, "date": 0}
    desk.server.world.updates.add("message", {**sent, "from": who.person.as_user(), **content})


async def test_a_picture_in_answer_to_the_question_is_told_to_be_none_of_it(
    desk: Desk, ben: Reader
) -> None:
    asked = await ben.ask("/broadcast")
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    write(desk, ben, **photo, reply_to_message=asked.as_json(nested=True))

    assert (await ben.next_message()).text.startswith("Only text can be sent to all readers")


async def test_what_telegram_does_not_take_is_told_and_never_sent(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    desk.server.faults.on("sendMessage").refuse(
        Refusal.bad_request("can't parse entities: unsupported start tag")
    )
    told = await ben.ask(f"/broadcast {TEXT}")

    assert "does not take this message" in told.text
    assert "write /broadcast and the text again" in told.text
    assert [len(one.messages) for one in readers] == [1] * 5


async def test_groups_get_it_only_by_choice_and_channels_never(desk: Desk, ben: Reader) -> None:
    async with desk.store.writing() as records:
        for chat_id, thread_id, kind in (
            (-1001, 3, ChatKind.SUPERGROUP),
            (-1001, 4, ChatKind.SUPERGROUP),
            (-1002, 0, ChatKind.CHANNEL),
        ):
            await subscribe(records, chat_id, desk.clock(), kind=kind, thread_id=thread_id)
    below = await drafted(ben)
    assert below.labels == ["✓ Private chats: 1", "With groups: 2", "Send…", "Cancel"]

    await tap(ben, "With groups", below)
    assert below.labels[:2] == ["Private chats: 1", "✓ With groups: 2"]
    assert "It goes to 2 chats" in below.text
    await tap(ben, "Send…", below)
    assert below.labels == ["Send to 2 chats", "Back"]
    await tap(ben, "Back", below)
    assert below.labels[-1] == "Cancel"


@pytest.mark.parametrize("old", ["pressed twice", "of an older draft", "of another's", "cancelled"])
async def test_no_button_starts_it_a_second_time(
    desk: Desk, ben: Reader, readers: list[Reader], old: str
) -> None:
    presser, below = ben, await drafted(ben)
    await tap(ben, "Send…", below)
    data = below.buttons[0]["callback_data"]
    if old == "pressed twice":
        await ben.press("Send to", message=below)
        await shows(below, "was sent")
    elif old == "of an older draft":
        await drafted(ben, "Another text")
    elif old == "of another's":
        presser = desk.administrator(CLEO)
    else:
        await desk.press(ben, below, "1:broadcast-cancel:1")
    before = [len(one.messages) for one in readers]
    answer = await desk.press(presser, below, data)

    assert answer.text.startswith("This button no longer counts")
    assert [len(one.messages) for one in readers] == before


async def test_it_is_stopped_and_sent_on_and_comes_to_each_once(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    hold = desk.server.faults.on("sendMessage", chat_id=readers[1].chat_id).delay(0.4)
    below = await drafted(ben)
    with capture_logs() as logs:
        await confirmed(ben, below)
        await until(lambda: hold.hits == 1)
        answer = await ben.press("Stop", message=below)
        await shows(below, "The message was stopped.")
        assert answer.text == "Stopped."
        stopped = await ben.ask("/broadcast")
        assert stopped.labels == ["Send on", "A new message"]
        await ben.press("Send on", message=stopped)
        await shows(stopped, "was sent")

    assert [(await one.next_message()).text for one in readers] == [TEXT] * 5
    assert [len(one.messages) for one in readers] == [2] * 5
    events = {one["event"]: one for one in logs if one["event"].startswith("broadcast_")}
    begun, aborted = events["broadcast_begun"], events["broadcast_aborted"]
    resumed, done = events["broadcast_resumed"], events["broadcast_done"]
    assert (begun["by"], begun["readers"], begun["audience"]) == (BEN, 6, "private")
    assert (aborted["by"], aborted["sent"] + aborted["open"]) == (BEN, 6)
    assert (resumed["by"], resumed["sent"] + resumed["open"]) == (BEN, 6)
    assert (done["by"], done["sent"], done["unreachable"], done["failed"]) == (BEN, 6, 0, 0)


async def test_while_one_is_sent_it_is_shown_and_no_other_begins(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    cleo = desk.administrator(CLEO)
    older = await drafted(cleo, "Cleo's own")
    desk.server.faults.on("sendMessage", chat_id=readers[1].chat_id).too_many(60)
    below = await confirmed(ben, await drafted(ben))
    await shows(below, "Sent: 6 of 7")
    shown = await ben.ask("/broadcast Something else")
    answer = await desk.press(cleo, older, "1:broadcast-send:1:private")

    assert shown.text.startswith("One at a time: your text was not kept.")
    assert "Open: 1" in shown.text
    assert shown.labels == ["Stop", "Keep up to date here"]
    assert answer.text.startswith("Another message is being sent.")
    assert await stage(desk, 1) is Stage.DRAFT

    await ben.press("Keep up to date here", message=shown)
    await shows(shown, "Of these waiting")
    desk.clock.pass_time(seconds=61)
    desk.wake_broadcasts()
    await shows(shown, "was sent")


@pytest.mark.parametrize("text", ["/broadcast", "/broadcast Hello everyone"])
async def test_for_everybody_else_it_is_an_unknown_command(desk: Desk, text: str) -> None:
    mina = desk.reader()
    await mina.ask("/start")
    with capture_logs() as logs:
        told = await mina.ask(text)
        unknown = await mina.ask("/nosuchthing")
        await until(lambda: len(handled(logs)) == 2)

    assert told.html == unknown.html.replace("nosuchthing", "broadcast")
    assert told.labels == unknown.labels
    first, second = handled(logs)
    assert first == second


def handled(logs: Sequence[Any]) -> list[Any]:
    """Return what is told of messages behind the first one."""
    handled = [one for one in logs if one["event"] == "update_handled"]
    return [one for one in handled if one["command"] != "start"]


async def test_an_administrators_button_is_stale_for_everybody_else(
    desk: Desk, ben: Reader
) -> None:
    below = await drafted(ben)
    mina = desk.reader()
    await mina.ask("/start")
    for data in ("1:broadcast-send:1:private", "1:broadcast:1", "1:broadcast-stop:1"):
        answer = await desk.press(mina, mina.last, data)

        assert answer.text.startswith("This button is from an older message.")
    assert "Nothing is sent yet" in below.text


async def test_in_a_group_an_administrator_has_no_such_command(desk: Desk, ben: Reader) -> None:
    there = ben.in_chat(desk.server.world.group("The wire", admins=[ben.person]))
    told = await there.ask("/broadcast@dekbot Hello everyone")
    unknown = await there.ask("/nosuchthing@dekbot")

    assert told.html == unknown.html.replace("nosuchthing", "broadcast")


async def test_who_pauses_is_left_out_and_quiet_hours_are_kept(
    desk: Desk, ben: Reader, readers: list[Reader]
) -> None:
    await readers[0].ask("/pause")
    await readers[1].ask("/timezone UTC")
    await readers[1].ask("/quiet 05:00-06:00")  # it is 05:06
    below = await drafted(ben)
    assert "It goes to 5 chats" in below.text
    assert "Left out: 1 that pauses" in below.text
    await confirmed(ben, below)
    await shows(below, "Of these waiting, for the end of quiet hours or another try: 1")

    before = len(readers[1].messages)
    desk.clock.pass_time(minutes=54)
    desk.wake_broadcasts()
    await shows(below, "Sent: 5 of 5")

    assert len(readers[1].messages) == before + 1
    assert readers[0].last.text.startswith("Alerts are paused")


async def test_cancelled_it_is_forgotten(desk: Desk, ben: Reader) -> None:
    below = await drafted(ben)
    await tap(ben, "Cancel", below)

    assert below.text == "Cancelled. Nothing was sent."
    assert await stage(desk, 1) is None
    asked = await ben.ask("/broadcast")
    await tap(ben, "Cancel", asked)
    assert asked.labels == []


async def test_everything_is_said_in_the_administrators_language(desk: Desk) -> None:
    ben = desk.administrator(language="ko")
    said = [await ben.ask("/broadcast"), await drafted(ben, "공지")]
    said += [await ben.ask("/broadcast " + " " * 3)]
    shown = [*(one.text for one in said), *(label for one in said for label in one.labels)]
    await tap(ben, "보내기…", said[1])
    shown += [said[1].text, *said[1].labels]

    assert [text for text in shown if re.search("[A-Za-z]", text.replace("/broadcast", ""))] == []


async def test_the_figures_lead_to_it_in_private(desk: Desk) -> None:
    ben = desk.administrator()
    page = await ben.ask("/admin")

    await tap(ben, "Broadcast", page)

    assert "A message to all readers" in ben.last.text
