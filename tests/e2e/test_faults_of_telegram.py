"""What goes wrong on the way to a chat, and what it means from then on.

Each single fault is in `test_every_fault`; here is what comes of it later.
"""

from collections.abc import Callable

import pytest

from bot.demo.botapi import Reader
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.faults import Fault, Prescription
from bot.domain.delivery import State
from tests.aids.ledger import DeliveryRow, standings
from tests.aids.play import Play

pytestmark = pytest.mark.e2e

Prescribe = Callable[[Prescription], Fault]


def row_of(rows: list[DeliveryRow], reader: Reader) -> DeliveryRow:
    (row,) = [row for row in rows if row.chat_id == reader.chat_id]
    return row


async def test_slow_is_no_fault(play: Play) -> None:
    reader = await play.subscriber("Economy")
    play.server.faults.on("sendMessage", chat_id=reader.chat_id).delay(0.5)

    play.publish("Salt by the shipload", "economy")
    (row,) = await play.settled(1)

    assert (row.state, row.attempts, row.ambiguous) == (State.SENT, 1, 0)
    assert len(reader.messages) == 3


async def test_a_refused_message_has_failed_is_told_and_holds_up_nobody(play: Play) -> None:
    reader = await play.subscriber("Economy")
    other = await play.subscriber("Economy", first_name="Other")
    refusal = Refusal.bad_request("Something new is wrong")
    play.server.faults.on("sendMessage", chat_id=reader.chat_id).refuse(refusal)

    play.publish("Salt by the shipload", "economy")
    await play.settled(2)
    play.publish("Salt by the truck", "economy")
    rows = await play.settled(4)

    mine = [row for row in rows if row.chat_id == reader.chat_id]
    assert [row.state for row in mine] == [State.FAILED, State.SENT]
    assert mine[0].detail == "Something new is wrong"
    (event,) = play.events("delivery_refused")
    assert (event["chat"], event["log_level"]) == (reader.chat_id, "error")
    assert [row.state for row in rows if row.chat_id == other.chat_id] == [State.SENT] * 2


@pytest.mark.parametrize(
    "prescribe",
    [
        pytest.param(lambda on: on.blocked(), id="blocked"),
        pytest.param(lambda on: on.deactivated(), id="deactivated"),
        pytest.param(lambda on: on.chat_not_found(), id="not found"),
    ],
)
async def test_a_chat_that_is_gone_is_retired_and_comes_back_with_start(
    play: Play, prescribe: Prescribe
) -> None:
    reader = await play.subscriber("Economy")
    other = await play.subscriber("Economy", first_name="Other")
    prescribe(play.server.faults.on("sendMessage", chat_id=reader.chat_id))

    play.publish("Told to one", "economy")
    rows = await play.settled(2)
    assert row_of(rows, reader).state is State.DROPPED
    assert row_of(rows, other).state is State.SENT
    assert standings(play.database_path)[reader.chat_id] == "retired"
    play.publish("Told to one again", "economy")
    await play.settled(3)

    await reader.ask("/start")
    play.publish("Told to both", "economy")
    await play.settled(5)

    assert "Told to both" in reader.last.text
    assert not any("Told to one" in message.text for message in reader.messages)


async def test_who_blocks_the_bot_is_retired_before_anything_is_sent(play: Play) -> None:
    reader = await play.subscriber("Economy")
    reader.block()
    await play.logged("update_handled", command="membership", outcome="blocked")

    play.publish("Told to nobody", "economy")
    await play.logged("fanout_planned", deliveries=0)
    reader.unblock()
    await reader.ask("/start")
    play.publish("Told to who came back", "economy")

    assert "Told to who came back" in (await play.alert(reader)).text
    assert len(await play.settled(1)) == 1


async def test_a_group_that_kicks_the_bot_is_retired(play: Play) -> None:
    admin = play.server.reader("Ada", language_code="en")
    room = play.server.world.group("Desk", members=[admin.person], admins=[admin.person])
    inside = admin.in_chat(room)
    await inside.ask("/follow Economy")
    play.server.faults.on("sendMessage", chat_id=room.id).kicked("group")

    play.publish("Told to nobody", "economy")
    (row,) = await play.settled(1)

    assert row.state is State.DROPPED
    assert "kicked" in (row.detail or "")
    assert standings(play.database_path)[room.id] == "retired"


async def test_a_message_follows_a_group_to_the_supergroup_that_it_became(play: Play) -> None:
    """The group's own word of it has not come yet: the refusal tells."""
    admin = play.server.reader("Ada", language_code="en")
    room = play.server.world.group("Desk", members=[admin.person], admins=[admin.person])
    await admin.in_chat(room).ask("/follow Economy")
    new = play.server.world.supergroup("Desk", members=[admin.person], admins=[admin.person])
    play.server.faults.on("sendMessage", chat_id=room.id, times=None).migrated(new.id)

    play.publish("Told in the new room", "economy")
    (row,) = await play.settled(1)

    assert (row.chat_id, row.state) == (new.id, State.SENT)
    assert "Told in the new room" in admin.in_chat(new).last.text
    assert list(standings(play.database_path)) == [new.id]
