"""What strangers try: other chats' ids in buttons, and markup in every name."""

from itertools import count

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader
from bot.domain.subscriber import Address, ChatKind
from bot.domain.topic import author, label, section
from bot.services.searches import StandingSearches
from bot.services.subscriptions import Subscriptions
from bot.telegram.handlers import operators
from bot.telegram.handlers.table import PRESSES
from tests.aids.articles import teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import SEOUL, Desk
from tests.telegram.handlers.test_every_command import press, settled

SECRET = "Only Mina knows"
#: What a forger puts behind an action: the id of what is another chat's, in every place.
SHAPES = (
    "{id}", "0:{id}", "{id}:0", "{id}:l", "{id}:f", "{id}:n", "n:{id}", "0:{id}:f", "{id}:f:m",
    "{id}:f:f", "s:0:f:{id}:f", "n:s:{id}", "s:{id}", "{id}:1", "1:{id}", "", "yes", "1", "all",
)  # fmt: skip


@pytest.mark.parametrize("action", sorted({**PRESSES, **operators.PRESSES}))
async def test_no_button_reaches_into_another_chat(desk: Desk, action: str) -> None:
    mina, thief = desk.reader(), desk.reader("Thief")
    await settled(desk, mina)
    chat = await Subscriptions(desk.store, desk.clock).find(Address(chat_id=mina.id))
    assert chat
    searches = StandingSearches(desk.store, desk.clock, SEOUL)
    await searches.save(chat, "crane harbour", SECRET)
    ids = [one.id for one in await searches.every(chat)]
    before = await desk.state(mina.id)
    message = await thief.ask("/settings")

    with capture_logs() as logs:
        for pressed, data in zip(count(1), _forged(action, ids), strict=False):
            desk.clock.pass_time(seconds=2)
            answer = await press(desk, thief, message, data)
            await until(lambda wanted=pressed: len(logs) >= wanted)  # type: ignore[misc]  # a lambda's default has no type
            assert SECRET not in f"{answer}{message.text}{message.markup}", data

    assert {log["log_level"] for log in logs} == {"info"}
    assert await desk.state(mina.id) == before


def _forged(action: str, ids: list[int]) -> list[str]:
    tails = [shape.format(id=one) for shape in SHAPES for one in ids]
    return [f"1:{action}:{tail}".rstrip(":") for tail in dict.fromkeys(tails)]


async def test_buttons_replayed_from_another_chat_do_what_they_say_to_the_chat_itself(
    desk: Desk,
) -> None:
    mina, thief = desk.reader(), desk.reader("Thief")
    await settled(desk, mina)
    before = await desk.state(mina.id)
    replayed = [
        str(button["callback_data"])
        for asked in ("/settings", "/following", "/alerts", "/sections", "/stop", "/pause 3d")
        for button in (await mina.ask(asked)).buttons
        if "callback_data" in button
    ]
    await mina.ask("/resume")
    message = await thief.ask("/settings")

    for data in replayed:
        desk.clock.pass_time(seconds=2)
        await press(desk, thief, message, data)

    assert len(replayed) > 20
    assert await desk.state(mina.id) == before


MARKUP = (
    "<b>bold</b>", "</b>", "<script>alert(1)</script>", "&lt;b&gt;", "a & b", '"quoted"',
    "*bold* _it_ `code` [x](tg://user?id=1)", "{name} {0} %s", "<a href='tg://user?id=1'>x</a>",
)  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
async def test_markup_in_a_name_is_text(desk: Desk, name: str) -> None:
    """The stand-in refuses broken markup as Telegram does, and the desk sees that none was sent."""
    topics = [section(f"{name} desk"), author(f"{name} writer"), label(f"{name} badge")]
    await desk.publish("odd", sections=topics[:1], authors=topics[1:2], labels=topics[2:])
    ada = desk.reader(f"{name} Ada")
    group = desk.server.world.supergroup(f"{name} group", admins=[ada.person])

    for here in (ada, ada.in_chat(group)):
        await here.ask("/start")
        for topic in topics:
            assert topic.name in (await here.ask(f"/follow {topic.name}")).text
        assert topics[0].name in (await here.ask("/following")).text
        await here.ask("/sections")


@pytest.mark.parametrize("name", MARKUP)
async def test_markup_in_the_name_of_a_search_is_text(desk: Desk, name: str) -> None:
    mina = desk.reader()
    await mina.ask("/start")
    chat = await Subscriptions(desk.store, desk.clock).arrive(
        Address(chat_id=mina.id), ChatKind.PRIVATE, "en"
    )
    await StandingSearches(desk.store, desk.clock, SEOUL).save(chat, "crane", name)
    await _alerted(desk, mina)

    assert name in (await mina.ask("/alerts")).text


async def _alerted(desk: Desk, mina: Reader) -> None:
    article = teaser("odd", headline="A crane called <i>Anna</i> & Co", published=desk.clock())
    await desk.deliver(article)
    assert "<i>Anna</i> & Co" in (await mina.next_message()).text
