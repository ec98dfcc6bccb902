"""The bot at work: its handlers, a real database, and people who write to it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.demo.botapi import Answer, Message, Reader, StandIn
from bot.domain.article import Teaser
from bot.domain.matching import Preferences, Stance
from bot.domain.reading import Reading, SourceState
from bot.domain.subscriber import Address, Standing, Subscriber
from bot.domain.topic import Topic, section
from bot.domain.urgency import Urgency
from bot.services.administration import Administration
from bot.services.archive import Archive
from bot.services.broadcast_board import BroadcastBoard
from bot.services.broadcast_sending import BroadcastSender
from bot.services.broadcasting import Broadcasts
from bot.services.disclosing import Disclosures
from bot.services.dispatch import Dispatcher
from bot.services.estimates import Estimates
from bot.services.ingest import Ingest
from bot.services.keeping import Keeping
from bot.services.letters import Letters
from bot.services.moving import Moves
from bot.services.reading_list import ReadingList
from bot.services.searches import StandingSearches
from bot.services.silences import Silences
from bot.services.source_control import SourceControl
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.telling import Herald
from bot.services.timing import TimingService
from bot.services.why import Explanations
from bot.storage.database import Database
from bot.telegram.application import build_application
from bot.telegram.handlers import ChatServices, SiteFacts, register
from bot.telegram.lane import Lane
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.runtime import TelegramBot
from bot.texts.menu import sorry
from tests.aids.archive import publish
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO, teaser
from tests.aids.clock import FakeClock
from tests.aids.drawer import FakeDrawer
from tests.aids.planning import planner
from tests.aids.rounds import FakeRounds
from tests.conftest import NOW

#: Who runs the bot, and the group from which it is run: the fifth that there is.
OPERATOR = 777
DESK = -1_001_000_000_005
SOURCES = (
    ("https://www.example.org/feed/", "feed"),
    ("https://www.example.org/tag/economy/", "page"),
    *((f"https://www.example.org/tag/{n}/", "page") for n in range(7)),
)
#: How old an alert may be that comes unasked when a silence ends.
MAX_AGE = timedelta(days=2)
#: Others who run it, each in private.
ADMINISTRATORS = frozenset({4_201, 4_202})
SEOUL = ZoneInfo("Asia/Seoul")
TRADE = section("Trade", description="What crosses the border, and what does not")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that a chat has chosen."""

    standing: Standing | None = None
    paused_until: datetime | None = None
    #: The key of each topic, with the stance and the urgency.
    topics: frozenset[tuple[str, Stance | None, Urgency | None]] = frozenset()
    #: As they are stored.
    editions: str = ""
    quiet: str = ""
    zone: str | None = None
    #: The language that was chosen; None where it is the usual one.
    language: str | None = None
    #: Name, query, urgency, and whether it is paused, of each standing search.
    searches: tuple[tuple[str, str, Urgency | None, bool], ...] = ()
    #: The ids of the articles on the reading list, the newest first.
    saved: tuple[int, ...] = ()


