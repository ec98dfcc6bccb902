"""What is counted between the bot and Telegram, and what is known of the way there."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from aiohttp import web
from telegram import Bot, CallbackQuery, Chat, InlineQuery, Message, Update, User
from telegram.error import TelegramError

from bot.demo.botapi.server import StandIn
from bot.domain.readiness import Connection
from bot.domain.subscriber import Address, ChatKind
from bot.services.connection_watch import ConnectionWatch
from bot.telegram.lane import Lane
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outage import Outage
from bot.telegram.request import AiohttpRequest
from bot.telegram.timeouts import Timeouts
from bot.telegram.updates import PerChatProcessor
from bot.texts.letter import Letter
from tests.aids.clock import FakeClock
from tests.aids.metered import Metered
from tests.telegram.conftest import MakeBot, Serve, answering
from tests.telegram.echo import TOKEN

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LETTER = Letter(html="News")


@pytest.fixture
def meter() -> Metered:
    return Metered()


@pytest.fixture
def watch(meter: Metered) -> ConnectionWatch:
    return ConnectionWatch(FakeClock(NOON), meter)


async def asked(url: str, watch: ConnectionWatch, *, patience: float = 5.0) -> None:
    """Ask the server at the address for one thing, whatever it says."""
    request = AiohttpRequest(connections=1, timeouts=Timeouts(read=patience), watch=watch)
    async with request:
        with suppress(TelegramError):
            await request.post(f"{url}/bot{TOKEN}/sendMessage")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, '{"ok": true, "result": true}'),
        (400, '{"ok": false, "error_code": 400, "description": "Bad Request: chat not found"}'),
        (429, '{"ok": false, "error_code": 429, "description": "Too Many Requests"}'),
    ],
)
async def test_whatever_telegram_says_is_an_answer(
    serve: Serve, watch: ConnectionWatch, meter: Metered, status: int, body: str
) -> None:
    await asked(await serve(answering(status, body)), watch)

    assert watch.known == Connection(answered_at=NOON)
    assert meter.shows("telegram_requests_total", method="sendMessage", answer=str(status)) == 1


async def test_a_gateway_s_page_silence_and_a_closed_port_are_none(
    serve: Serve, watch: ConnectionWatch, meter: Metered, unused_tcp_port: int
) -> None:
    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.Response()

    await asked(await serve(answering(502, "<html>")), watch)
    await asked(await serve(silent), watch, patience=0.01)
    await asked(f"http://127.0.0.1:{unused_tcp_port}", watch)

    assert watch.known == Connection(failing_since=NOON, failed_at=NOON)
    for answer, times in (("unanswered", 2), ("unreachable", 1)):
        shown = meter.shows("telegram_requests_total", method="sendMessage", answer=answer)
        assert shown == times


def test_a_failure_begins_when_the_first_of_a_row_does_and_ends_with_an_answer(
    meter: Metered,
) -> None:
    clock = FakeClock(NOON)
    watch = ConnectionWatch(clock, meter)
    watch.answered("getUpdates", 200)
    for _ in range(2):
        clock.pass_time(seconds=30)
        watch.failed("getUpdates", "unanswered")
    failing = watch.known
    watch.answered("getUpdates", 200)

    assert failing.answered_at == NOON
    assert failing.failing_since == NOON.replace(second=30)
    assert failing.failed_at == clock()
    assert watch.known == Connection(answered_at=clock())


async def test_a_download_is_counted_without_its_address(
    serve: Serve, watch: ConnectionWatch, meter: Metered
) -> None:
    url = await serve(answering(200, "bytes"))
    async with AiohttpRequest(connections=1, watch=watch) as request:
        await request.retrieve(f"{url}/file/bot{TOKEN}/photos/{TOKEN}")

    assert meter.shows("telegram_requests_total", method="file", answer="200") == 1


class Post:
    """A messenger to the stand-in."""

    def __init__(self, bot: Bot, meter: Metered) -> None:
        self.messenger = TelegramMessenger(bot, Lane(1000), meter=meter)

    async def send(self, chat_id: int, kind: ChatKind = ChatKind.PRIVATE) -> None:
        await self.messenger.send(Address(chat_id=chat_id), kind, LETTER)


@pytest.fixture
async def post(stand_in: StandIn, make_bot: MakeBot, meter: Metered) -> Post:
    return Post(await make_bot(stand_in.url), meter)


async def test_messages_are_counted_by_what_telegram_said(
    stand_in: StandIn, post: Post, meter: Metered
) -> None:
    reader = stand_in.reader("Ada", begun=True)
    for _ in range(2):
        await post.send(reader.chat_id)
    reader.block()
    await post.send(reader.chat_id)

    assert meter.shows("sends_total", outcome="sent") == 2
    assert meter.shows("sends_total", outcome="chat_gone") == 1
    assert meter.shows("send_seconds_count") == 3


async def test_a_429_is_counted_by_what_it_pauses(
    stand_in: StandIn, post: Post, meter: Metered
) -> None:
    reader = stand_in.reader("Ada", begun=True)
    stand_in.faults.on("sendMessage", times=2).too_many(1)
    await post.send(reader.chat_id)
    await post.send(reader.chat_id, ChatKind.SUPERGROUP)
    Outage("updates", meter=meter).throttled(1)

    for pauses in ("alerts", "chat", "updates"):
        assert meter.shows("telegram_throttled_total", pauses=pauses) == 1
    assert meter.shows("sends_total", outcome="throttled") == 2


async def test_an_edit_that_changes_nothing_counts_as_made(
    stand_in: StandIn, post: Post, meter: Metered
) -> None:
    reader = stand_in.reader("Ada", begun=True)
    await post.send(reader.chat_id)
    (message,) = reader.messages
    for letter in (Letter(html="Other news"), Letter(html="Other news")):
        await post.messenger.edit(
            Address(chat_id=reader.chat_id), ChatKind.PRIVATE, message.id, letter
        )

    assert meter.shows("edits_total", outcome="sent") == 2


ADA = User(id=9, first_name="Ada", is_bot=False)


def message(kind: str) -> Message:
    return Message(message_id=1, date=NOON, chat=Chat(id=1, type=kind), from_user=ADA)


@pytest.mark.parametrize(
    ("update", "kind", "answered"),
    [
        (Update(1, message=message("private")), "message", 1),
        # Most of what is said in a group is not for the bot, and passed over at once.
        (Update(1, message=message("supergroup")), "message", 0),
        (Update(1, callback_query=CallbackQuery("1", ADA, "1")), "callback_query", 1),
        (Update(1, inline_query=InlineQuery("1", ADA, "", "")), "inline_query", 1),
        (Update(1, channel_post=message("channel")), "channel_post", None),
        (Update(1, edited_message=message("private")), "other", None),
        ("no update at all", "other", None),
    ],
)
async def test_updates_are_counted_and_those_that_somebody_waits_for_are_clocked(
    meter: Metered, update: object, kind: str, answered: float | None
) -> None:
    async def handle() -> None:
        await asyncio.sleep(0)

    await PerChatProcessor(8, meter).process_update(update, handle())

    assert meter.shows("updates_total", kind=kind) == 1
    assert meter.shows("reply_latency_seconds_count", kind=kind) == answered


async def test_what_is_given_up_when_the_bot_stops_is_not_clocked(meter: Metered) -> None:
    async def handle() -> None:
        await asyncio.sleep(0)

    processor = PerChatProcessor(8, meter)
    processor.close()
    await processor.process_update(Update(1, message=message("private")), handle())

    assert meter.shows("reply_latency_seconds_count", kind="message") == 0
