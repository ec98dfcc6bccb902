"""/channel: a channel is found, checked, and set up from a private chat."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Reader, Room, Standing
from bot.demo.botapi.errors import Refusal
from bot.domain.silence import Silence
from bot.domain.subscriber import Standing as Of
from tests.aids.articles import teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import Desk, tap


@pytest.fixture
def wire(desk: Desk, ada: Reader) -> Room:
    return desk.server.world.channel("The wire", admins=[ada.person], username="wire")


async def test_how_it_is_done_is_explained(ada: Reader) -> None:
    reply = await ada.ask("/channel")

    assert "Add me, @dekbot, to your channel as an administrator" in reply.text
    (button,) = reply.buttons
    assert button["url"] == "https://t.me/dekbot?startchannel&admin=post_messages"


@pytest.mark.parametrize(
    "typed",
    ["@wire", "wire", "@WIRE", "https://t.me/wire", "t.me/wire/17", "<https://t.me/s/wire?q=a>"],
)
async def test_a_channel_is_named_in_any_way(
    desk: Desk, ada: Reader, wire: Room, typed: str
) -> None:
    reply = await ada.ask(f"/channel {typed}")

    assert reply.text.startswith("You are now setting up @wire.")
    found = await desk.subscriber(wire.id)
    assert found
    assert (found.keeper_id, found.title) == (ada.id, "@wire")


async def test_a_private_channel_is_named_by_its_id_or_a_posts_address(
    desk: Desk, ada: Reader
) -> None:
    room = desk.server.world.channel("Inner wire", admins=[ada.person])
    bare = str(room.id).removeprefix("-100")

    by_id = await ada.ask(f"/channel {room.id}")
    by_post = await ada.ask(f"/channel https://t.me/c/{bare}/7")

    assert by_id.text.startswith("You are now setting up Inner wire.")
    assert by_post.text.startswith("You are now setting up Inner wire.")


HINDRANCES: dict[str, tuple[Callable[[Desk, Reader, Room], object], str]] = {
    "misspelt": (lambda _desk, _ada, wire: setattr(wire, "username", "wires"), "I find no channel"),
    "not inside": (
        lambda desk, _ada, wire: wire.standings.update({desk.server.world.bot.id: Standing.LEFT}),
        "I am not an administrator of @wire. Add me, @dekbot,",
    ),
    "only a member": (
        lambda desk, _ada, wire: wire.standings.update({desk.server.world.bot.id: Standing.MEMBER}),
        "I am not an administrator of @wire.",
    ),
    "thrown out": (
        lambda desk, _ada, wire: wire.standings.update({desk.server.world.bot.id: Standing.KICKED}),
        "I am not an administrator of @wire.",
    ),
    "without the right": (
        lambda _desk, _ada, wire: setattr(wire, "bot_may_post", False),
        "I am an administrator of @wire, but may not post there.",
    ),
    "another's": (
        lambda _desk, ada, wire: wire.standings.update({ada.id: Standing.MEMBER}),
        "Only @wire's administrators can set it up",
    ),
    "a stranger's": (
        lambda _desk, ada, wire: wire.standings.pop(ada.id),
        "Only @wire's administrators can set it up",
    ),
    "a group": (
        lambda _desk, _ada, wire: setattr(wire, "type", "supergroup"),
        "@wire is not a channel. In a group, write /sections in the group itself",
    ),
}


@pytest.mark.parametrize("hindrance", HINDRANCES)
async def test_what_is_in_the_way_is_told_with_what_to_do(
    desk: Desk, ada: Reader, wire: Room, hindrance: str
) -> None:
    arrange, told = HINDRANCES[hindrance]
    arrange(desk, ada, wire)

    reply = await ada.ask("/channel @wire")

    assert reply.text.startswith(told)
    assert await desk.subscriber(wire.id) is None
    assert (await ada.ask("/following")).text.startswith("You follow nothing")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("foreign relations", "I do not understand which channel you mean."),
        ("@ab", "I do not understand which channel you mean."),
        ("https://example.org/wire", "I do not understand which channel you mean."),
        ("-5", "I do not understand which channel you mean."),
        ("x" * 4000, "I do not understand which channel you mean."),
        ("\ub0b4\uc77c", "I do not understand which channel you mean."),
        ("https://t.me/+abcDEF", "That is an invitation"),
        ("t.me/joinchat/abcDEF", "That is an invitation"),
        ("-1009999999999", "I find no channel -1009999999999."),
        ("@Ada_private", "I find no channel @Ada_private."),
    ],
)
async def test_what_names_no_channel_is_explained(ada: Reader, typed: str, told: str) -> None:
    assert (await ada.ask(f"/channel {typed}")).text.startswith(told)


async def test_in_a_group_channels_are_not_set_up(desk: Desk, ada: Reader, wire: Room) -> None:
    group = desk.server.world.supergroup("Desk", admins=[ada.person])

    replies = [await ada.in_chat(group).ask(text) for text in ("/channel @wire", "/done")]

    assert replies[0].text.startswith("Channels are set up in a private chat with me.")
    assert replies[1].text.startswith("You are not setting up a channel.")
    assert wire.id not in desk.server.world.conversations.sent_to


async def test_whoever_adds_the_bot_is_offered_to_set_the_channel_up(
    desk: Desk, ada: Reader
) -> None:
    room = desk.server.world.channel("Inner wire", admins=[ada.person], bot=Standing.LEFT)

    desk.server.world.memberships.promote_bot(room.id, by=ada.id)
    offer = await ada.next_message()
    offered = offer.text
    await tap(ada, "Set it up", offer)

    assert offered.startswith("I am now an administrator of Inner wire. Nothing is posted there")
    assert offer.text.startswith("You are now setting up Inner wire.")
    assert desk.server.world.conversations.sent_to[room.id] == []


async def test_a_bot_that_is_added_without_the_right_to_post_says_so(
    desk: Desk, ada: Reader
) -> None:
    room = desk.server.world.channel("Inner wire", admins=[ada.person], bot=Standing.LEFT)
    room.bot_may_post = False

    desk.server.world.memberships.promote_bot(room.id, by=ada.id)
    offer = await ada.next_message()
    await tap(ada, "Set it up", offer)

    assert offer.text.startswith("I am an administrator of Inner wire, but may not post there.")
    found = await desk.subscriber(room.id)
    assert found
    assert found.silence is Silence.NO_RIGHT
    assert len(ada.messages) == 2


async def test_a_stranger_who_adds_the_bot_cannot_be_told_and_that_is_no_fault(
    desk: Desk,
) -> None:
    bo = desk.reader("Bo")
    room = desk.server.world.channel("Inner wire", admins=[bo.person], bot=Standing.LEFT)

    with capture_logs() as logs:
        desk.server.world.memberships.promote_bot(room.id, by=bo.id)
        await until(lambda: bool(logs))

    assert [(log["log_level"], log["outcome"]) for log in logs] == [("info", "undelivered")]


async def test_channels_that_were_set_up_are_listed_and_opened_by_a_tap(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    inner = desk.server.world.channel("Inner wire " * 9, admins=[ada.person])
    for room in (wire, inner):
        await ada.ask(f"/channel {room.id}")
    await ada.ask("/done")

    listed = await ada.ask("/channel")
    await tap(ada, "@wire", listed)

    assert listed.text.startswith("You are now setting up @wire.")
    assert all(len(label) <= 30 for label in listed.labels)


async def test_a_channel_of_which_the_reader_is_no_administrator_any_more_stays_closed(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    await ada.ask("/channel @wire")
    await ada.ask("/done")
    listed = await ada.ask("/channel")
    wire.standings[ada.id] = Standing.MEMBER

    await tap(ada, "@wire", listed)

    assert listed.text.startswith("Only @wire's administrators can set it up")


async def test_a_channel_that_throws_the_bot_out_and_takes_it_back_goes_on(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    await ada.ask("/channel @wire")
    await ada.ask("/follow economy")
    memberships = desk.server.world.memberships
    ada.skip()
    memberships.remove_bot(wire.id, by=ada.id)
    removed = await ada.next_message()
    found = await desk.subscriber(wire.id)
    assert found
    assert found.standing is Of.RETIRED

    memberships.promote_bot(wire.id, by=ada.id)
    offer = await ada.next_message()
    await desk.deliver(teaser("ships", headline="Ships wait"))

    assert removed.text.startswith("I am no longer in @wire")
    assert "It follows 1 topic already." in offer.text
    (post,) = desk.server.world.conversations.sent_to[wire.id]
    assert "Ships wait" in post.text


async def test_a_channel_that_takes_the_right_to_post_is_held_until_it_is_back(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    await ada.ask("/channel @wire")
    await ada.ask("/follow economy")
    memberships = desk.server.world.memberships
    ada.skip()
    memberships.silence_bot(wire.id, by=ada.id)
    notice = await ada.next_message()

    await desk.deliver(teaser("ships", headline="Ships wait"))
    settings = await ada.ask("/settings")
    posts = desk.server.world.conversations.sent_to[wire.id]
    assert posts == []
    memberships.let_bot_write(wire.id, by=ada.id)
    await until(lambda: bool(desk.woken))
    await desk.send_due()

    assert notice.text.startswith("I may no longer post in @wire.")
    assert "I may not write here: alerts wait until I may" in settings.text
    assert "Ships wait" in posts[-1].text


async def test_what_grew_old_is_offered_in_private_and_comes_in_the_channel(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    await ada.ask("/channel @wire")
    await ada.ask("/follow economy")
    await ada.ask("/done")
    memberships = desk.server.world.memberships
    memberships.silence_bot(wire.id, by=ada.id)
    await desk.deliver(teaser("ships", headline="Ships wait"))
    desk.clock.pass_time(days=9)
    ada.skip()
    memberships.let_bot_write(wire.id, by=ada.id)
    offer = await ada.next_message()
    while "older" not in offer.text:
        offer = await ada.next_message()
    offered = offer.text

    await tap(ada, "Send it", offer)
    await desk.send_due()

    assert offered == "I can write in @wire again. 1 older article came meanwhile."
    (post,) = desk.server.world.conversations.sent_to[wire.id]
    assert "Ships wait" in post.text


async def test_where_members_are_hidden_the_list_of_administrators_tells(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    refusal = Refusal.bad_request("member list is inaccessible")
    desk.server.faults.on("getChatMember", times=None).refuse(refusal)

    assert (await ada.ask("/channel @wire")).text.startswith("You are now setting up @wire.")


async def test_what_is_posted_in_a_channel_is_passed_over(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    """Whoever reads a channel shall not read its set-up; the log tells that somebody tried."""
    with capture_logs() as logs:
        desk.server.world.say(ada.id, wire.id, "Good morning")
        desk.server.world.say(ada.id, wire.id, "/follow economy")
        await until(lambda: bool(logs))

    assert [(log["command"], log["outcome"]) for log in logs] == [("follow", "posted in a channel")]
    assert desk.server.world.conversations.sent_to[wire.id] == []
    assert await desk.subscriber(wire.id) is None


async def test_a_post_that_telegram_passes_on_to_the_discussion_is_no_question(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    group = desk.server.world.supergroup("Discussion", admins=[ada.person])
    told = {
        "message_id": 900,
        "date": 1_772_600_000,
        "chat": group.as_chat(),
        "from": {"id": 777_000, "is_bot": False, "first_name": "Telegram"},
        "sender_chat": wire.as_chat(),
        "is_automatic_forward": True,
    }
    desk.server.world.updates.add("message", {**told, "text": "/follow economy"})

    await ada.in_chat(group).ask("/help")

    assert len(desk.server.world.conversations.sent_to[group.id]) == 1
