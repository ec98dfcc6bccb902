"""Receiving updates and starting, which meet all faults of a family one after another."""

from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import FAULTS, Family, Fault
from tests.aids.faults.deliveries import Played
from tests.aids.faults.log import Log
from tests.aids.faults.row import Happened
from tests.aids.play import PATIENCE, Play
from tests.aids.servers import free_port
from tests.aids.waiting import until

#: Menus that are set at each start: of everybody, and of each language.
_MENUS = 2


async def updates(play: Play, audience: Audience, family: Family) -> Played:
    played: Played = []
    for fault in FAULTS[family]:
        log = Log(play)
        put = fault.put(play.server.faults.on("getUpdates"), -1)
        reader = audience.reader()
        await reader.ask("/help", timeout=PATIENCE)  # ends the poll that waits
        await until(lambda put=put: put.hits == 1, seconds=PATIENCE)  # type: ignore[misc] # mypy does not know the type of a default
        await reader.ask("/help", timeout=PATIENCE)
        played.append((fault, Happened(events=log.of("updates"), pauses=log.pauses)))
    return played or [await _nobody_listens(play, audience)]


async def start(play: Play, audience: Audience, family: Family) -> Played:
    await play.stop()
    log = Log(play)
    for fault in FAULTS[family]:
        fault.put(play.server.faults.on("getMe"), -1)
    if family is Family.UNREACHABLE:
        await play.server.refuse_calls()
    await play.start()
    if family is Family.UNREACHABLE:
        await play.server.take_calls()
    await audience.reader().ask("/help", timeout=PATIENCE)
    events = log.of("start", also=["telegram_connected"])
    return [(_all_of(family), Happened(events=events, pauses=log.pauses))]


async def webhook(play: Play, audience: Audience, family: Family) -> Played:
    """Have Telegram bring updates for as long as the row lasts."""
    polling, port = play.settings, free_port()
    address = f"http://127.0.0.1:{port}/telegram"
    await play.stop()
    play.settings = polling.model_copy(update={"webhook_url": address, "web_port": port})
    log = Log(play)
    for fault in FAULTS[family]:
        fault.put(play.server.faults.on("setWebhook"), -1)
    try:
        await play.start()
        await play.logged("webhook_set", url=address)
        await audience.reader().ask("/help", timeout=PATIENCE)
        events = log.of("webhook", also=["webhook_set"])
    finally:
        await play.stop()
        play.settings = polling
        await play.start()
    return [(_all_of(family), Happened(events=events, pauses=log.pauses))]


async def menu(play: Play, audience: Audience, family: Family) -> Played:
    """As many faults as there are menus: the bot tells no two of them apart."""
    await play.stop()
    log = Log(play)
    for fault in FAULTS[family][:_MENUS]:
        fault.put(play.server.faults.on("setMyCommands"), -1)
    await play.start()
    await audience.reader().ask("/help", timeout=PATIENCE)
    expected = len(FAULTS[family][:_MENUS])
    await until(lambda: len(play_events(log)) == expected, seconds=PATIENCE)
    events = tuple(dict.fromkeys(play_events(log)))
    return [(_all_of(family), Happened(events=events, pauses=log.pauses))]


def play_events(log: Log) -> tuple[str, ...]:
    return log.of(also=["menu_not_set"])


async def _nobody_listens(play: Play, audience: Audience) -> tuple[Fault, Happened]:
    log = Log(play)
    await play.server.refuse_calls()
    await until(lambda: bool(log.of("updates")), seconds=PATIENCE)
    await play.server.take_calls()
    await audience.reader().ask("/help", timeout=PATIENCE)
    return _all_of(Family.UNREACHABLE), Happened(events=log.of("updates"), pauses=log.pauses)


def _all_of(family: Family) -> Fault:
    return Fault(name=family.name.lower(), put=lambda on, _new: on.delay(0))
