"""Alerts on their way to a Bot API."""

import asyncio
from dataclasses import dataclass

import pytest
from aiohttp import web
from telegram import Bot

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.server import StandIn
from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Sent,
    Silenced,
    Throttled,
    Unanswered,
    Unreachable,
)
from bot.domain.silence import Silence
from bot.domain.subscriber import Address, ChatKind
from bot.services.ports import Messenger
from bot.telegram.lane import Lane
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.outcomes import TOKEN_REFUSED
from bot.texts.letter import Button, Call, Letter, Preview
from tests.telegram.conftest import FakeTime, MakeBot, Serve
from tests.telegram.echo import TOKEN

PRIVATE, GROUP = ChatKind.PRIVATE, ChatKind.SUPERGROUP
LETTER = Letter(html="<b>News</b> &amp; more")


@dataclass
class Post:
    """A messenger, and the time its lane lives in."""

    messenger: Messenger
    time: FakeTime

    @classmethod
    def of(cls, bot: Bot, time: FakeTime, *, paid: bool = False) -> "Post":
        lane = Lane(28, clock=time, sleep=time.sleep)
        return cls(TelegramMessenger(bot, lane, paid_broadcast=paid), time)

    async def send(
        self, chat_id: int, letter: Letter = LETTER, kind: ChatKind = PRIVATE, thread_id: int = 0
    ) -> Outcome:
        address = Address(chat_id=chat_id, thread_id=thread_id)
        return await self.messenger.send(address, kind, letter)

    async def waits(self, chat_id: int, kind: ChatKind = PRIVATE) -> float:
        """Return how many seconds the chat's next turn is away."""
        began = self.time.now
        given: list[float] = []

        async def turn() -> None:
            await self.messenger.turn(Address(chat_id=chat_id), kind)
            given.append(self.time.now - began)

        task = asyncio.create_task(turn())
        while not given:
            await self.time.run_until(self.time.now + 0.25)
        await task
        return given[0]


@pytest.fixture
async def post(stand_in: StandIn, make_bot: MakeBot, fake_time: FakeTime) -> Post:
    return Post.of(await make_bot(stand_in.url), fake_time)


async def test_a_letter_arrives_with_everything_it_says(stand_in: StandIn, post: Post) -> None:
    reader = stand_in.reader("Ada", begun=True)
    letter = Letter(
        html='<a href="https://site.example/a">Headline</a>',
        rows=((Button(text="Mute", call=Call(action="mute", arguments=(7,))),),),
        preview=Preview.LARGE,
        preview_url="https://site.example/a",
        silent=True,
    )
    outcome = await post.send(reader.chat_id, letter)

    message = reader.last
    assert outcome == Sent(message.id)
    assert message.text == "Headline"
    assert message.silent
    assert message.buttons[0]["callback_data"] == "1:mute:7"
    assert message.preview == {"prefer_large_media": True, "url": "https://site.example/a"}
    assert stand_in.violations == []


@pytest.mark.parametrize(
    ("letter", "options"),
    [
        (Letter(html="a"), {"is_disabled": True}),
        (Letter(html="a", preview=Preview.SMALL), {"prefer_small_media": True}),
        (
            Letter(html="a", preview=Preview.NONE, preview_url="https://a.example"),
            {"is_disabled": True},
        ),
    ],
)
async def test_the_preview_is_as_chosen(
    letter: Letter, options: dict[str, object], stand_in: StandIn, post: Post
) -> None:
    reader = stand_in.reader("Ada", begun=True)
    await post.send(reader.chat_id, letter)

    (call,) = stand_in.calls
    assert call.method == "sendMessage"
    assert call.parameters == {
        "chat_id": reader.chat_id,
        "text": "a",
        "parse_mode": "HTML",
        "link_preview_options": options,
    }


