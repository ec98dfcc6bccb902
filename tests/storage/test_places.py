"""Groups, forum topics and channels in the database."""

from datetime import datetime, timedelta

import pytest

from bot.domain.matching import Stance
from bot.domain.notice import NoticeKind
from bot.domain.silence import Silence
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.services.ports import Records
from bot.services.records import TOPIC_GONE
from bot.storage.database import Database
from tests.aids.archive import claim, publish, topic_number
from tests.aids.articles import ECONOMY, hours, teaser

GROUP, GROWN = -1, -100
NIGHT = timedelta(days=1)


async def place(
    records: Records, chat_id: int, now: datetime, thread_id: int = 0, keeper: int | None = None
) -> Subscriber:
    await records.topics.ensure([ECONOMY], now)
    address = Address(chat_id=chat_id, thread_id=thread_id)
    made = await records.subscribers.put(address, ChatKind.SUPERGROUP, "en", now)
    topic_id = await topic_number(records, ECONOMY)
    await records.subscribers.set_stance(made.id, topic_id, Stance.FOLLOW)
    if keeper is not None:
        await records.places.keep(made.id, keeper)
    return made


async def test_the_first_who_keeps_a_place_stays(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        one = await place(records, GROUP, now, keeper=7)
        await records.places.keep(one.id, 8)

        assert [each.id for each in await records.places.kept_by(7)] == [one.id]
        assert await records.places.kept_by(8) == []


@pytest.mark.parametrize("known", [False, True])
async def test_an_upgraded_group_keeps_its_topics_and_who_set_it_up(
    store: Database, now: datetime, known: bool
) -> None:
    """Also where the supergroup wrote before the move was known."""
    async with store.writing() as records:
        old = await place(records, GROUP, now, keeper=7)
        await place(records, GROUP, now, thread_id=4, keeper=8)
        if known:
            await place(records, GROWN, now)

        await records.moves.upgrade(GROUP, GROWN, now)

        found = await records.places.of_chat(GROWN)
        assert sorted((one.address.thread_id, one.keeper_id) for one in found) == [(0, 7), (4, 8)]
        assert await records.places.of_chat(GROUP) == []
        assert (await records.subscribers.get(old.id) is None) is known


async def test_a_retired_chat_comes_back_without_the_topics_that_went_before_it(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        places = [await place(records, GROUP, now, thread_id=number) for number in range(3)]
        await records.subscribers.retire(GROUP, TOPIC_GONE, now, thread_id=2)
        retirement = await records.subscribers.retire(GROUP, "kicked", now)
        back = await records.places.revive(GROUP)

        assert sorted(retirement.ids) == sorted(back) == [one.id for one in places[:2]]
        gone = await records.subscribers.get(places[2].id)
        assert gone
        assert gone.standing is Standing.RETIRED


async def test_a_silent_chat_is_owed_as_a_pausing_one_is(store: Database, now: datetime) -> None:
    """By follows and by standing searches alike."""
    async with store.writing() as records:
        follower = await place(records, GROUP, now)
        address = Address(chat_id=GROWN)
        searcher = await records.subscribers.put(address, ChatKind.CHANNEL, "en", now)
        search_id = await records.searches.add(searcher.id, "harbour", "", now)
        for one in (follower, searcher):
            await records.silences.begin(one.address.chat_id, Silence.NO_RIGHT, now + NIGHT)

        article_id = await publish(records, teaser(), now)
        await records.searches.plan(article_id, article_id, [search_id], now)

        assert (await records.outbox.figures()).held == 2
        assert await claim(records, now + hours(9)) == []


async def test_silences_begin_and_end_once(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        one = await place(records, GROUP, now)
        silences = records.silences
        until = now + NIGHT

        assert await silences.begin(GROUP, Silence.CLOSED, until, thread_id=0) == [one.id]
        assert await silences.begin(GROUP, Silence.NO_RIGHT, until) == []
        assert await silences.end(GROUP, Silence.NO_RIGHT) == []
        assert await silences.try_again(now, until) == []
        assert await silences.try_again(until, until + NIGHT) == [one.id]
        assert await silences.end(GROUP, Silence.CLOSED, thread_id=0) == [one.id]
        assert await silences.end(GROUP, Silence.CLOSED, thread_id=0) == []


async def test_what_is_deleted_takes_its_set_up_and_its_notices_along(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        private = await records.subscribers.put(Address(chat_id=7), ChatKind.PRIVATE, "en", now)
        channel = await place(records, GROWN, now, keeper=7)
        await records.setups.put(private.id, channel.id, now)
        await records.notices.add(NoticeKind.MOVED, [channel.id], now)

        await records.subscribers.forget(channel.id)

        assert await records.setups.find(private.id) is None
        assert await records.notices.due(now, 9) == []
        assert await records.setups.end(private.id) is False
