"""The running bot: everything started in order, and stopped in the order that loses nothing."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.app.calendar import Calendar
from bot.app.ending import event_set, first, stop_on_signals, unless
from bot.app.menus import menus
from bot.app.parts import Parts, open_parts, wall_clock
from bot.app.schedule import Schedule
from bot.domain.errors import BotRefusedError, ConfigurationError
from bot.services.alerting import AlertLoop
from bot.services.archive import Archive
from bot.services.clock_watch import ClockWatch
from bot.services.disclosing import Disclosures
from bot.services.dispatch import Dispatcher
from bot.services.editing import Editor
from bot.services.estimates import Estimates
from bot.services.keeping import Keeping
from bot.services.letters import Letters
from bot.services.moving import Moves
from bot.services.ports import Clock
from bot.services.reading_list import ReadingList
from bot.services.silences import Silences
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.telling import Herald
from bot.services.timing import TimingService
from bot.services.watch import Watch
from bot.services.why import Explanations
from bot.settings import Settings
from bot.storage.integrity import verify
from bot.storage.lock import held
from bot.telegram.application import PLACES, AnyApplication, build_application
from bot.telegram.handlers import register
from bot.telegram.handlers.services import ChatServices, SiteFacts
from bot.telegram.lane import Lane
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.notifier import TelegramNotifier
from bot.telegram.request import environment_proxy
from bot.telegram.runtime import TelegramBot
from bot.texts.menu import sorry

#: Telegram takes about this many alerts a second from a bot that does not pay.
_FREE_RATE: Final = 30
#: Whoever starts and stops programs often kills what has not ended after ten seconds.
_PATIENCE: Final = timedelta(seconds=5)

log = structlog.get_logger(__name__)


async def run_bot(
    settings: Settings,
    stop: asyncio.Event | None = None,
    on_ready: Callable[[], None] | None = None,
    clock: Clock = wall_clock,
    patience: timedelta = _PATIENCE,
) -> None:
    """Run the bot until `stop` is set; by default, until SIGINT or SIGTERM.

    Then Telegram has so much patience of ours to answer what is in flight. It holds the database
    for itself as a bot; other commands may use it meanwhile.

    Raises ConfigurationError, DatabaseError or BotRefusedError where it cannot run, or not go on.
    """
    stop = stop or stop_on_signals()
    with held(settings.database_url, clock()):
        await asyncio.to_thread(verify, settings.database_url)
        async with open_parts(settings, clock) as parts:
            running = _Running(parts, patience)
            await running.run(stop, on_ready)


class _Running:
    def __init__(self, parts: Parts, patience: timedelta) -> None:
        self._patience = patience.total_seconds()
        settings, site = parts.settings, parts.site
        if settings.bot_token is None:
            raise ConfigurationError("DEKBOT_BOT_TOKEN: is missing; ask @BotFather for a token")
        places = sending_places(settings.send_rate)
        self._subscriptions = Subscriptions(parts.database, parts.clock)
        self._timing = TimingService(parts.database, parts.clock, site.profile.zone)
        self._silences = Silences(parts.database, parts.clock, settings.max_alert_age)
        self._application: AnyApplication = build_application(
            settings.bot_token.get_secret_value(),
            register=lambda application: register(application, self._chat_services(parts)),
            sorry=sorry,
            api_url=settings.telegram_api_url,
            connections=places + PLACES,
            proxy=environment_proxy(settings.telegram_api_url),
        )
        messenger = TelegramMessenger(
            self._application.bot,
            Lane(settings.send_rate),
            paid_broadcast=settings.send_rate > _FREE_RATE,
        )
        self._herald = Herald(parts.database, messenger, parts.clock)
        letters = Letters(site.profile.zone)
        self._dispatcher = Dispatcher(
            parts.database,
            messenger,
            letters,
            parts.clock,
            max_age=settings.max_alert_age,
            places=places,
            retractions=site.profile.retractions,
            on_settled=self._herald.wake,
        )
        self._editor = Editor(
            parts.database,
            messenger,
            letters,
            parts.clock,
            is_busy=lambda: self._dispatcher.is_busy,
        )
        self._alerts = AlertLoop(parts.planner(self._timing), self._dispatcher.wake)
        self._schedule = self._scheduled(parts, letters)
        self._damaged = parts.database.damaged
        self._fatal: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._bot = TelegramBot(
            self._application, menus=menus(site.profile.name), on_fatal=self._fail
        )

    async def run(self, stop: asyncio.Event, on_ready: Callable[[], None] | None) -> None:
        """Run until `stop`, or until Telegram refuses the bot: one event tells why."""
        try:
            await self._run(stop, on_ready)
        except BotRefusedError as error:
            log.error("bot_refused", fault=str(error))  # noqa: TRY400 - it says all there is to say
            raise

    async def _run(self, stop: asyncio.Event, on_ready: Callable[[], None] | None) -> None:
        """Start in order, wait for `stop` or for what ends the bot, and stop in order.

        1. Telegram first: with a wrong token nothing else is begun.
        2. What earlier runs left owed is sent before anything new is read.
        """
        if not await unless(stop, self._bot.start()):
            log.info("stopped")
            return
        work = [
            asyncio.create_task(self._dispatcher.run(), name="dispatch"),
            asyncio.create_task(self._alerts.run(), name="alerts"),
            asyncio.create_task(self._editor.run(), name="edits"),
            asyncio.create_task(self._herald.run(), name="notices"),
        ]
        ends = [asyncio.create_task(event_set(stop)), asyncio.create_task(self._damaged())]
        try:
            self._schedule.start()
            log.info("started")
            if on_ready:
                on_ready()
            await first(*ends, self._fatal, *work)
        finally:
            for end in ends:
                end.cancel()
            await self._stop(work)
            log.info("stopped")

    async def _stop(self, work: list[asyncio.Task[None]]) -> None:
        """Stop reading, then planning, then sending; readers are answered to the last.

        When patience is lost, alerts in flight stay owed and replies are given up, so that the bot
        ends soon even where Telegram is silent.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + self._patience
        await self._schedule.stop()
        self._alerts.stop()
        self._editor.stop()
        self._herald.stop()
        await self._dispatcher.stop()
        _, late = await asyncio.wait(work, timeout=max(until - clock(), 0.0))
        if late:
            self._editor.give_up()
            self._dispatcher.give_up()
            self._herald.give_up()
        await asyncio.gather(*work, return_exceptions=True)
        await self._bot.stop(max(until - clock(), 0.0))

    def _fail(self, error: Exception) -> None:
        if not self._fatal.done():
            self._fatal.set_exception(error)

    def _scheduled(self, parts: Parts, letters: Letters) -> Schedule:
        """Return what is done time and again: reading, turning calendars, telling of trouble."""
        calendar = Calendar(
            ClockWatch(parts.database, parts.clock),
            self._subscriptions,
            self._timing,
            self._silences,
            self._dispatcher.wake,
        )
        watch = Watch(
            parts.database,
            TelegramNotifier(self._application.bot),
            letters,
            parts.clock,
            administrators=parts.settings.admin_ids,
            sources=[(source.url, source.kind) for source in parts.site.sources],
            language=parts.site.profile.language,
        )
        return Schedule(parts.poller(self._alerts.ask), parts.site.sources, calendar, watch)

    def _chat_services(self, parts: Parts) -> ChatServices:
        profile = parts.site.profile
        return ChatServices(
            subscriptions=self._subscriptions,
            archive=Archive(parts.database, profile.zone),
            timing=self._timing,
            searches=parts.searches(),
            why=Explanations(parts.database, parts.searches()),
            stories=Stories(parts.database, parts.clock),
            keeping=Keeping(parts.database, parts.clock),
            silences=self._silences,
            estimates=Estimates(parts.database, parts.clock, profile.zone),
            saved=ReadingList(parts.database, parts.clock),
            disclosures=Disclosures(parts.database, parts.clock),
            moves=Moves(parts.database, parts.clock, self._timing),
            site=SiteFacts(
                name=profile.name, url=profile.url, zone=profile.zone, language=profile.language
            ),
            clock=parts.clock,
            wake=lambda: self._dispatcher.wake(),  # noqa: PLW0108 - it is built later
            tell=lambda: self._herald.wake(),  # noqa: PLW0108 - likewise
        )


def sending_places(rate: float) -> int:
    """Return how many chats are written to at once: two seconds' worth of alerts.

    More would only be claimed earlier, and what is claimed no mute takes back any more.
    """
    return int(min(max(rate * 2, 32), 500))