@dataclass(slots=True)
class Desk:
    """The running bot, with what tests look at."""

    server: StandIn
    store: Database
    clock: FakeClock
    rounds: FakeRounds
    drawer: FakeDrawer
    dispatcher: Dispatcher | None = None
    herald: Herald | None = None
    sender: BroadcastSender | None = None
    board: BroadcastBoard | None = None
    #: How often the dispatcher was woken.
    woken: list[datetime] = field(default_factory=list)

    def tell(self) -> None:
        if self.herald is not None:
            self.herald.wake()

    def wake_broadcasts(self) -> None:
        if self.sender and self.board:
            self.sender.wake()
            self.board.wake()

    def halt_broadcasts(self) -> None:
        if self.sender:
            self.sender.halt()

    def administrator(self, person_id: int = min(ADMINISTRATORS), language: str = "en") -> Reader:
        return self.server.reader("Ben", language_code=language, person_id=person_id)

    def reader(self, first_name: str = "Mina", language_code: str = "en") -> Reader:
        return self.server.reader(first_name, language_code=language_code)

    async def subscriber(self, chat_id: int, thread_id: int = 0) -> Subscriber | None:
        async with self.store.reading() as records:
            return await records.subscribers.find(Address(chat_id=chat_id, thread_id=thread_id))

    async def preferences(self, chat_id: int, thread_id: int = 0) -> Preferences:
        found = await self.subscriber(chat_id, thread_id)
        if found is None:
            return Preferences()
        async with self.store.reading() as records:
            return await records.subscribers.preferences(found.id)

    async def follows(self, chat_id: int, thread_id: int = 0) -> set[str]:
        return {key for _, key in (await self.preferences(chat_id, thread_id)).follows}

    async def mutes(self, chat_id: int) -> set[str]:
        return {key for _, key in (await self.preferences(chat_id)).mutes}

    async def state(self, chat_id: int, thread_id: int = 0) -> State:
        found = await self.subscriber(chat_id, thread_id)
        if found is None:
            return State()
        view = await TimingService(self.store, self.clock, SEOUL).view(found)
        async with self.store.reading() as records:
            stances = await records.subscribers.stances(found.id)
            searches = await records.searches.every(found.id)
            saved = await records.saved.page(found.id, 1_000, 0)
        return State(
            standing=found.standing,
            paused_until=found.paused_until,
            topics=frozenset((one.topic.key, one.stance, one.urgency) for one in stances),
            editions=str(view.editions or ""),
            quiet=str(view.quiet or ""),
            zone=view.zone_name,
            language=found.language if found.language_chosen else None,
            searches=tuple((one.name, one.text, one.urgency, one.paused) for one in searches),
            saved=tuple(article_id for article_id, _ in saved),
        )

    async def publish(self, slug: str, **told: Any) -> int:
        async with self.store.writing() as records:
            return await publish(records, teaser(slug, **told), self.clock(), alert=False)

    async def alert(self, slug: str, **told: Any) -> int:
        """Publish an article that is owed to whoever follows it."""
        async with self.store.writing() as records:
            return await publish(records, teaser(slug, **told), self.clock(), alert=True)

    async def deliver(self, *articles: Teaser) -> None:
        """Publish articles, and send the alerts that are due."""
        async with self.store.writing() as records:
            for article in articles:
                await publish(records, article, self.clock(), planned=False)
        await planner(self.store, self.clock).plan()
        await self.send_due()

    async def press(self, reader: Reader, message: Message, data: str) -> Answer:
        """Press a button that the message may not have: a client may send what it likes."""
        world = self.server.world
        query = world.queries.open(reader.id, reader.chat_id, data, world.clock())
        content = {"message": message.as_json(), "chat_instance": "1", "data": data}
        told = {"id": query.id, "from": reader.person.as_user(), **content}
        world.updates.add("callback_query", told)
        return await reader.wait_for(lambda: world.queries.answered(query.id))

    async def send_due(self) -> None:
        """Send the alerts that are due by now."""
        assert self.dispatcher is not None
        await self.dispatcher.drain()

    async def correct(self, article: Teaser) -> None:
        """Have the source that brought the article tell it anew."""
        async with self.store.writing() as records:
            source = await records.sources.ensure("https://www.example.org/feed/", "feed")
        reading = Reading(teasers=(article,), state=SourceState())
        await Ingest(self.store, self.clock, timedelta(days=1)).take(source, reading)

    async def add_topics(self, topics: Sequence[Topic]) -> None:
        async with self.store.writing() as records:
            await records.topics.ensure(topics, self.clock())


class Haste:
    """Time that is over when somebody waits for it."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def tap(reader: Reader, button: str, message: Message | None = None) -> Answer:
    """Press a button and return the bot's answer, once it has changed the message too."""
    reader.skip()
    answer = await reader.press(button, message=message)
    await reader.next_edit()
    return answer


async def reply(reader: Reader, text: str, message: Message) -> Message:
    """Write in answer to a message, and return what the bot says to that."""
    reader.skip()
    await reader.say(text, reply_to=message)
    return await reader.next_message()


@pytest.fixture
async def desk(store: Database, now: datetime) -> AsyncIterator[Desk]:
    """The bot running against the stand-in, on a database with a few invented articles."""
    async with open_desk(store, now) as desk:
        yield desk


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_desk(
    tmp_path_factory: pytest.TempPathFactory, filled_file: Path
) -> AsyncIterator[Desk]:
    """One such bot for all tests of a module; each brings chats of its own."""
    path = shutil.copy(filled_file, tmp_path_factory.mktemp("desk") / "dekbot.db")
    store = Database(f"sqlite+aiosqlite:///{path}", SEOUL)
    async with open_desk(store, NOW) as desk:
        yield desk
    await store.close()


