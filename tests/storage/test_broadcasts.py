"""The tables of broadcasts: one is sent at a time, and nobody gets a copy twice."""

from datetime import datetime, timedelta

import pytest

from bot.domain.broadcast import Audience, Readers, Stage, Tally, settle_copy
from bot.domain.delivery import Sent
from bot.domain.silence import Silence
from bot.domain.subscriber import ChatKind
from bot.domain.turns import Turn
from bot.services.broadcast_ports import ClaimedCopy
from bot.services.ports import Records
from bot.storage.database import Database
from tests.aids.archive import subscribe
from tests.aids.articles import hours

BEN, CLEO = 4_201, 4_202


async def begun(records: Records, now: datetime, audience: Audience = Audience.PRIVATE) -> int:
    number = await records.broadcasts.draft("Hello", BEN, now)
    await records.broadcasts.choose(number, audience)
    assert await records.broadcasts.begin(number, now)
    return number


async def planned(records: Records, now: datetime, audience: Audience = Audience.PRIVATE) -> int:
    number = await begun(records, now, audience)
    while await records.copies.plan(number, 2, now):
        pass
    return number


async def claimed(records: Records, number: int, now: datetime) -> list[ClaimedCopy]:
    copies, _ = await records.copies.claim(number, now, now + hours(1), 100)
    return copies


def chats(copies: list[ClaimedCopy]) -> list[int]:
    return [one.subscriber.address.chat_id for one in copies]


async def many(records: Records, count: int, now: datetime) -> None:
    for chat_id in range(1, count + 1):
        await subscribe(records, chat_id, now)


async def test_each_reader_has_one_copy_however_often_it_is_planned(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 5, now)
        number = await planned(records, now)
        await records.copies.plan(number, 2, now)

        assert chats(await claimed(records, number, now)) == [1, 2, 3, 4, 5]
        assert await claimed(records, number, now) == []
        assert await records.copies.tally(number, now) == Tally(open=5)


async def test_who_comes_when_it_was_begun_already_gets_none(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 2, now)
        number = await begun(records, now)
        await subscribe(records, 3, now)
        while await records.copies.plan(number, 2, now):
            pass

        assert chats(await claimed(records, number, now)) == [1, 2]


@pytest.mark.parametrize(
    ("audience", "expected"), [(Audience.PRIVATE, [1]), (Audience.EVERYONE, [-20, -10, 1])]
)
async def test_a_group_gets_one_copy_where_it_is_chosen_and_a_channel_none(
    store: Database, now: datetime, audience: Audience, expected: list[int]
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now)
        await subscribe(records, -10, now, kind=ChatKind.GROUP)
        for thread_id in (3, 4):
            await subscribe(records, -20, now, kind=ChatKind.SUPERGROUP, thread_id=thread_id)
        await subscribe(records, -30, now, kind=ChatKind.CHANNEL)
        readers = await records.copies.readers()
        number = await planned(records, now, audience)

        assert readers == Readers(private=1, groups=2)
        assert sorted(chats(await claimed(records, number, now))) == expected


async def test_who_pauses_or_is_silent_is_left_out_and_who_went_meanwhile_is_dropped(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 5, now)
        await records.subscribers.pause(1, None)
        await records.silences.begin(2, Silence.NO_RIGHT, now)
        readers = await records.copies.readers()
        number = await planned(records, now)
        await records.subscribers.retire(3, "blocked", now)
        await records.subscribers.pause(4, None)

        assert readers == Readers(private=3, groups=0, left_out=2)
        assert chats(await claimed(records, number, now)) == [5]
        assert await records.copies.tally(number, now) == Tally(open=1, unreachable=2)


