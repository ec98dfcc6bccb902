"""Joins the ports to the adapters: everything that a running bot is made of, in one place."""

import asyncio
from typing import Final

from bot import __version__
from bot.app.broadcasts import BroadcastDesk
from bot.app.calendar import Calendar
from bot.app.hubs import HubSide
from bot.app.lookout import Lookout
from bot.app.menus import administrators_languages, menus
from bot.app.parts import Parts
from bot.app.publishing import announcements_of
from bot.app.receiving import webhook_of
from bot.app.schedule import KEEPS, Schedule
from bot.app.upkeep import upkeep_of
from bot.charts.process import ChartProcess
from bot.domain.errors import ConfigurationError
from bot.services.administration import Administration
from bot.services.administrators import Administrators
from bot.services.alerting import AlertLoop
from bot.services.archive import Archive
from bot.services.clock_watch import ClockWatch
from bot.services.connection_watch import ConnectionWatch
from bot.services.disclosing import Disclosures
from bot.services.dispatch import Dispatcher
from bot.services.editing import Editor
from bot.services.estimates import Estimates
from bot.services.keeping import Keeping
from bot.services.letters import Letters
from bot.services.moving import Moves
from bot.services.ports import Messenger
from bot.services.reading_list import ReadingList
from bot.services.silences import Silences
from bot.services.source_control import SourceControl
from bot.services.stories import Stories
from bot.services.subscriptions import Subscriptions
from bot.services.telling import Herald
from bot.services.timing import TimingService
from bot.services.watch import Watch
from bot.services.why import Explanations
from bot.telegram.application import PLACES, AnyApplication, build_application
from bot.telegram.handlers import register
from bot.telegram.handlers.services import ChatServices, SiteFacts
from bot.telegram.lane import Lane
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.request import environment_proxy
from bot.telegram.runtime import TelegramBot
from bot.telegram.webhook import Webhook
from bot.texts.menu import sorry
from bot.web.meter import PrometheusMeter
from bot.web.server import WebServer

#: Telegram takes about this many alerts a second from a bot that does not pay.
_FREE_RATE: Final = 30


class Assembly:
    """Built in one go; nothing of it works before it is started."""

    def __init__(self, parts: Parts, metrics: PrometheusMeter) -> None:
        """`metrics` is the meter of these parts."""
        settings, site, meter = parts.settings, parts.site, parts.meter
        places = sending_places(settings.send_rate)
        self._subscriptions = Subscriptions(parts.database, parts.clock)
        self._timing = TimingService(parts.database, parts.clock, site.profile.zone)
        self._silences = Silences(parts.database, parts.clock, settings.max_alert_age)
        self.broadcasts = BroadcastDesk(parts, places)
        connection = ConnectionWatch(parts.clock, meter)
        self._application = self._talking(parts, connection, places)
        messenger = TelegramMessenger(
            self._application.bot,
            Lane(settings.send_rate),
            paid_broadcast=settings.send_rate > _FREE_RATE,
            meter=meter,
        )
        self.herald = Herald(parts.database, messenger, parts.clock)
        self.broadcasts.open(messenger)
        letters = Letters(site.profile.zone)
        self.dispatcher = Dispatcher(
            parts.database,
            messenger,
            letters,
            parts.clock,
            max_age=settings.max_alert_age,
            places=places,
            retractions=site.profile.retractions,
            on_settled=self.herald.wake,
            meter=meter,
        )
        self.editor = Editor(
            parts.database,
            messenger,
            letters,
            parts.clock,
            is_busy=lambda: self.dispatcher.is_busy,
        )
        self.alerts = AlertLoop(parts.planner(self._timing), self.dispatcher.wake)
        self.hubs = HubSide(parts, lambda: self.schedule)
        self.schedule = self._scheduled(parts, messenger, letters)
        self.lookout = Lookout(
            parts,
            metrics,
            connection=lambda: connection.known,
            sent_at=lambda: self.dispatcher.sent_at,
        )
        webhook, webhook_routes = webhook_of(settings, self._application, meter)
        self.announcements, hook_routes = announcements_of(parts, lambda: self.schedule)
        routes = [*self.lookout.routes, *webhook_routes, *self.hubs.routes, *hook_routes]
        self.web = WebServer(settings.web_host, settings.web_port, routes)
        self.damaged = parts.database.damaged
        self.fatal: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.bot = self._receiving(parts, webhook)

    def _fail(self, error: Exception) -> None:
        if not self.fatal.done():
            self.fatal.set_exception(error)

    def _talking(self, parts: Parts, connection: ConnectionWatch, places: int) -> AnyApplication:
        """Return what answers readers, and what every request to Telegram goes through."""
        settings = parts.settings
        if settings.bot_token is None:
            raise ConfigurationError("DEKBOT_BOT_TOKEN: is missing; ask @BotFather for a token")
        return build_application(
            settings.bot_token.get_secret_value(),
            register=lambda application: register(application, self._chat_services(parts)),
            sorry=sorry,
            api_url=settings.telegram_api_url,
            connections=places + self.broadcasts.places + PLACES,
            proxy=environment_proxy(settings.telegram_api_url),
            watch=connection,
            meter=parts.meter,
        )

    def _receiving(self, parts: Parts, webhook: Webhook | None) -> TelegramBot:
        return TelegramBot(
            self._application,
            menus=menus(parts.site.profile.name),
            on_fatal=self._fail,
            receiver=webhook,
            administrators=lambda: administrators_languages(
                parts.database, parts.settings.admin_ids
            ),
            meter=parts.meter,
        )

    def _scheduled(self, parts: Parts, messenger: Messenger, letters: Letters) -> Schedule:
        """Return what is done time and again: reading, turning calendars, telling of trouble."""
        calendar = Calendar(
            ClockWatch(parts.database, parts.clock),
            self._subscriptions,
            self._timing,
            self._silences,
            self.dispatcher.wake,
        )
        administrators = Administrators(
            parts.database,
            messenger,
            letters,
            chat_ids=parts.settings.admin_ids,
            language=parts.site.profile.language,
        )
        watch = Watch(
            parts.database,
            administrators,
            parts.clock,
            [(source.url, source.kind) for source in parts.site.sources],
        )
        upkeep = upkeep_of(parts, administrators, self.hubs.keeper)
        poller = parts.poller(self.alerts.ask, KEEPS)
        sources, rhythms = parts.site.sources, parts.rhythms()
        return Schedule(
            poller, sources, calendar, watch, upkeep, rhythms=rhythms, clock=parts.clock
        )

    def _chat_services(self, parts: Parts) -> ChatServices:
        profile = parts.site.profile
        sources = [(source.url, source.kind) for source in parts.site.sources]
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
            administration=Administration(
                parts.database,
                parts.clock,
                administrators=parts.settings.admin_ids,
                sources=sources,
                version=__version__,
            ),
            sources=SourceControl(parts.database, parts.clock, sources, lambda: self.schedule),
            charts=ChartProcess(),
            broadcasts=self.broadcasts.service,
            site=SiteFacts(
                name=profile.name, url=profile.url, zone=profile.zone, language=profile.language
            ),
            clock=parts.clock,
            wake=lambda: self.dispatcher.wake(),  # noqa: PLW0108 - it is built later
            tell=lambda: self.herald.wake(),  # noqa: PLW0108 - likewise
        )


def sending_places(rate: float) -> int:
    """Return how many chats are written to at once: two seconds' worth of alerts.

    More would only be claimed earlier, and what is claimed no mute takes back any more.
    """
    return int(min(max(rate * 2, 32), 500))