@asynccontextmanager
async def open_desk(store: Database, now: datetime) -> AsyncIterator[Desk]:
    """Run the bot; at the end nothing may have gone against Telegram's rules."""
    async with StandIn() as server:
        clock = FakeClock(now)
        rounds = FakeRounds(clock)
        desk = Desk(server=server, store=store, clock=clock, rounds=rounds, drawer=FakeDrawer())
        broadcasts = Broadcasts(
            store,
            desk.clock,
            rate=28,
            on_change=desk.wake_broadcasts,
            on_stop=desk.halt_broadcasts,
        )
        services = ChatServices(
            subscriptions=Subscriptions(store, desk.clock),
            timing=TimingService(store, desk.clock, SEOUL),
            searches=StandingSearches(store, desk.clock, SEOUL),
            why=Explanations(store, StandingSearches(store, desk.clock, SEOUL)),
            stories=Stories(store, desk.clock),
            keeping=Keeping(store, desk.clock),
            silences=Silences(store, desk.clock, MAX_AGE),
            estimates=Estimates(store, desk.clock, SEOUL),
            saved=ReadingList(store, desk.clock),
            disclosures=Disclosures(store, desk.clock),
            moves=Moves(store, desk.clock, TimingService(store, desk.clock, SEOUL)),
            broadcasts=broadcasts,
            archive=Archive(store, SEOUL),
            administration=Administration(
                store,
                desk.clock,
                administrators=(OPERATOR, DESK, *ADMINISTRATORS),
                sources=SOURCES,
                version="1.2.3",
            ),
            sources=SourceControl(store, desk.clock, SOURCES, lambda: rounds, patience=0.2),
            charts=desk.drawer,
            site=SiteFacts(
                name="NK News", url="https://www.example.org/", zone=SEOUL, language="en"
            ),
            clock=desk.clock,
            wake=lambda: desk.woken.append(desk.clock()),
            tell=desk.tell,
        )
        application = build_application(
            server.token,
            register=partial(register, services=services),
            sorry=sorry,
            api_url=server.url,
        )
        faults: list[Exception] = []
        bot = TelegramBot(application, menus=(), on_fatal=faults.append)
        haste = Haste()
        messenger = TelegramMessenger(
            application.bot, Lane(28, clock=haste.clock, sleep=haste.sleep)
        )
        desk.dispatcher = Dispatcher(
            store,
            messenger,
            Letters(SEOUL),
            desk.clock,
            max_age=MAX_AGE,
            places=4,
            on_settled=desk.tell,
        )
        desk.herald = Herald(store, messenger, desk.clock)
        desk.board = BroadcastBoard(store, messenger, broadcasts, desk.clock, language="en")
        desk.sender = BroadcastSender(
            store, messenger, desk.clock, max_age=MAX_AGE, places=4, on_done=desk.board.wake
        )
        working = [asyncio.create_task(one.run()) for one in (desk.herald, desk.board, desk.sender)]
        await bot.start()
        yield desk
        desk.herald.stop()
        desk.board.stop()
        await desk.sender.stop()
        await asyncio.gather(*working)
        await bot.stop()

    assert faults == []
    assert server.violations == []


@pytest.fixture
async def ada(desk: Desk) -> Reader:
    """Somebody who sets things up, and can be told of them in private."""
    ada = desk.reader("Ada")
    await ada.ask("/start")
    ada.skip()
    return ada


@pytest.fixture(scope="session")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a few invented articles, to be copied."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("filled") / "filled.db"))
    asyncio.run(_fill(path))
    return path


@pytest.fixture
def database_path(tmp_path: Path, filled_file: Path) -> Path:
    return Path(shutil.copy(filled_file, tmp_path / "dekbot.db"))


async def _fill(path: Path) -> None:
    store = Database(f"sqlite+aiosqlite:///{path}", SEOUL)
    day = NOW - timedelta(days=9)
    carried: list[dict[str, Any]] = [
        {"sections": [ECONOMY, TRADE], "labels": [PRO], "authors": [ADA, BEOM]},
        {"sections": [ECONOMY], "authors": [BEOM]},
        {"sections": [FOREIGN], "labels": [COLUMN]},
    ]
    async with store.writing() as records:
        await records.topics.ensure([ECONOMY, MILITARY, FOREIGN, TRADE, PRO, COLUMN], NOW)
        for number in range(7):
            told = teaser(
                f"harbour-{number}",
                headline=f"Harbour crane number {number} stands idle",
                published=day + timedelta(days=number),
                **carried[number % 3],
            )
            await publish(records, told, NOW, alert=False)
    await store.close()
