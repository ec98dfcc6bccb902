"""One chat's rows given to another: nothing is lost, and nothing comes twice."""

from datetime import datetime

import pytest

from bot.domain.delivery import Sent, settle
from bot.domain.matching import Stance
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.domain.topic import Topic
from bot.domain.urgency import Urgency
from bot.services.ports import Records
from bot.services.records import Dispatchable, Fanout, Holdings
from bot.storage.database import Database
from tests.aids.archive import claim, plan, publish, subscribe, topic_number
from tests.aids.articles import ADA, COLUMN, ECONOMY, FOREIGN, PRO, hours, teaser

OLD, NEW = 1, 2
#: Who have nothing to do with it.
OTHERS = (7, 8)


async def chats(
    records: Records, now: datetime, *, both: tuple[Topic, ...] = (ECONOMY,)
) -> tuple[Subscriber, Subscriber]:
    """Return the giving chat and the receiving one; both follow the same."""
    giver = await subscribe(records, OLD, now, follows=both)
    return giver, await subscribe(records, NEW, now, follows=both)


async def follower(records: Records, now: datetime) -> tuple[Subscriber, Subscriber]:
    """Return the giving chat and the receiving one; only the first follows anything."""
    giver = await subscribe(records, OLD, now, follows=[ECONOMY])
    return giver, await subscribe(records, NEW, now)


def of(claimed: list[Dispatchable], chat_id: int) -> list[Dispatchable]:
    return [one for one in claimed if one.subscriber.address.chat_id == chat_id]


async def deliver(records: Records, chat_id: int, message_id: int, now: datetime) -> None:
    """Settle as sent what is due for the chat; what is due for others stays owed."""
    due = of(await claim(records, now), chat_id)
    await records.outbox.settle([settle(one.delivery, Sent(message_id), now) for one in due], now)
    await records.outbox.release_all(now)


async def test_everything_that_was_chosen_moves(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now, both=())
        topics = {FOREIGN: Stance.FOLLOW, PRO: Stance.MUTE}
        await records.topics.ensure([*topics], now)
        for topic, stance in topics.items():
            number = await topic_number(records, topic)
            await records.subscribers.set_stance(giver.id, number, stance)
        await records.timings.set_urgency(
            giver.id, await topic_number(records, FOREIGN), Urgency.SILENT
        )
        article = await publish(records, teaser(), now, alert=False)
        await records.searches.add(giver.id, "cranes", "Cranes", now)
        await records.stories.mute(giver.id, 99, [], now)
        await records.saved.add(giver.id, article, now)
        await records.timings.choose(
            giver.id, editions="daily 08:00", quiet="weekends", timezone="Asia/Tokyo"
        )
        before = await records.moves.holdings(giver.id)

        await records.moves.join(giver.id, receiver.id, now)

        assert await records.moves.holdings(receiver.id) == before
        assert await records.moves.holdings(giver.id) == Holdings()
        held = {one.topic: one.urgency for one in await records.subscribers.stances(receiver.id)}
        assert held == {FOREIGN: Urgency.SILENT, PRO: None}
        assert await records.timings.turning(now, 9) == [await records.timings.get(receiver.id)]
        assert await records.subscribers.get(giver.id) is None


async def test_what_the_receiving_chat_said_itself_stands(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        giver = await subscribe(records, OLD, now, follows=[ECONOMY, FOREIGN])
        receiver = await subscribe(records, NEW, now, follows=[COLUMN], mutes=[ECONOMY])
        for chat, name in ((giver, "Old"), (receiver, "New")):
            await records.searches.add(chat.id, "Cranes", name, now)
        await records.timings.choose(giver.id, editions="hourly", quiet="weekends", timezone=None)
        await records.timings.choose(
            receiver.id, editions=None, quiet="22:00-07:00", timezone="Europe/Berlin"
        )

        await records.moves.join(giver.id, receiver.id, now)

        held = {one.topic: one.stance for one in await records.subscribers.stances(receiver.id)}
        assert held == {
            COLUMN: Stance.FOLLOW,
            ECONOMY: Stance.MUTE,
            FOREIGN: Stance.FOLLOW,
        }
        assert [one.name for one in await records.searches.every(receiver.id)] == ["New"]
        timing = await records.timings.get(receiver.id)
        assert timing
        assert (timing.editions, timing.quiet) == ("hourly", "22:00-07:00")
        assert timing.timezone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("own", "language"),
    [
        pytest.param(None, "ko", id="a choice goes along"),
        pytest.param("en", "en", id="the receiving chat's own choice stands"),
    ],
)
async def test_a_chosen_language_goes_along_where_none_is_chosen(
    store: Database, now: datetime, own: str | None, language: str
) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now, both=())
        await records.subscribers.set_language(giver.id, "ko", chosen=True)
        if own:
            await records.subscribers.set_language(receiver.id, own, chosen=True)

        await records.moves.join(giver.id, receiver.id, now)

        found = await records.subscribers.get(receiver.id)
        assert found
        assert (found.language, found.language_chosen) == (language, True)


