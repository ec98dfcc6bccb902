"""A group: its administrators choose, all of it reads, and it stays itself when it grows."""

from dataclasses import dataclass

import pytest

from bot.demo.botapi import Reader, Room
from bot.domain.delivery import State
from tests.aids.ledger import standings
from tests.aids.play import Play

pytestmark = pytest.mark.e2e


@dataclass(frozen=True, slots=True)
class Desk:
    room: Room
    #: Both as they are in the group.
    admin: Reader
    member: Reader


@pytest.fixture
def desk(play: Play) -> Desk:
    admin, member = play.server.reader("Ada"), play.server.reader("Bruno")
    people = [admin.person, member.person]
    room = play.server.world.group("Desk", members=people, admins=people[:1])
    return Desk(room, admin.in_chat(room), member.in_chat(room))


async def test_only_an_administrator_changes_what_a_group_follows(play: Play, desk: Desk) -> None:
    refused = await desk.member.ask("/follow Economy")
    assert "administrators" in refused.text
    await desk.member.ask("/sections")
    toast = await desk.member.press("Economy")
    assert "administrators" in toast.text
    assert toast.show_alert
    taken = await desk.admin.press("Economy")
    assert taken.text == "You follow Economy."
    desk.admin.skip()

    play.publish("Told to all of them", "economy")

    assert "Told to all of them" in (await play.alert(desk.admin)).text
    (row,) = await play.settled(1)
    assert (row.chat_id, row.state) == (desk.room.id, State.SENT)


async def test_anybody_in_a_group_may_read_and_idle_talk_is_not_answered(
    play: Play, desk: Desk
) -> None:
    await desk.member.say("What a morning")
    await desk.member.say("/brew coffee")
    latest = await desk.member.ask("/latest@dekbot")
    found = await desk.member.ask("/search tugboats")

    assert "Tugboats wait for a pilot" in latest.text
    assert "Tugboats wait for a pilot" in found.text
    assert len(desk.member.messages) == 2


async def test_alerts_follow_a_group_that_becomes_a_supergroup(play: Play, desk: Desk) -> None:
    await desk.admin.ask("/follow Economy")
    new = play.server.world.upgrade(desk.room.id)
    await play.logged("update_handled", command="migration", chat=new.id)

    play.publish("Told in the supergroup", "economy")

    here = desk.admin.in_chat(new)
    assert "Told in the supergroup" in (await play.alert(here)).text
    (row,) = await play.settled(1)
    assert (row.chat_id, row.attempts) == (new.id, 1)
    assert list(standings(play.database_path)) == [new.id]


async def test_a_group_that_throws_the_bot_out_gets_nothing_until_it_is_back(
    play: Play, desk: Desk
) -> None:
    world = play.server.world
    await desk.admin.ask("/follow Economy")
    world.memberships.remove_bot(desk.room.id, by=desk.admin.id)
    await play.logged("update_handled", command="membership", outcome="kicked")
    play.publish("Told to nobody", "economy")
    await play.logged("fanout_planned", deliveries=0)

    desk.admin.skip()
    world.memberships.add_bot(desk.room.id, by=desk.admin.id)
    await play.alert(desk.admin)
    play.publish("Told to those who took it back", "economy")

    assert "Told to those who took it back" in (await play.alert(desk.admin)).text
    assert len(await play.settled(1)) == 1


async def test_what_a_person_follows_in_private_is_not_the_groups_business(
    play: Play, desk: Desk
) -> None:
    await desk.admin.ask("/follow Economy")
    private = await play.subscriber("Military")

    play.publish("For the group", "economy")
    play.publish("For one person", "military")
    rows = await play.settled(2)

    assert {row.chat_id: row.headline for row in rows} == {
        desk.room.id: "For the group",
        private.chat_id: "For one person",
    }
