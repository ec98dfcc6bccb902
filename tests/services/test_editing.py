"""Corrections: a real database, a source that changes its mind, a messenger that edits."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot.domain.delivery import BotRefused, Outcome, Refused, Throttled, Unreachable
from bot.domain.editions_parser import stored_editions
from bot.domain.subscriber import Address
from bot.storage.database import Database
from tests.aids.articles import ECONOMY, teaser
from tests.aids.newsdesk import NOON, NewsDesk
from tests.aids.waiting import until

RETRACTIONS = (re.compile("(?i)^retraction"),)


class Desk(NewsDesk):
    async def says(self, headline: str, dek: str = "Three ports report fewer ships") -> None:
        """Have the feed tell the article so, and everything done that follows."""
        await self.tells(headline, dek)
        await self.deliver()

    async def tells(self, headline: str, dek: str = "Three ports report fewer ships") -> None:
        """Have the feed tell the article so, and the reading stored and planned."""
        await self.reads(self.feed, teaser(headline=headline, dek=dek, published=NOON))

    async def tells_while_sending(self, headline: str) -> None:
        """Have the feed tell the article so while its alert is on its way."""
        self.messenger.door.clear()
        sending = asyncio.create_task(self.dispatcher.drain())
        await until(lambda: self.messenger.under_way == 1)
        await self.tells(headline)
        self.messenger.door.set()
        await sending


@pytest.fixture
async def desk(store: Database) -> Desk:
    made = Desk(store, RETRACTIONS)
    await made.open(ECONOMY)
    return made


async def test_a_corrected_headline_edits_the_message_in_place(desk: Desk) -> None:
    await desk.says("Cranes idle")
    desk.clock.pass_time(minutes=5)
    await desk.says("Cranes busy")

    assert len(desk.messenger.taken) == 1
    ((chat, message, letter),) = desk.messenger.edited
    assert (chat, message) == (1, 1)
    assert "<s>Cranes idle</s>" in letter.html
    assert "Cranes busy" in letter.html
    assert "12:05" in letter.html  # in the site's zone


@pytest.mark.parametrize(("is_saved", "label"), [(True, "✓ Saved"), (False, "Save")])
async def test_a_correction_keeps_what_the_button_says_of_the_reading_list(
    desk: Desk, is_saved: bool, label: str
) -> None:
    await desk.says("Cranes idle")
    async with desk.store.writing() as records:
        (article,) = await records.articles.latest(None, 1, 0)
        if is_saved:
            chat = await records.subscribers.find(Address(chat_id=1))
            assert chat is not None
            await records.saved.add(chat.id, article.id, desk.clock())
    await desk.says("Cranes busy")

    ((_, _, letter),) = desk.messenger.edited
    assert [button.text for button in letter.rows[0]] == ["Open", label, "Mute…", "Why?"]


async def test_typography_alone_edits_nothing(desk: Desk) -> None:
    await desk.says("Cranes 'idle' - for now")
    await desk.says("Cranes ‘idle’ – for now")

    assert desk.messenger.edited == []


async def test_a_corrected_dek_is_shown_without_a_struck_headline(desk: Desk) -> None:
    await desk.says("Cranes idle")
    await desk.says("Cranes idle", dek="Two ports report fewer ships")

    ((_, _, letter),) = desk.messenger.edited
    assert "Two ports" in letter.html
    assert "<s>" not in letter.html


async def test_an_article_is_edited_once_a_minute_at_most(desk: Desk) -> None:
    await desk.says("Cranes idle")
    await desk.says("Cranes busy")
    desk.clock.pass_time(seconds=10)
    await desk.says("Cranes gone")
    assert len(desk.messenger.edited) == 1

    desk.clock.pass_time(seconds=50)
    await desk.editor.edit_due()

    assert len(desk.messenger.edited) == 2
    assert "Cranes gone" in desk.messenger.edited[-1][2].html


async def test_a_headline_that_turns_into_a_retraction_is_a_fresh_alert_too(desk: Desk) -> None:
    await desk.says("Cranes idle")
    desk.clock.pass_time(minutes=5)
    await desk.says("Retraction: Cranes idle")

    assert len(desk.messenger.taken) == 2
    assert "Retraction" in desk.messenger.taken[-1][1].html
    assert len(desk.messenger.edited) >= 1


async def test_what_is_corrected_while_it_is_being_sent_is_edited_as_soon_as_it_is_there(
    desk: Desk,
) -> None:
    await desk.tells("Cranes idle")
    await desk.tells_while_sending("Cranes busy")
    await desk.editor.edit_due()

    ((_, sent),) = desk.messenger.taken
    ((_, message, edited),) = desk.messenger.edited
    assert "Cranes idle" in sent.html
    assert (message, "Cranes busy" in edited.html) == (1, True)


async def test_what_is_retracted_while_it_is_being_sent_is_edited_and_alerts_once_more(
    desk: Desk,
) -> None:
    await desk.tells("Cranes idle")
    await desk.tells_while_sending("Retraction: Cranes idle")
    await desk.dispatcher.drain()
    await desk.editor.edit_due()

    shown = ["Retraction" in letter.html for _, letter in desk.messenger.taken]
    edits = [(message, "Retraction" in letter.html) for _, message, letter in desk.messenger.edited]
    assert shown == [False, True]
    assert edits == [(1, True)]


async def test_a_correction_of_what_is_just_being_edited_is_not_forgotten(desk: Desk) -> None:
    await desk.says("Cranes idle")
    await desk.tells("Cranes busy")
    desk.messenger.door.clear()
    editing = asyncio.create_task(desk.editor.edit_due())
    await until(lambda: desk.messenger.edits_tried == 1)
    desk.clock.pass_time(minutes=1)
    await desk.tells("Cranes gone")
    desk.messenger.door.set()
    await editing
    desk.clock.pass_time(minutes=1)
    await desk.editor.edit_due()

    assert "Cranes gone" in desk.messenger.edited[-1][2].html


async def test_alerts_go_before_edits(desk: Desk) -> None:
    await desk.says("Cranes idle")
    desk.busy = True
    await desk.says("Cranes busy")
    assert desk.messenger.edited == []

    desk.busy = False
    assert await desk.editor.edit_due() == 1


async def test_an_edition_is_edited_as_a_whole(desk: Desk) -> None:
    one = await desk.chat(ECONOMY)
    await desk.timing.set_editions(one, stored_editions("daily 18:00"))
    await desk.says("Cranes idle")
    desk.clock.pass_time(hours=6)
    await desk.dispatcher.drain()
    await desk.says("Cranes busy")

    ((_, _, letter),) = desk.messenger.edited
    assert "Your edition" in letter.html
    assert "Cranes busy" in letter.html


async def test_what_is_retracted_stays_in_the_edition_that_brought_it(desk: Desk) -> None:
    chat = await desk.chat()
    await desk.timing.set_editions(chat, stored_editions("daily 18:00"))
    names = ["Cranes idle", "Tugs wait", "Pilots strike"]

    async def read() -> None:
        told = [
            teaser(f"a-{number}", headline=name, published=NOON)
            for number, name in enumerate(names)
        ]
        desk.feed.says(*told)
        await desk.poller.poll(desk.feed)
        await desk.planner.plan()

    await read()
    desk.clock.pass_time(hours=6)
    await desk.dispatcher.drain()
    names[0] = "Retraction: Cranes idle"
    await read()
    await desk.dispatcher.drain()  # the second alert comes first
    await desk.editor.edit_due()
    names[1] = "Tugs sail"
    await read()
    await desk.editor.edit_due()

    editions = [letter.html for _, message, letter in desk.messenger.edited if message == 1]
    assert len(desk.messenger.taken) == 2
    assert len(editions) == 2
    assert "Your edition" in editions[0]
    assert [name for name in names if name not in editions[-1]] == []


async def test_an_edition_that_a_correction_makes_too_long_keeps_all_its_articles(
    desk: Desk,
) -> None:
    dek = "Three ports report fewer ships than a year ago " * 4
    told = [
        teaser(f"a-{number:02}", headline=f"Story {number:02}", dek=dek, published=NOON)
        for number in range(40)
    ]
    desk.feed.says(*told)
    await desk.poller.poll(desk.feed)
    await desk.planner.plan()
    await desk.dispatcher.drain()
    _, first = desk.messenger.taken[0]
    carried = [one for one in told if one.headline in first.html]
    addition = " of the longest of waits" * 9

    desk.feed.says(
        *(
            replace(one, headline=one.headline + addition) if one in carried[:3] else one
            for one in told
        )
    )
    await desk.poller.poll(desk.feed)
    await desk.editor.edit_due()

    ((_, message, edited),) = desk.messenger.edited
    assert message == 1
    assert [one for one in carried if one.headline not in edited.html] == []
    assert edited.html.count(addition) == 3


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (Throttled(1), 2),
        (Unreachable("refused"), 2),
        (BotRefused("no such token"), 2),  # by the next start, with the right one
        (Refused("message to edit not found"), 1),
    ],
)
async def test_an_edit_that_fails_on_the_way_is_tried_again_and_one_in_vain_is_not(
    desk: Desk, answer: Outcome, tries: int
) -> None:
    await desk.says("Cranes idle")
    desk.messenger.edit_answers.append(answer)
    await desk.says("Cranes busy")
    desk.clock.pass_time(seconds=30)
    await desk.editor.edit_due()

    assert desk.messenger.edits_tried == tries


async def test_what_was_never_sent_is_sent_as_it_is_now(desk: Desk) -> None:
    desk.messenger.answers.append(Unreachable("refused"))
    await desk.says("Cranes idle")
    await desk.says("Cranes busy")
    desk.clock.pass_time(minutes=1)
    await desk.dispatcher.drain()

    ((_, letter),) = desk.messenger.taken
    assert "Cranes busy" in letter.html
    assert "<s>" not in letter.html
    assert desk.messenger.edited == []


async def test_an_edit_under_way_at_the_end_is_made_after_the_next_start(desk: Desk) -> None:
    await desk.says("Cranes idle")
    desk.busy = True
    await desk.says("Cranes busy")
    desk.busy = False
    desk.messenger.door.clear()
    run = asyncio.create_task(desk.editor.run())
    await until(lambda: desk.messenger.edits_tried == 1)

    desk.editor.stop()
    desk.editor.give_up()
    await asyncio.wait_for(run, 10)
    desk.messenger.door.set()

    assert desk.messenger.edited == []
    assert await desk.new_editor().edit_due() == 1


async def test_a_stop_does_not_wait_for_the_lane_to_edit(desk: Desk) -> None:
    await desk.says("Cranes idle")
    desk.busy = True
    await desk.says("Cranes busy")
    desk.busy = False
    desk.messenger.gate.clear()
    run = asyncio.create_task(desk.editor.run())
    await until(lambda: desk.messenger.turns_waited == 1)

    desk.editor.stop()
    await asyncio.wait_for(run, 10)

    assert desk.messenger.edits_tried == 0


async def test_an_answer_that_takes_long_holds_up_no_other_edit(desk: Desk) -> None:
    await desk.chat(ECONOMY, number=2)
    await desk.chat(ECONOMY, number=3)
    await desk.says("Cranes idle")
    desk.busy = True
    await desk.says("Cranes busy")
    desk.busy = False
    desk.messenger.door.clear()
    editing = asyncio.create_task(desk.editor.edit_due())

    await until(lambda: desk.messenger.edits_tried == 3)
    desk.messenger.door.set()

    assert await editing == 3
    assert sorted(chat for chat, _, _ in desk.messenger.edited) == [1, 2, 3]
