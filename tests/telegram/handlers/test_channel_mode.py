"""While a channel is set up, the private chat's commands are meant for the channel."""

import asyncio
from datetime import timedelta

import pytest

from bot.demo.botapi import Reader, Room, Standing
from bot.domain.urgency import Urgency
from bot.telegram.handlers.table import COMMANDS
from tests.aids.articles import teaser
from tests.telegram.handlers.conftest import Desk, State, tap

_HEADER = "\U0001f4e3 For @wire:"


@pytest.fixture
async def ada(desk: Desk) -> Reader:
    """Follows Trade for herself, and sets @wire up."""
    ada = desk.reader("Ada")
    await ada.ask("/follow trade")
    return ada


@pytest.fixture
async def wire(desk: Desk, ada: Reader) -> Room:
    room = desk.server.world.channel("The wire", admins=[ada.person], username="wire")
    await ada.ask("/channel @wire")
    return room


async def test_every_setting_is_the_channels_and_every_answer_says_so(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    own = await desk.state(ada.id)
    typed = [
        "/follow economy, military",
        "/unfollow military",
        "/mute nk pro",
        "/silent economy",
        "/alerts coal OR iron",
        "/digest weekdays 08:00",
        "/quiet 22:00-07:00",
        "/timezone berlin",
        "/pause",
    ]

    replies = [await ada.ask(text) for text in typed]

    assert [reply.text.startswith(_HEADER) for reply in replies] == [True] * len(typed)
    assert await desk.state(ada.id) == own
    state = await desk.state(wire.id)
    assert {key for key, _, _ in state.topics} == {"economy", "nk-pro"}
    assert ("economy", Urgency.SILENT) in {(key, urgency) for key, _, urgency in state.topics}
    assert (state.editions, state.zone) == ("weekdays 08:00", "Europe/Berlin")
    assert len(state.searches) == 1
    assert state.paused_until is None


async def test_every_command_works_and_is_headed(desk: Desk, ada: Reader, wire: Room) -> None:
    for command in sorted(set(COMMANDS) - {"channel", "done", "start"}):
        desk.clock.pass_time(seconds=1)  # no flood
        reply = await ada.ask(f"/{command}")

        assert reply.text.startswith(_HEADER), command
        assert reply.labels[-1] == "\u2713 Done with the channel", command


async def test_buttons_act_on_the_channel_of_their_message_whatever_is_set_up_since(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    lists = await ada.ask("/sections")
    await ada.ask("/done")
    own = await ada.ask("/sections")
    await ada.ask("/channel @wire")

    await tap(ada, "Economy", lists)
    await tap(ada, "Military", own)

    assert lists.text.startswith(_HEADER)
    assert "\u2713 Economy" in " ".join(lists.labels)
    assert await desk.follows(wire.id) == {"economy"}
    assert await desk.follows(ada.id) == {"trade", "military"}


async def test_buttons_lead_on_within_the_channel(desk: Desk, ada: Reader, wire: Room) -> None:
    message = await ada.ask("/settings")
    for button in ("When alerts come", "Every hour", "\u21a9 All settings", "Pause alerts"):
        await tap(ada, button, message)
        assert message.text.startswith(_HEADER)
        assert message.labels.count("\u2713 Done with the channel") == 1

    assert (await desk.state(wire.id)).editions
    assert not (await desk.state(ada.id)).editions


async def test_done_brings_the_reader_back(desk: Desk, ada: Reader, wire: Room) -> None:
    message = await ada.ask("/settings")
    await tap(ada, "Done with the channel", message)
    reply = await ada.ask("/follow economy")

    assert message.text.startswith("You are done with @wire.")
    assert not reply.text.startswith(_HEADER)
    assert await desk.follows(ada.id) == {"trade", "economy"}
    assert await desk.follows(wire.id) == set()


@pytest.mark.parametrize("command", ["/done", "/channel off", "/start", "/start section_economy"])
async def test_it_ends_by_typing(desk: Desk, ada: Reader, wire: Room, command: str) -> None:
    reply = await ada.ask(command)
    await ada.ask("/follow military")

    assert not reply.text.startswith(_HEADER)
    assert "military" in await desk.follows(ada.id)
    assert await desk.follows(wire.id) == set()


async def test_done_without_a_channel_says_so(ada: Reader) -> None:
    assert (await ada.ask("/done")).text.startswith("You are not setting up a channel.")


async def test_an_hour_without_a_command_ends_it_and_says_so(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    desk.clock.now += timedelta(minutes=59)
    await ada.ask("/following")
    desk.clock.now += timedelta(minutes=59)
    still = await ada.ask("/following")
    desk.clock.now += timedelta(minutes=61)

    over = await ada.ask("/follow economy")
    later = await ada.ask("/following")

    assert still.text.startswith(_HEADER)
    assert over.text.startswith("An hour has gone by, so you are no longer setting up @wire")
    assert "You now follow Economy" in over.text
    assert later.text.startswith("You follow")
    assert await desk.follows(ada.id) == {"trade", "economy"}


async def test_rights_are_asked_for_with_every_command_and_every_button(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    message = await ada.ask("/sections")
    wire.standings[ada.id] = Standing.MEMBER

    answer = await ada.press("Economy", message=message)
    reply = await ada.ask("/follow economy")
    after = await ada.ask("/follow economy")

    assert answer.show_alert
    assert answer.text == "Only the channel's administrators can change that."
    assert reply.text.startswith("Only @wire's administrators can set it up")
    assert after.text.startswith("\u2713 You now follow Economy")
    assert await desk.follows(wire.id) == set()
    assert await desk.follows(ada.id) == {"trade", "economy"}


@pytest.mark.parametrize("whose", ["channel", "group", "reader", "nobody"])
async def test_a_forged_button_reaches_nobody_elses_settings(
    desk: Desk, ada: Reader, wire: Room, whose: str
) -> None:
    """What a button carries comes from outside."""
    bo = desk.reader("Bo")
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    await ada.in_chat(group).ask("/follow trade")
    targets = {"channel": wire.id, "group": group.id, "reader": ada.id}
    target = await desk.subscriber(targets.get(whose, 3))
    before = [await desk.state(chat_id) for chat_id in targets.values()]
    message = await bo.ask("/settings")

    data = f"1@{target.id if target else 77}:pause:forever"
    told = (await desk.press(bo, message, data)).text

    refused = "Only the channel's administrators can change that."
    assert told == refused if whose == "channel" else told.startswith("This button is from")
    assert [await desk.state(chat_id) for chat_id in targets.values()] == before


async def test_a_button_that_is_passed_on_to_a_group_is_stale_there(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    group = desk.server.world.supergroup("Desk", admins=[ada.person])
    here = ada.in_chat(group)
    message = await here.ask("/settings")
    found = await desk.subscriber(wire.id)
    assert found

    told = (await desk.press(here, message, f"1@{found.id}:pause:forever")).text

    assert told.startswith("This button is from")
    assert (await desk.state(wire.id)).standing == "active"


async def test_posts_in_a_channel_open_and_do_nothing_else(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    await ada.ask("/follow economy")

    await desk.deliver(teaser("ships", headline="Ships wait"))

    (post,) = desk.server.world.conversations.sent_to[wire.id]
    assert "Ships wait" in post.text
    assert post.labels == ["Open"]


async def test_whoever_presses_an_old_button_in_a_channel_needs_to_administer_it(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    """A channel's posts have none; a client may send what it likes."""
    bo = desk.reader("Bo")
    await ada.ask("/follow economy")
    await desk.deliver(teaser("ships"))
    (post,) = desk.server.world.conversations.sent_to[wire.id]
    before = await desk.state(wire.id)

    told = (await desk.press(bo, post, "1:pause:forever")).text

    assert told == "Only the channel's administrators can change that."
    assert await desk.state(wire.id) == before


async def test_a_reply_to_an_alert_of_ones_own_mutes_nothing_in_the_channel(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    """The number of a private message means another one in the channel."""
    await ada.ask("/done")
    await ada.ask("/follow economy")
    await desk.deliver(teaser("ships", headline="Ships wait"))
    alert = ada.last
    await ada.ask("/channel @wire")
    await ada.say("/mute", reply_to=alert)
    reply = await ada.next_message()

    assert reply.text.startswith(_HEADER)
    assert "Write the name behind the command" in reply.text


async def test_nothing_but_alerts_ever_comes_in_the_channel(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    """Files and farewells would be read by all its subscribers."""
    await ada.ask("/save https://www.example.org/2026/03/harbour-0/")
    await ada.ask("/mydata")
    formats = await ada.ask("/export")
    ada.skip()
    await ada.press("CSV", message=formats)
    file = await ada.next_message()
    told = await ada.ask("/move")
    command = next(line for line in told.text.splitlines() if line.startswith("/move "))
    await ada.ask("/done")
    question = await ada.ask(command)
    await tap(ada, question.labels[0], question)

    assert file.document
    assert desk.server.world.conversations.sent_to[wire.id] == []


async def test_stop_deletes_the_channel_and_ends_the_set_up(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    own = await desk.state(ada.id)
    message = await ada.ask("/stop")
    await tap(ada, "Yes, delete everything", message)
    reply = await ada.ask("/following")

    assert message.text.startswith(_HEADER)
    assert await desk.state(wire.id) == State()
    assert await desk.state(ada.id) == own
    assert not reply.text.startswith(_HEADER)


async def test_a_reader_hears_in_their_own_language_and_clock(desk: Desk) -> None:
    """The channel's alerts speak the site's language; whoever sets it up is spoken to in theirs."""
    mina = desk.reader("Mina", language_code="de")
    room = desk.server.world.channel("Draht", admins=[mina.person], username="draht")
    await mina.ask("/channel @draht")

    await mina.ask("/pause until 2026-05-01")
    reply = await mina.ask("/settings")

    found = await desk.subscriber(room.id)
    assert found
    assert found.language == "en"
    assert "1. Mai" in reply.text


async def test_two_administrators_at_once_end_consistently(
    desk: Desk, ada: Reader, wire: Room
) -> None:
    bo = desk.reader("Bo")
    wire.standings[bo.id] = Standing.ADMINISTRATOR
    await bo.ask("/channel @wire")

    replies = await asyncio.gather(ada.ask("/follow economy"), bo.ask("/follow economy, military"))

    assert all(reply.text.startswith(_HEADER) for reply in replies)
    assert await desk.follows(wire.id) == {"economy", "military"}
    found = await desk.subscriber(wire.id)
    assert found
    assert found.keeper_id == ada.id
