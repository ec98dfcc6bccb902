"""Leaving for good."""

import sqlite3
from contextlib import closing

import pytest

from bot.demo.botapi import Message, Reader
from bot.storage.tables import metadata
from tests.aids.articles import ECONOMY, teaser
from tests.telegram.handlers.conftest import Desk, State, tap
from tests.telegram.handlers.test_every_command import press

YES, NO = "Yes, delete everything", "No, keep everything"


async def rows(desk: Desk) -> dict[str, int]:
    """Return how many rows each table holds that belongs to a chat."""
    async with desk.store.reading() as records:
        path = str(records._connection.engine.url.database)
    # Past the bot's engines, whose statements read no table whole.
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(f"SELECT COUNT(*) FROM {table.name}").fetchone()[0]  # noqa: S608 - ours
            for table in metadata.sorted_tables
            if {"chat_id", "subscriber_id"} & set(table.columns.keys())
        }


async def settle(reader: Reader) -> None:
    for line in (
        "/follow economy",
        "/mute column",
        "/alerts crane",
        "/save https://www.example.org/2026/03/harbour-0/",
        "/move",
    ):
        await reader.ask(line)


async def test_stop_asks_first_and_then_deletes_everything(desk: Desk) -> None:
    mina = desk.reader()
    await settle(mina)
    await desk.deliver(teaser("quay", sections=[ECONOMY]))
    await mina.ask("/mute")

    question = await mina.ask("/stop")
    assert (await rows(desk))["deliveries"] == 1
    answer = await tap(mina, YES)

    assert answer.text == "Everything is deleted."
    assert "/start begins anew" in question.text
    assert question.labels == []
    assert set((await rows(desk)).values()) == {0}


async def test_stop_can_be_thought_better_of(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    question = await mina.ask("/stop")

    await tap(mina, NO)

    assert question.text == "Good. Everything stays as it is."
    assert await desk.follows(mina.id) == {"economy"}


@pytest.mark.parametrize("button", [0, 1])
async def test_a_second_tap_says_so_and_leaves_nothing_stored(desk: Desk, button: int) -> None:
    mina = desk.reader()
    question = await mina.ask("/stop")
    data = [one["callback_data"] for one in question.buttons]
    await tap(mina, YES, question)

    answer = await press(desk, mina, question, data[button])

    assert answer == "Everything is deleted already."
    assert await desk.state(mina.id) == State()


@pytest.mark.parametrize("button", [0, 1])
async def test_an_old_question_deletes_nothing_of_a_new_beginning(desk: Desk, button: int) -> None:
    mina = desk.reader()
    question = await mina.ask("/stop")
    data = [one["callback_data"] for one in question.buttons]
    await tap(mina, YES, question)
    await mina.ask("/follow economy")

    answer = await press(desk, mina, question, data[button])

    assert answer.startswith("That question is an old one, so nothing was deleted.")
    assert await desk.follows(mina.id) == {"economy"}


async def test_a_group_is_deleted_and_its_members_own_chats_are_not(desk: Desk) -> None:
    ada = desk.reader("Ada")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    await settle(ada)
    before = await desk.state(ada.id)
    await settle(ada.in_chat(group))
    await ada.in_chat(group).ask("/stop")

    await tap(ada.in_chat(group), YES)

    assert await desk.state(group.id) == State()
    assert await desk.state(ada.id) == before


async def test_a_forums_topic_is_deleted_and_the_others_are_not(desk: Desk) -> None:
    ada = desk.reader("Ada")
    forum = desk.server.world.supergroup("Forum", admins=[ada.person], is_forum=True)
    topics = [desk.server.world.topic(forum.id, name) for name in ("One", "Two")]
    here = ada.in_chat(forum)

    async def ask(text: str, thread_id: int) -> Message:
        await here.say(text, thread_id=thread_id)
        return await here.next_message()

    for topic in topics:
        await ask("/follow economy", topic.id)
    question = await ask("/stop", topics[0].id)
    await tap(here, YES, question)

    assert "Only this topic of the forum is meant" in (await ask("/stop", topics[1].id)).text
    assert (await rows(desk))["subscribers"] == 1
    assert (await rows(desk))["stances"] == 1
