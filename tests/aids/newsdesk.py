"""A site that changes its mind, and a bot that reads, matches, sends and edits step by step."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.domain.article import Teaser
from bot.domain.matching import Stance
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Topic
from bot.services.archive import Archive
from bot.services.dispatch import Dispatcher
from bot.services.editing import Editor
from bot.services.ingest import Ingest
from bot.services.letters import Letters
from bot.services.polling import Poller
from bot.services.subscriptions import Subscriptions
from bot.services.timing import TimingService
from bot.storage.database import Database
from bot.texts.letter import Letter
from tests.aids.archive import subscribe, topic_number
from tests.aids.articles import ECONOMY, hours, teaser
from tests.aids.clock import FakeClock
from tests.aids.messenger import FakeMessenger
from tests.aids.planning import planner
from tests.aids.source import FakeSource
from tests.conftest import SITE_ZONE

NOON: Final = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


def cranes(
    *authors: Topic, labels: Sequence[Topic] = (), sections: Sequence[Topic] = (ECONOMY,)
) -> Teaser:
    """Return one and the same article of noon, as a source may tell it."""
    return teaser(authors=authors, labels=labels, sections=sections, published=NOON)


class NewsDesk:
    """The use cases of an article's life on a real database; only site and Telegram are fakes."""

    def __init__(self, store: Database, retractions: Sequence[re.Pattern[str]] = ()) -> None:
        self.store = store
        self.clock = FakeClock(NOON)
        self.messenger = FakeMessenger()
        #: The site's feed, and a section page beside it.
        self.feed = FakeSource()
        self.page = FakeSource("https://www.example.org/tag/economy/")
        self.busy = False
        self.ingest = Ingest(store, self.clock, hours(24), retractions)
        self.subscriptions = Subscriptions(store, self.clock)
        self.letters = Letters(SITE_ZONE)
        self.archive = Archive(store, SITE_ZONE)
        self.poller = Poller(store, self.ingest, self.clock, lambda: None)
        self.planner = planner(store, self.clock)
        self.timing = TimingService(store, self.clock, SITE_ZONE)
        self.dispatcher = Dispatcher(
            store,
            self.messenger,
            self.letters,
            self.clock,
            max_age=hours(24),
            places=8,
            retractions=retractions,
        )
        self.editor = self.new_editor()

    def new_editor(self) -> Editor:
        return Editor(
            self.store, self.messenger, self.letters, self.clock, is_busy=lambda: self.busy
        )

    async def open(self, *follows: Topic) -> None:
        """Read the baselines, and have a first chat follow these topics."""
        await self.chat(*follows)
        for source in (self.feed, self.page):
            await self.reads(source)

    async def chat(
        self, *follows: Topic, mutes: tuple[Topic, ...] = (), number: int = 1
    ) -> Subscriber:
        async with self.store.writing() as records:
            return await subscribe(records, number, self.clock(), follows=follows, mutes=mutes)

    async def prefers(
        self, subscriber: Subscriber, topic: Topic, stance: Stance | None = Stance.FOLLOW
    ) -> None:
        """Have the chat follow or mute the topic, or do neither, as its commands do."""
        async with self.store.writing() as records:
            await records.topics.ensure([topic], self.clock())
            topic_id = await topic_number(records, topic)
        await self.subscriptions.set_stance(subscriber, topic_id, stance)

    async def reads(self, source: FakeSource, *teasers: Teaser) -> None:
        """Have the source show these articles, and what it says stored and matched."""
        source.says(*teasers)
        await self.poller.poll(source)
        await self.planner.plan()

    async def shows(self, *teasers: Teaser) -> None:
        """Have the feed show these articles, and everything done that follows."""
        await self.reads(self.feed, *teasers)
        await self.deliver()

    async def deliver(self) -> None:
        """Have everything sent and edited that is due."""
        await self.dispatcher.drain()
        await self.editor.edit_due()

    @property
    def edits(self) -> list[Letter]:
        return [letter for _, _, letter in self.messenger.edited]