async def test_quiet_hours_put_a_copy_off_to_their_end_whenever_they_begin(
    store: Database, now: datetime
) -> None:
    def quiet_until(end: datetime) -> Turn:
        return Turn(quiet_until=end, next_edition_at=end, turns_at=end)

    async with store.writing() as records:
        await many(records, 3, now)
        await records.timings.turn([(1, quiet_until(now + hours(1)))])
        number = await planned(records, now)
        await records.timings.turn([(2, quiet_until(now + hours(2)))])

        assert chats(await claimed(records, number, now)) == [3]
        assert await records.copies.tally(number, now) == Tally(open=3, waiting=2)
        assert await records.copies.next_due(number) == now + hours(1)
        assert chats(await claimed(records, number, now + hours(1))) == [1]
        assert chats(await claimed(records, number, now + hours(2))) == [2]


async def test_nothing_is_claimed_of_what_was_stopped_and_sent_on_it_goes_to_the_others(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 4, now)
        number = await planned(records, now)
        copies, _ = await records.copies.claim(number, now, now + hours(1), 2)
        sent = [settle_copy(one.copy, Sent(7), now) for one in copies]
        await records.copies.settle(sent, now)
        await records.broadcasts.stop(number)
        assert await claimed(records, number, now) == []
        assert not await records.broadcasts.finish(number, now)

        await records.broadcasts.resume(number)
        assert chats(await claimed(records, number, now)) == [3, 4]


async def test_one_is_sent_at_a_time(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        first = await begun(records, now)
        second = await records.broadcasts.draft("Another", CLEO, now)
        assert not await records.broadcasts.begin(second, now)

        await records.broadcasts.stop(first)
        assert await records.broadcasts.begin(second, now)
        assert not await records.broadcasts.resume(first)
        assert not await records.broadcasts.begin(second, now)


async def test_it_is_done_when_every_copy_is_planned_and_settled(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 3, now)
        number = await begun(records, now)
        assert not await records.broadcasts.finish(number, now)
        while await records.copies.plan(number, 2, now):
            pass
        copies = await claimed(records, number, now)
        assert not await records.broadcasts.finish(number, now)
        settlements = [settle_copy(one.copy, Sent(7), now) for one in copies]
        await records.copies.settle(settlements, now)

        assert await records.broadcasts.finish(number, now + timedelta(seconds=9))
        assert not await records.broadcasts.resume(number)
        found = await records.broadcasts.get(number)
        assert found
        assert found.stage is Stage.DONE


async def test_after_a_crash_what_was_claimed_is_owed_again_and_nothing_else(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await many(records, 3, now)
        number = await planned(records, now)
        copies, _ = await records.copies.claim(number, now, now + hours(1), 2)
        await records.copies.settle([settle_copy(copies[0].copy, Sent(7), now)], now)

        assert await records.copies.release_all(now) == 1
        assert chats(await claimed(records, number, now)) == [2, 3]


async def test_a_new_draft_takes_the_place_of_the_administrators_older_one(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        older = await records.broadcasts.draft("Hello", BEN, now)
        others = await records.broadcasts.draft("Hello", CLEO, now)
        newer = await records.broadcasts.draft("Hello again", BEN, now)

        assert await records.broadcasts.get(older) is None
        assert await records.broadcasts.get(others)
        assert await records.broadcasts.begin(newer, now)


@pytest.mark.parametrize("who", ["the giver", "the receiver", "neither"])
async def test_a_chat_that_moves_gets_it_once_in_all(
    store: Database, now: datetime, who: str
) -> None:
    async with store.writing() as records:
        giver = await subscribe(records, 1, now)
        receiver = await subscribe(records, 2, now)
        number = await planned(records, now)
        sent = {"the giver": giver, "the receiver": receiver}.get(who)
        copies, _ = await records.copies.claim(number, now, now + hours(1), 9)
        results = [settle_copy(one.copy, Sent(7), now) for one in copies if one.subscriber == sent]
        await records.copies.settle(results, now)
        await records.copies.release_all(now)

        await records.moves.join(giver.id, receiver.id, now)

        assert chats(await claimed(records, number, now)) == ([] if sent else [2])
        assert (await records.copies.tally(number, now)).readers == 1