async def test_topics_and_paid_broadcasts_are_asked_for(
    stand_in: StandIn, make_bot: MakeBot, fake_time: FakeTime
) -> None:
    post = Post.of(await make_bot(stand_in.url), fake_time, paid=True)
    await post.send(-100, kind=GROUP, thread_id=5)

    (call,) = stand_in.calls
    assert call.parameters["message_thread_id"] == 5
    assert call.parameters["allow_paid_broadcast"] is True


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        (Refusal.forbidden("bot was blocked by the user"), ChatGone("bot was blocked by the user")),
        (Refusal.bad_request("Chat not found"), ChatGone("Chat not found")),
        (Refusal.bad_request("TOPIC_CLOSED"), Silenced("Topic_closed", Silence.CLOSED)),
        (Refusal.bad_request("message is too long"), Refused("Message is too long")),
        (
            Refusal.bad_request("group chat was upgraded", migrate_to_chat_id=-1009),
            ChatMoved(-1009),
        ),
        (Refusal.too_many(3), Throttled(3.0)),
        (Refusal(401), BotRefused(TOKEN_REFUSED)),
    ],
)
async def test_refusals_become_outcomes(
    refusal: Refusal, outcome: Outcome, stand_in: StandIn, post: Post
) -> None:
    reader = stand_in.reader("Ada", begun=True)
    stand_in.faults.on("sendMessage").refuse(refusal)

    assert await post.send(reader.chat_id) == outcome
    assert isinstance(await post.send(reader.chat_id), Sent)


async def test_a_token_revoked_while_running_is_told(
    stand_in: StandIn, make_bot: MakeBot, fake_time: FakeTime
) -> None:
    bot = await make_bot(stand_in.url)
    await bot.initialize()
    stand_in.faults.on("sendMessage").refuse(Refusal(401))

    assert isinstance(await Post.of(bot, fake_time).send(1), BotRefused)


async def test_faults_on_the_way_are_ambiguous_where_the_request_went_out(
    stand_in: StandIn, post: Post
) -> None:
    chat = stand_in.reader("Ada", begun=True).chat_id
    stand_in.faults.on("sendMessage").status(502)
    stand_in.faults.on("sendMessage").reset_before_reading()
    stand_in.faults.on("sendMessage").reset_after_taking()
    stand_in.faults.on("sendMessage").truncated_json()
    outcomes = [await post.send(chat) for _ in range(5)]

    assert [type(one) for one in outcomes] == [Unanswered] * 4 + [Sent]


async def test_no_connection_is_not_ambiguous(
    stand_in: StandIn, make_bot: MakeBot, fake_time: FakeTime
) -> None:
    post = Post.of(await make_bot("http://127.0.0.1:1"), fake_time)

    assert isinstance(await post.send(1), Unreachable)


async def test_an_answer_nobody_thought_of_is_an_outcome_too(
    serve: Serve, make_bot: MakeBot, fake_time: FakeTime
) -> None:
    async def handle(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": []})

    post = Post.of(await make_bot(await serve(handle)), fake_time)

    assert await post.send(1) == Unanswered("TypeError")


async def test_a_429_pauses_what_it_concerns(stand_in: StandIn, post: Post) -> None:
    stand_in.faults.on("sendMessage", chat_id=-100).too_many(20)
    stand_in.faults.on("sendMessage", chat_id=1).too_many(40)
    await post.send(-100, kind=GROUP)

    assert await post.waits(2) < 0.1
    assert await post.waits(-100, GROUP) == pytest.approx(20, abs=0.6)
    await post.send(1)
    assert await post.waits(3) == pytest.approx(40, abs=0.6)


async def test_an_outage_pauses_the_lane_ever_longer_until_an_answer(
    stand_in: StandIn, post: Post
) -> None:
    chat = stand_in.reader("Ada", begun=True).chat_id
    stand_in.faults.on("sendMessage", times=7).status(502)
    pauses = []
    for other in range(7):
        await post.send(chat)
        pauses.append(round(await post.waits(1_000 + other)))
    await post.send(chat)
    after = await post.waits(2_000)

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert after < 0.1


async def test_failures_at_the_same_time_count_once(stand_in: StandIn, post: Post) -> None:
    stand_in.faults.on("sendMessage", times=None).status(502)
    await asyncio.gather(*(post.send(chat) for chat in range(1, 9)))

    assert round(await post.waits(100)) == 1


async def test_the_token_is_in_no_outcome(make_bot: MakeBot, fake_time: FakeTime) -> None:
    post = Post.of(await make_bot("http://no-such-host.invalid"), fake_time)

    assert TOKEN not in str(await post.send(1))
