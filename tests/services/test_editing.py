"""Corrections: a real database, a source that changes its mind, a messenger that edits."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.delivery import Refused, Throttled, Unreachable
from bot.domain.editions_parser import stored_editions
from bot.domain.subscriber import Subscriber
from bot.services.dispatch import Dispatcher
from bot.services.editing import Editor
from bot.services.ingest import Ingest
from bot.services.letters import Letters
from bot.services.polling import Poller
from bot.services.timing import TimingService
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.planning import planner
from tests.aids.source import FakeSource
from tests.aids.waiting import until
from tests.conftest import SITE_ZONE

NOON = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
RETRACTIONS = (re.compile("(?i)^retraction"),)


class Desk:
    def __init__(self, store: Database) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.messenger = FakeMessenger()
        self.source = FakeSource().says()
        self.busy = False
        letters = Letters(SITE_ZONE)
        ingest = Ingest(store, self.clock, hours(24), RETRACTIONS)
        self.poller = Poller(store, ingest, self.clock, lambda: None)
        self.planner = planner(store, self.clock)
        self.timing = TimingService(store, self.clock, SITE_ZONE)
        self.dispatcher = Dispatcher(
            store,
            self.messenger,
            letters,
            self.clock,
            max_age=hours(24),
            places=8,
            retractions=RETRACTIONS,
        )
        self.editor = Editor(store, self.messenger, letters, self.clock, is_busy=lambda: self.busy)

    async def chat(self) -> Subscriber:
        async with self.store.writing() as records:
            return await subscribe(records, 1, self.clock(), follows=[ECONOMY])

    async def reads(self, headline: str, dek: str = "Three ports report fewer ships") -> None:
        """Have the source show the article so, and the reading stored and planned."""
        self.source.says(teaser(headline=headline, dek=dek, published=NOON))
        await self.poller.poll(self.source)
        await self.planner.plan()

    async def reads_while_sending(self, headline: str) -> None:
        """Have the source show the article so while its alert is on its way."""
        self.messenger.door.clear()
        sending = asyncio.create_task(self.dispatcher.drain())
        await until(lambda: self.messenger.under_way == 1)
        await self.reads(headline)
        self.messenger.door.set()
        await sending

    async def shows(self, headline: str, dek: str = "Three ports report fewer ships") -> None:
        """Have the source show the article so, and everything done that follows."""
        await self.reads(headline, dek)
        await self.dispatcher.drain()
        await self.editor.edit_due()


@pytest.fixture
async def desk(store: Database) -> Desk:
    made = Desk(store)
    await made.chat()
    await made.poller.poll(made.source)
    return made


async def test_a_corrected_headline_edits_the_message_in_place(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    desk.clock.pass_time(minutes=5)
    await desk.shows("Cranes busy")

    assert len(desk.messenger.taken) == 1
    ((chat, message, letter),) = desk.messenger.edited
    assert (chat, message) == (1, 1)
    assert "<s>Cranes idle</s>" in letter.html
    assert "Cranes busy" in letter.html
    assert "12:05" in letter.html  # in the site's zone


async def test_typography_alone_edits_nothing(desk: Desk) -> None:
    await desk.shows("Cranes 'idle' - for now")
    await desk.shows("Cranes ‘idle’ – for now")

    assert desk.messenger.edited == []


async def test_a_corrected_dek_is_shown_without_a_struck_headline(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    await desk.shows("Cranes idle", dek="Two ports report fewer ships")

    ((_, _, letter),) = desk.messenger.edited
    assert "Two ports" in letter.html
    assert "<s>" not in letter.html


async def test_an_article_is_edited_once_a_minute_at_most(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    await desk.shows("Cranes busy")
    desk.clock.pass_time(seconds=10)
    await desk.shows("Cranes gone")
    assert len(desk.messenger.edited) == 1

    desk.clock.pass_time(seconds=50)
    await desk.editor.edit_due()

    assert len(desk.messenger.edited) == 2
    assert "Cranes gone" in desk.messenger.edited[-1][2].html


async def test_a_headline_that_turns_into_a_retraction_is_a_fresh_alert_too(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    desk.clock.pass_time(minutes=5)
    await desk.shows("Retraction: Cranes idle")

    assert len(desk.messenger.taken) == 2
    assert "Retraction" in desk.messenger.taken[-1][1].html
    assert len(desk.messenger.edited) >= 1


async def test_what_is_corrected_while_it_is_being_sent_is_edited_as_soon_as_it_is_there(
    desk: Desk,
) -> None:
    await desk.reads("Cranes idle")
    await desk.reads_while_sending("Cranes busy")
    await desk.editor.edit_due()

    ((_, sent),) = desk.messenger.taken
    ((_, message, edited),) = desk.messenger.edited
    assert "Cranes idle" in sent.html
    assert (message, "Cranes busy" in edited.html) == (1, True)


async def test_what_is_retracted_while_it_is_being_sent_is_edited_and_alerts_once_more(
    desk: Desk,
) -> None:
    await desk.reads("Cranes idle")
    await desk.reads_while_sending("Retraction: Cranes idle")
    await desk.dispatcher.drain()
    await desk.editor.edit_due()

    shown = ["Retraction" in letter.html for _, letter in desk.messenger.taken]
    edits = [(message, "Retraction" in letter.html) for _, message, letter in desk.messenger.edited]
    assert shown == [False, True]
    assert edits == [(1, True)]


async def test_a_correction_of_what_is_just_being_edited_is_not_forgotten(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    await desk.reads("Cranes busy")
    desk.messenger.door.clear()
    editing = asyncio.create_task(desk.editor.edit_due())
    await until(lambda: desk.messenger.edits_tried == 1)
    desk.clock.pass_time(minutes=1)
    await desk.reads("Cranes gone")
    desk.messenger.door.set()
    await editing
    desk.clock.pass_time(minutes=1)
    await desk.editor.edit_due()

    assert "Cranes gone" in desk.messenger.edited[-1][2].html


async def test_alerts_go_before_edits(desk: Desk) -> None:
    await desk.shows("Cranes idle")
    desk.busy = True
    await desk.shows("Cranes busy")
    assert desk.messenger.edited == []

    desk.busy = False
    assert await desk.editor.edit_due() == 1


async def test_an_edition_is_edited_as_a_whole(desk: Desk) -> None:
    one = await desk.chat()
    await desk.timing.set_editions(one, stored_editions("daily 18:00"))
    await desk.shows("Cranes idle")
    desk.clock.pass_time(hours=6)
    await desk.dispatcher.drain()
    await desk.shows("Cranes busy")

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
        desk.source.says(*told)
        await desk.poller.poll(desk.source)
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
    desk.source.says(*told)
    await desk.poller.poll(desk.source)
    await desk.planner.plan()
    await desk.dispatcher.drain()
    _, first = desk.messenger.taken[0]
    carried = [one for one in told if one.headline in first.html]
    addition = " of the longest of waits" * 9

    desk.source.says(
        *(
            replace(one, headline=one.headline + addition) if one in carried[:3] else one
            for one in told
        )
    )
    await desk.poller.poll(desk.source)
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
        (Refused("message to edit not found"), 1),
    ],
)
async def test_an_edit_that_fails_on_the_way_is_tried_again_and_one_in_vain_is_not(
    desk: Desk, answer: Throttled | Unreachable | Refused, tries: int
) -> None:
    await desk.shows("Cranes idle")
    desk.messenger.edit_answers.append(answer)
    await desk.shows("Cranes busy")
    desk.clock.pass_time(seconds=30)
    await desk.editor.edit_due()

    assert desk.messenger.edits_tried == tries


async def test_what_was_never_sent_is_sent_as_it_is_now(desk: Desk) -> None:
    desk.messenger.answers.append(Unreachable("refused"))
    await desk.shows("Cranes idle")
    await desk.shows("Cranes busy")
    desk.clock.pass_time(minutes=1)
    await desk.dispatcher.drain()

    ((_, letter),) = desk.messenger.taken
    assert "Cranes busy" in letter.html
    assert "<s>" not in letter.html
    assert desk.messenger.edited == []
