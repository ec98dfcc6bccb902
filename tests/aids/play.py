"""The whole program at work: the real bot between the stand-in and the newsroom, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.app import run_bot
from bot.app.parts import wall_clock
from bot.demo.botapi import Limits, Message, Reader, StandIn
from bot.demo.newsroom import Newsroom, SiteArticle, profile_text
from bot.demo.newsroom.article import label_named, section_named
from bot.services.ports import Clock
from bot.settings import Settings
from tests.aids.ledger import DeliveryRow, are_settled, baselined, deliveries
from tests.aids.waiting import until

PATIENCE: Final = 20.0
PATIENCE_OF_THE_BOT: Final = timedelta(seconds=5)
#: No article of a test is too old to be alerted, whenever the test runs.
FOR_EVER: Final = timedelta(days=36500)
POLL: Final = timedelta(seconds=0.2)
#: What a log tells of a fault of ours.
_FAULTS_OF_OURS: Final = ("_crashed", "update_failed", "statement_failed", "database_unavailable")


@dataclass(slots=True, kw_only=True)
class Play:
    server: StandIn
    newsroom: Newsroom
    settings: Settings
    database_path: Path
    sources: int
    clock: Clock = wall_clock
    #: How long the bot waits for Telegram when it is stopped.
    patience: timedelta = PATIENCE_OF_THE_BOT
    #: What the program logged; empty where the log goes to a stream.
    logs: list[Any] = field(default_factory=list)
    _bot: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        """Return when the bot runs and every source has had its first reading."""
        ready = asyncio.Event()
        self._stop = asyncio.Event()
        run = run_bot(self.settings, self._stop, ready.set, self.clock, self.patience)
        self._bot = asyncio.create_task(run)
        async with asyncio.timeout(PATIENCE):
            await ready.wait()
        await until(lambda: baselined(self.database_path) >= self.sources, seconds=PATIENCE)

    async def stop(self) -> None:
        """Stop the bot as SIGTERM would; raises what ended it."""
        self._stop.set()
        if self._bot is not None:
            await asyncio.wait_for(self._bot, PATIENCE)
        self._bot = None

    def rewrite_profile(self, *pages: str) -> None:
        """Have the bot poll these section pages, too, when it is started next."""
        text = profile_of(self.newsroom.url, *pages)
        Path(self.settings.site).write_text(text, encoding="utf-8")
        self.sources = 1 + len(pages)

    def publish(self, headline: str, *sections: str, **told: Any) -> SiteArticle:
        """Publish an article in the sections with these keys; `labels` are keys, too."""
        labels = tuple(label_named(key) for key in told.pop("labels", ()))
        told.setdefault("published", datetime.now(UTC))
        topics = tuple(section_named(key) for key in sections)
        return self.newsroom.publish(
            SiteArticle(headline=headline, sections=topics, labels=labels, **told)
        )

    async def subscriber(self, *names: str, first_name: str = "Mina") -> Reader:
        """Return a reader who has started the bot and follows what has these names."""
        reader = self.server.reader(first_name, language_code="en")
        await reader.ask("/start", timeout=PATIENCE)
        if names:
            await reader.ask(f"/follow {', '.join(names)}", timeout=PATIENCE)
        reader.skip()
        return reader

    async def alert(self, reader: Reader) -> Message:
        """Return the bot's next message to the reader."""
        return await reader.next_message(PATIENCE)

    def owed(self, *chats: int) -> list[DeliveryRow]:
        """Return the deliveries, of some chats or of all, in the order of becoming owed."""
        return deliveries(self.database_path, chats or None)

    async def settled(self, count: int, *, seconds: float = PATIENCE) -> list[DeliveryRow]:
        """Return all deliveries when there are so many, none of them open."""
        await until(lambda: are_settled(self.database_path, count), seconds=seconds)
        return self.owed()

    def events(self, name: str) -> list[Any]:
        """Return what was logged under this name."""
        return [event for event in self.logs if event["event"] == name]

    async def logged(self, name: str, **fields: object) -> None:
        """Return when such an event is in the log."""
        seen = 0

        def is_there() -> bool:
            nonlocal seen
            fresh, seen = self.logs[seen:], len(self.logs)
            told = [event for event in fresh if event["event"] == name]
            return any(fields.items() <= event.items() for event in told)

        await until(is_there, seconds=PATIENCE)


