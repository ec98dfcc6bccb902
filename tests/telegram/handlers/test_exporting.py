"""The reading list as a file."""

import csv
import io

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message
from bot.demo.botapi.errors import Refusal
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, tap
from tests.telegram.handlers.test_saved_list import with_list

KINDS = {
    "CSV": ("csv", "text/csv"),
    "Markdown": ("md", "text/markdown"),
    "BibTeX": ("bib", "application/x-bibtex"),
    "RIS": ("ris", "application/x-research-info-systems"),
}


def content(message: Message) -> str:
    assert message.document
    return message.document.upload.content.decode()


@pytest.mark.parametrize("name", KINDS)
async def test_a_format_typed_is_a_file_with_all_that_is_saved(desk: Desk, name: str) -> None:
    mina = await with_list(desk)

    message = await mina.ask(f"/export {name}")

    ending, mime_type = KINDS[name]
    assert message.document
    assert message.document.upload.name == f"reading-list-2026-03-04.{ending}"
    assert message.document.upload.mime_type == mime_type
    assert content(message).count("Harbour crane number") == 7
    assert message.text == "Reading list, 7 articles"


async def test_without_a_format_a_tap_chooses_one_and_then_another(desk: Desk) -> None:
    mina = await with_list(desk, 2)
    message = await mina.ask("/export")
    assert message.labels[:4] == [
        "CSV for spreadsheets",
        "Markdown for notes",
        "BibTeX for LaTeX",
        "RIS for Zotero, EndNote",
    ]
    mina.skip()

    answer = await mina.press("CSV", message=message)
    first = await mina.next_message()
    await mina.press("RIS", message=message)
    second = await mina.next_message()

    assert answer.text == "Here it comes."
    rows = list(csv.reader(io.StringIO(content(first)[1:], newline="")))
    assert [row[0] for row in rows[1:]] == [
        "Harbour crane number 1 stands idle",
        "Harbour crane number 0 stands idle",
    ]
    assert content(second).startswith("TY  - NEWS")
    assert message.edits == 0


async def test_the_list_leads_to_its_files_and_back(desk: Desk) -> None:
    mina = await with_list(desk, 1)
    message = await mina.ask("/saved")

    await tap(mina, "Export…", message)
    assert message.text.startswith("The reading list as a file")
    await tap(mina, "Reading list", message)

    assert message.text.startswith("Reading list · 1 article")


async def test_an_empty_list_is_no_file(desk: Desk) -> None:
    mina = await with_list(desk, 1)
    message = await mina.ask("/export")
    await mina.ask("/saved remove 1")

    typed = await mina.ask("/export csv")
    pressed = await mina.press("CSV", message=message)

    assert typed.text.startswith("There is nothing to export")
    assert typed.document is None
    assert pressed.text == "The reading list is empty now."


async def test_in_a_forum_the_file_comes_to_the_topic(desk: Desk) -> None:
    ada = desk.reader("Ada")
    forum = desk.server.world.supergroup("Forum", admins=[ada.person], is_forum=True)
    topic = desk.server.world.topic(forum.id, "Economy desk")
    here = ada.in_chat(forum)
    await here.say("/save https://www.example.org/2026/03/harbour-0/", thread_id=topic.id)
    await here.next_message()

    await here.say("/export ris", thread_id=topic.id)
    message = await here.next_message()

    assert message.thread_id == topic.id
    assert message.document


async def test_where_files_are_not_allowed_the_chat_is_told_so(desk: Desk) -> None:
    ada = desk.reader("Ada")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    here = ada.in_chat(group)
    await here.ask("/save https://www.example.org/2026/03/harbour-0/")
    group.without_files = True

    reply = await here.ask("/export csv")

    assert reply.text.startswith("Files are not allowed in this chat")


@pytest.mark.parametrize(
    "refusal",
    [Refusal.forbidden("bot was blocked by the user"), Refusal.too_many(60)],
)
async def test_a_file_that_cannot_arrive_is_one_event_and_no_error(
    desk: Desk, refusal: Refusal
) -> None:
    mina = await with_list(desk, 1)
    message = await mina.ask("/export")
    desk.server.faults.on("sendDocument", times=2).refuse(refusal)

    with capture_logs() as logs:
        await mina.say("/export csv")
        await mina.press("CSV", message=message)
        await until(lambda: [log["outcome"] for log in logs].count("undelivered") > 1)

    assert {(log["event"], log["command"]) for log in logs} == {("update_handled", "export")}
    assert {log["log_level"] for log in logs} == {"info"}
