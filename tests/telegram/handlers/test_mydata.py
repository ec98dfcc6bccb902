"""Everything that is stored on a chat, as a file."""

import json
from typing import Any

from bot.demo.botapi import Message
from tests.aids.articles import ECONOMY, teaser
from tests.telegram.handlers.conftest import Desk, tap


def told(message: Message) -> dict[str, Any]:
    assert message.document
    document: dict[str, Any] = json.loads(message.document.upload.content)
    return document


async def test_a_reader_gets_all_that_is_stored_in_words_and_times(desk: Desk) -> None:
    mina = desk.reader()
    for line in (
        "/follow economy",
        "/silent economy",
        "/mute nk pro",
        "/alerts name Ports: quay OR harbour",
        "/timezone berlin",
        "/quiet weekends",
        "/save https://www.example.org/2026/03/harbour-0/",
    ):
        await mina.ask(line)
    await desk.deliver(teaser("quay", headline="Quay “closed” 김", sections=[ECONOMY]))
    mina.skip()

    message = await mina.ask("/mydata")
    document = told(message)

    assert message.text.startswith("Everything that I store on this chat")
    assert message.document
    assert message.document.upload.name == "mydata-2026-03-04.json"
    assert document["about"] == ("Everything that this bot stores on this chat. Times are in UTC.")
    assert document["chat"]["chat_id"] == mina.id
    assert document["timing"]["timezone"] == "Europe/Berlin"
    assert document["follows"] == [{"kind": "section", "name": "Economy", "urgency": "silent"}]
    assert document["mutes"] == [{"kind": "label", "name": "NK PRO", "urgency": None}]
    (search,) = document["standing_searches"]
    assert (search["name"], search["query"]) == ("Ports", "quay OR harbour")
    assert document["saved"] == [
        {
            "article": "https://www.example.org/2026/03/harbour-0/",
            "headline": "Harbour crane number 0 stands idle",
            "saved_at": "2026-03-04T05:06:07Z",
        }
    ]
    (delivery,) = document["deliveries"]
    assert delivery["headline"] == "Quay “closed” 김"
    assert (delivery["state"], delivery["because_of"]) == ("sent", ["Economy"])


async def test_in_a_group_an_administrator_gets_the_groups(desk: Desk) -> None:
    ada = desk.reader("Ada")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    await ada.ask("/follow trade")
    await ada.in_chat(group).ask("/follow economy")

    document = told(await ada.in_chat(group).ask("/mydata"))

    assert document["chat"]["chat_id"] == group.id
    assert [one["name"] for one in document["follows"]] == ["Economy"]


async def test_after_stop_there_is_nothing_but_the_chat_that_asks(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    await mina.ask("/stop")
    await tap(mina, "Yes, delete everything")

    document = told(await mina.ask("/mydata"))

    assert document["follows"] == document["deliveries"] == []