#: Opens a play; takes what `open_play` does behind the database.
OpenPlay = Callable[..., AbstractAsyncContextManager[Play]]


@asynccontextmanager
async def open_play(
    database_path: Path,
    *,
    profile: Callable[[str], str] | None = None,
    limits: Limits | None = None,
    latency: float = 0.0,
    welcomes_strangers: bool = False,
    hub: str | None = None,
    begin: bool = True,
    captured: bool = True,
    clock: Clock = wall_clock,
    patience: timedelta = PATIENCE_OF_THE_BOT,
    tolerates: tuple[str, ...] = (),
    **settings: Any,
) -> AsyncIterator[Play]:
    """Open the play, its bot running; at the end nothing may have gone against the rules.

    Of the events that tell of faults of ours, those that it `tolerates` may be logged.

    With `hub`, the newsroom's feed names one.

    The profile, made from the newsroom's address, is written beside the database; by default the
    newsroom's feed is all that is polled.
    """
    newsroom = Newsroom(articles=_archive(), hub=hub)
    server = StandIn(
        limits=limits,
        latency=latency,
        welcomes_strangers=welcomes_strangers,
        local_webhooks=True,
        webhook_pause=0.05,
    )
    with ExitStack() as stack:
        logs = stack.enter_context(capture_logs()) if captured else []
        async with server, newsroom:
            text = (profile or profile_of)(newsroom.url)
            path = database_path.with_name("site.toml")
            path.write_text(text, encoding="utf-8")
            play = Play(
                server=server,
                newsroom=newsroom,
                settings=_settings(server, path, database_path, settings),
                database_path=database_path,
                sources=text.count("[[sources]]"),
                logs=logs,
                clock=clock,
                patience=patience,
            )
            try:
                if begin:
                    await play.start()
                yield play
            finally:
                await play.stop()
    assert server.violations == []
    _, _, secret = server.token.partition(":")
    assert [message.text for message in server.sent if secret in message.text] == []
    assert [event for event in logs if secret in repr(event)] == []
    faults = [event for event in logs if event["event"].endswith(_FAULTS_OF_OURS)]
    assert [event for event in faults if event["event"] not in tolerates] == []


def profile_of(newsroom: str, *pages: str) -> str:
    """Return the newsroom's profile with its feed and section pages by key."""
    head = profile_text(newsroom, poll_interval="5m").partition("[[sources]]")[0]
    sources = [f'[[sources]]\nkind = "feed"\nurl = "{newsroom}/feed/"\n']
    sources += [
        f'[[sources]]\nkind = "page"\nurl = "{newsroom}/tag/{key}/"\nsection = "{key}"\n'
        for key in pages
    ]
    return "\n".join((head, *sources))


def _settings(
    server: StandIn, profile: Path, database_path: Path, given: dict[str, Any]
) -> Settings:
    usual: dict[str, Any] = {
        "bot_token": SecretStr(server.token),
        "site": str(profile),
        "database_url": f"sqlite+aiosqlite:///{database_path}",
        "telegram_api_url": server.url,
        "poll_interval": POLL,
        "max_alert_age": FOR_EVER,
        "web_port": 0,
    }
    return Settings(**usual | given)


def _archive() -> list[SiteArticle]:
    """Return what stands on the site before the play begins, for each section a story."""
    day = datetime(2024, 8, 1, 3, 0, tzinfo=UTC)
    told = [
        ("Tugboats wait for a pilot", "economy", "Ida Holm"),
        ("Two drills share one beach", "military", "Tam O'Dell"),
        ("An envoy comes by ferry", "foreign-relations", "Ida Holm"),
    ]
    return [
        SiteArticle(
            headline=headline,
            dek="Nothing else happened that day",
            authors=(author,),
            sections=(section_named(key),),
            published=day + timedelta(hours=number),
        )
        for number, (headline, key, author) in enumerate(told)
    ]
