"""The running bot: everything started in order, and stopped in the order that loses nothing."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from bot import __version__
from bot.app.assembly import Assembly
from bot.app.ending import event_set, first, stop_on_signals, unless
from bot.app.parts import open_parts, wall_clock
from bot.domain.errors import BotRefusedError
from bot.services.ports import Clock
from bot.settings import Settings
from bot.storage.integrity import verify
from bot.storage.lock import held
from bot.web.meter import PrometheusMeter

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
        metrics = PrometheusMeter(__version__)
        async with open_parts(settings, clock, metrics) as parts:
            running = _Running(Assembly(parts, metrics), patience)
            await running.run(stop, on_ready)


class _Running:
    def __init__(self, made: Assembly, patience: timedelta) -> None:
        self._patience = patience.total_seconds()
        self._made = made

    async def run(self, stop: asyncio.Event, on_ready: Callable[[], None] | None) -> None:
        """Run until `stop`, or until Telegram refuses the bot: one event tells why."""
        try:
            await self._made.web.start()
            await self._run(stop, on_ready)
        except BotRefusedError as error:
            log.error("bot_refused", fault=str(error))  # noqa: TRY400 - it says all there is to say
            raise
        finally:
            await self._made.web.stop()
            await self._made.lookout.close()

    async def _run(self, stop: asyncio.Event, on_ready: Callable[[], None] | None) -> None:
        """Start in order, wait for `stop` or for what ends the bot, and stop in order.

        1. Telegram first: with a wrong token nothing else is begun.
        2. What earlier runs left owed is sent before anything new is read.
        """
        if not await unless(stop, self._made.bot.start()):
            log.info("stopped")
            return
        work = [
            asyncio.create_task(self._made.dispatcher.run(), name="dispatch"),
            asyncio.create_task(self._made.alerts.run(), name="alerts"),
            asyncio.create_task(self._made.editor.run(), name="edits"),
            asyncio.create_task(self._made.herald.run(), name="notices"),
            *self._made.broadcasts.work(),
        ]
        ends = [asyncio.create_task(event_set(stop)), asyncio.create_task(self._made.damaged())]
        try:
            self._made.schedule.start()
            self._made.announcements.open()
            log.info("started")
            if on_ready:
                on_ready()
            await first(*ends, self._made.fatal, *work)
        finally:
            for end in ends:
                end.cancel()
            await self._stop(work)
            log.info("stopped")

    async def _stop(self, work: list[asyncio.Task[None]]) -> None:
        """Stop reading, then planning, then sending; readers are answered to the last.

        Only what is brought by webhook is left to Telegram from the beginning.

        When patience is lost, alerts in flight stay owed and replies are given up, so that the bot
        ends soon even where Telegram is silent.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + self._patience
        self._made.bot.begin_stop()
        await self._made.hubs.stop()
        await self._made.announcements.stop()
        await self._made.schedule.stop()
        self._made.alerts.stop()
        self._made.editor.stop()
        self._made.herald.stop()
        await self._made.broadcasts.stop()
        await self._made.dispatcher.stop()
        _, late = await asyncio.wait(work, timeout=max(until - clock(), 0.0))
        if late:
            self._made.editor.give_up()
            self._made.dispatcher.give_up()
            self._made.herald.give_up()
            self._made.broadcasts.give_up()
        await asyncio.gather(*work, return_exceptions=True)
        await self._made.bot.stop(max(until - clock(), 0.0))