async def test_what_is_still_owed_comes_to_the_receiving_chat(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        giver, receiver = await follower(records, now)
        article = await publish(records, teaser(), now)

        await records.moves.join(giver.id, receiver.id, now)

        (one,) = await claim(records, now)
    assert (one.article.id, one.subscriber.address.chat_id) == (article, NEW)


@pytest.mark.parametrize(
    ("got_by", "comes_to"),
    [
        pytest.param(NEW, [], id="what the receiving chat got does not come again"),
        pytest.param(OLD, [NEW], id="what only the giving chat got still comes where it is owed"),
    ],
)
async def test_what_both_are_owed_and_one_of_them_got(
    store: Database, now: datetime, got_by: int, comes_to: list[int]
) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now)
        await publish(records, teaser(), now)
        await deliver(records, got_by, 5, now)

        await records.moves.join(giver.id, receiver.id, now)

        claimed = await claim(records, now)
    assert [one.subscriber.address.chat_id for one in claimed] == comes_to


async def test_what_came_to_the_giving_chat_alone_is_not_alerted_on_again(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        giver, receiver = await follower(records, now)
        article = await publish(records, teaser(), now)
        await deliver(records, OLD, 5, now)
        await records.moves.join(giver.id, receiver.id, now)

        await records.fanouts.begin(article, 0, now)
        await plan(records, now)

        assert await claim(records, now) == []


async def test_messages_stay_behind_where_their_numbers_mean_something(
    store: Database, now: datetime
) -> None:
    """A correction would otherwise edit whatever has that number in the new chat."""
    async with store.writing() as records:
        giver, receiver = await follower(records, now)
        article = await publish(records, teaser(), now)
        await deliver(records, OLD, 5, now)
        await records.edits.begin(article, now)

        await records.moves.join(giver.id, receiver.id, now)

        assert await records.edits.due(now, 9) == []
        assert await records.edits.begin(article, now) == 0
        assert await records.outbox.of_message(receiver.id, 5) == []
        row = await records.outbox.of_article(receiver.id, article)
        assert row
        assert row.state == "sent"


async def test_the_same_holds_for_a_group_that_becomes_a_supergroup(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        group = await subscribe(records, -7, now, follows=[ECONOMY], kind=ChatKind.GROUP)
        article = await publish(records, teaser(), now)
        await deliver(records, -7, 5, now)
        await records.edits.begin(article, now)

        await records.moves.upgrade(-7, -1007, now)

        assert await records.edits.due(now, 9) == []
        assert await records.outbox.of_message(group.id, 5) == []


async def test_an_upgraded_group_loses_nothing_to_a_supergroup_that_wrote_first(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        group = await subscribe(records, -7, now, follows=[ECONOMY], kind=ChatKind.GROUP)
        await subscribe(records, -1007, now, kind=ChatKind.SUPERGROUP)
        article = await publish(records, teaser("old"), now, alert=False)
        await publish(records, teaser(), now)
        await records.searches.add(group.id, "cranes", "", now)
        await records.stories.mute(group.id, 99, [], now)
        await records.saved.add(group.id, article, now)
        await records.timings.choose(group.id, editions=None, quiet="weekends", timezone=None)
        before = await records.moves.holdings(group.id)

        await records.moves.upgrade(-7, -1007, now)

        there = await records.subscribers.find(Address(chat_id=-1007))
        assert there
        assert await records.moves.holdings(there.id) == before
        assert before.waiting == 1


async def test_a_message_under_way_settles_nothing_of_the_receiving_chat(
    store: Database, now: datetime
) -> None:
    """It arrives in the old chat; the new one gets the article as well, rather than neither."""
    async with store.writing() as records:
        giver, receiver = await follower(records, now)
        await publish(records, teaser(), now)
        (under_way,) = await claim(records, now)

        await records.moves.join(giver.id, receiver.id, now)
        late = settle(under_way.delivery, Sent(5), now)
        await records.outbox.settle([late], now)

        (one,) = await claim(records, now)
    assert one.subscriber.address.chat_id == NEW
    assert one.delivery.id != under_way.delivery.id


@pytest.mark.parametrize("mutes", ["topic", "story"])
async def test_what_the_receiving_chat_muted_does_not_come(
    store: Database, now: datetime, mutes: str
) -> None:
    async with store.writing() as records:
        giver = await subscribe(records, OLD, now, follows=[ECONOMY])
        receiver = await subscribe(records, NEW, now, mutes=[ADA] if mutes == "topic" else [])
        article = await publish(records, teaser(), now)
        if mutes == "story":
            await records.stories.mute(receiver.id, article, [article], now)

        await records.moves.join(giver.id, receiver.id, now)

        assert await claim(records, now) == []


@pytest.mark.parametrize(("skipped", "comes"), [(False, 1), (True, 0)])
async def test_what_was_taken_back_makes_room_for_what_is_owed_but_not_what_was_skipped(
    store: Database, now: datetime, skipped: bool, comes: int
) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now)
        await publish(records, teaser(), now)
        if skipped:
            await records.subscribers.pause(receiver.id, None)
            await records.timings.skip(receiver.id, now)
            await records.subscribers.resume(receiver.id)
        else:
            await records.subscribers.retire(NEW, "blocked", now)
            await records.subscribers.put(Address(chat_id=NEW), ChatKind.PRIVATE, "en", now)

        await records.moves.join(giver.id, receiver.id, now)

        assert len(await claim(records, now)) == comes


@pytest.mark.parametrize("who", ["giver", "receiver", "both"])
async def test_a_pause_on_either_side_holds(store: Database, now: datetime, who: str) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now)
        await publish(records, teaser(), now)
        if who != "receiver":
            await records.subscribers.pause(giver.id, now + hours(5))
        if who != "giver":
            await records.subscribers.pause(receiver.id, now + hours(9))

        await records.moves.join(giver.id, receiver.id, now)

        assert await claim(records, now) == []
        there = await records.subscribers.get(receiver.id)
        assert there
        until = now + (hours(5) if who == "giver" else hours(9))
        assert (there.standing, there.paused_until) == (Standing.PAUSED, until)
        assert await records.subscribers.resume_due(until) == [receiver.id]
        assert len(await claim(records, until)) == 1


async def test_of_two_pauses_one_without_an_end_holds(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        giver, receiver = await chats(records, now)
        await records.subscribers.pause(giver.id, None)
        await records.subscribers.pause(receiver.id, now + hours(9))

        await records.moves.join(giver.id, receiver.id, now)

        there = await records.subscribers.get(receiver.id)
    assert there
    assert there.paused_until is None


@pytest.mark.parametrize("order", ["giver first", "receiver first", "receiver came later"])
@pytest.mark.parametrize("done", range(5))
async def test_a_fan_out_in_progress_reaches_who_moved_once(
    store: Database, now: datetime, order: str, done: int
) -> None:
    """Whatever part of the fan-out is done: before both chats, between them, behind both."""
    first, second = (OLD, NEW) if order != "receiver first" else (NEW, OLD)
    async with store.writing() as records:
        # Ranges end with who follows: others do before both chats, and between them.
        await subscribe(records, OTHERS[0], now, follows=[FOREIGN])
        ids = {first: (await subscribe(records, first, now)).id}
        await subscribe(records, OTHERS[1], now, follows=[FOREIGN])
        if order != "receiver came later":
            ids[second] = (await subscribe(records, second, now)).id
        topic = await _followed_by(records, ids[OLD], now)
        article = await publish(records, teaser(sections=[topic]), now, planned=False)
        (fanout,) = await records.fanouts.pending()
        left: Fanout | None = fanout
        for _ in range(done):
            if left is not None:
                left, _ = await records.fanouts.advance(left, 1, now)
        if order == "receiver came later":
            ids[second] = (await subscribe(records, second, now)).id

        await records.moves.join(ids[OLD], ids[NEW], now)
        await plan(records, now)

        claimed = await claim(records, now)
    came = [(one.article.id, one.subscriber.address.chat_id) for one in claimed]
    assert sorted(came) == sorted((article, chat) for chat in (NEW, *OTHERS))


async def _followed_by(records: Records, subscriber_id: int, now: datetime) -> Topic:
    await records.topics.ensure([FOREIGN], now)
    number = await topic_number(records, FOREIGN)
    await records.subscribers.set_stance(subscriber_id, number, Stance.FOLLOW)
    return FOREIGN


async def test_a_search_that_both_have_stays_the_cause_of_what_it_brought(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        giver = await subscribe(records, OLD, now)
        receiver = await subscribe(records, NEW, now)
        theirs = await records.searches.add(receiver.id, "CRANES", "", now)
        own = await records.searches.add(giver.id, "cranes", "", now)
        article = await publish(records, teaser(), now, alert=False)
        await records.searches.plan(article, article, [own], now)

        await records.moves.join(giver.id, receiver.id, now)

        row = await records.outbox.of_article(receiver.id, article)
        assert row
        assert row.search_id == theirs


async def test_a_new_code_takes_the_place_of_the_one_before(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        one = await subscribe(records, OLD, now)
        await records.moves.put_code(one.id, "first", now)
        await records.moves.put_code(one.id, "second", now + hours(1))

        assert await records.moves.find_code("first") is None
        assert await records.moves.find_code("second") == (one.id, now + hours(1))
