from datetime import datetime, timedelta

from bot.domain.delivery import Sent, Settlement, Throttled, settle
from bot.domain.matching import Stance
from bot.domain.news import Occasion, known_article
from bot.domain.subscriber import Address, ChatKind, Standing
from bot.domain.timing import Lot
from bot.services.records import Dispatchable, Fanout, OpenFigures
from bot.storage.database import Database
from bot.storage.fanout import SPARSE
from tests.aids.archive import claim, plan, publish, subscribe, topic_number
from tests.aids.articles import ADA, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO, hours, teaser


def occasion(now: datetime) -> Occasion:
    return Occasion(source_id=1, baselined_at=now - hours(9), now=now, max_age=hours(24))


def sent(one: Dispatchable, now: datetime) -> Settlement:
    return settle(one.delivery, Sent(5), now)


async def test_what_is_claimed_is_not_claimed_again(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        first = await claim(records, now)
        second = await claim(records, now + hours(1))

    assert [one.subscriber.address.chat_id for one in first] == [1]
    assert second == []


async def test_an_article_is_owed_to_a_subscriber_once_however_often_it_is_planned(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY, ADA])
        article = await publish(records, teaser(), now)
        (first,) = await claim(records, now)
        await records.outbox.settle([sent(first, now)], now)
        await records.fanouts.begin(article, 0, now)
        await plan(records, now)

        figures = await records.outbox.figures()

    assert (figures.sent, figures.owed) == (1, 0)


async def test_after_a_crash_what_was_claimed_is_owed_again(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        await claim(records, now)
        released = await records.outbox.release_all(now)
        again = await claim(records, now)

    assert released == 1
    assert len(again) == 1


async def test_a_fan_out_goes_on_where_a_crash_ended_it(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        for chat in range(1, 8):
            await subscribe(records, chat, now, follows=[ECONOMY])
        await publish(records, teaser(), now, alert=False)
        article = (await records.articles.latest(None, 1, 0))[0].id
        await records.fanouts.begin(article, 0, now)
        (fanout,) = await records.fanouts.pending()
        left, planned = await records.fanouts.advance(fanout, 3, now)

    assert (planned, left and left.done_to) == (3, 3)
    async with store.writing() as records:
        assert await records.fanouts.pending() == [left]
        await plan(records, now, width=3)
        assert await records.fanouts.pending() == []
        assert (await records.outbox.figures()).owed == 7


async def test_a_range_ends_with_its_last_follower_however_far_apart_the_ids_are(
    store: Database, now: datetime
) -> None:
    """And a mute counts: it is read like a follow. Where few follow, the ids bound the range."""
    async with store.writing() as records:
        for chat in range(1, 41):
            followed = [ECONOMY] if chat % 10 == 0 else [FOREIGN]
            await subscribe(records, chat, now, follows=followed)
        await subscribe(records, 41, now, mutes=[ECONOMY])
        await subscribe(records, 42, now, follows=[ECONOMY])
        for chat in range(43, 43 + 2 * SPARSE):
            await subscribe(records, chat, now, follows=[FOREIGN])
        await publish(records, teaser(sections=[ECONOMY]), now, planned=False)
        (left,) = await records.fanouts.pending()
        ends: list[tuple[int, int]] = []
        following: Fanout | None = left
        while following is not None:
            following, planned = await records.fanouts.advance(following, 2, now)
            ends.append((following.done_to if following else left.last, planned))

    assert ends == [(20, 2), (40, 2), (42, 1), (42 + 2 * SPARSE, 0)]


async def test_dense_topics_together_make_a_range_no_wider(store: Database, now: datetime) -> None:
    topics = [ECONOMY, FOREIGN, MILITARY, PRO]
    async with store.writing() as records:
        for chat in range(80):
            await subscribe(records, chat + 1, now, follows=[topics[chat % 4]])
        await publish(records, teaser(sections=topics, labels=[]), now, planned=False)
        left: Fanout | None = (await records.fanouts.pending())[0]
        counts = []
        while left is not None:
            left, planned = await records.fanouts.advance(left, 8, now)
            counts.append(planned)

    assert sum(counts) == 80
    assert max(counts) <= 16


async def test_a_settlement_never_touches_what_was_taken_back_meanwhile(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        (one,) = await claim(records, now)
        await records.subscribers.retire(1, "blocked", now)
        await records.outbox.settle([sent(one, now)], now)

        figures = await records.outbox.figures()

    assert (figures.dropped, figures.sent) == (1, 0)


async def test_a_429_makes_it_due_again_when_the_wait_is_over(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        (one,) = await claim(records, now)
        again = settle(one.delivery, Throttled(30), now)
        await records.outbox.settle([again], now)

        assert await records.outbox.next_due() == now + timedelta(seconds=30)
        assert await claim(records, now + timedelta(seconds=29)) == []
        (back,) = await claim(records, now + timedelta(seconds=30))
        assert back.delivery.attempts == 0


async def test_with_one_delivery_all_that_is_due_for_its_chat_is_claimed(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY])
        for number in range(5):
            await publish(records, teaser(f"a-{number}"), now)
        claimed = await claim(records, now, limit=1)

    assert len(claimed) == 5


async def test_a_mute_takes_back_what_is_owed_and_an_unfollow_too(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        one = await subscribe(records, 1, now, follows=[ECONOMY])
        two = await subscribe(records, 2, now, follows=[ECONOMY, FOREIGN])
        await publish(records, teaser(sections=[ECONOMY, FOREIGN], labels=[PRO]), now)
        economy = await topic_number(records, ECONOMY)
        pro = await topic_number(records, PRO)

        await records.subscribers.set_stance(one.id, pro, Stance.MUTE)
        assert await records.outbox.drop_unwanted(one.id, now) == 1
        await records.subscribers.set_stance(two.id, economy, None)
        assert await records.outbox.drop_unwanted(two.id, now) == 0  # FOREIGN is reason enough
        assert [each.subscriber.id for each in await claim(records, now)] == [two.id]


async def test_a_further_topic_that_is_muted_takes_back_what_is_owed(
    store: Database, now: datetime
) -> None:
    told = teaser(published=now)
    async with store.writing() as records:
        await subscribe(records, 1, now, follows=[ECONOMY], mutes=[COLUMN])
        await publish(records, told, now)
        known = (await records.articles.known([told.key], 1))[told.key]
        born = {COLUMN.identity: now - hours(1)}
        wider = teaser(published=now, labels=[COLUMN])
        change = known_article(wider, known, born, occasion(now))
        assert change.alert_from is not None
        await records.articles.change([change], 1)
        await records.fanouts.begin(known.article_id, change.alert_from, now)
        await plan(records, now)

        assert await claim(records, now) == []
        assert (await records.outbox.figures()).dropped == 1


async def test_a_pause_holds_and_its_end_owes_all_as_a_catch_up(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        one = await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser("before"), now)
        await records.subscribers.pause(one.id, now + hours(2))
        await publish(records, teaser("during"), now)

        assert await claim(records, now + hours(1)) == []
        assert (await records.outbox.figures()).held == 2
        assert await records.outbox.next_due() is None
        assert await records.subscribers.resume_due(now + hours(1)) == []
        assert await records.subscribers.resume_due(now + hours(2)) == [one.id]
        claimed = await claim(records, now + hours(2))
        assert [each.lot for each in claimed] == [Lot.CATCH_UP, Lot.CATCH_UP]


async def test_a_resume_offers_what_was_held_and_pours_nothing(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        one = await subscribe(records, 1, now, follows=[ECONOMY])
        await records.subscribers.pause(one.id, None)
        await publish(records, teaser("during"), now)

        assert await records.subscribers.resume(one.id) == 1
        assert await claim(records, now) == []
        assert await records.timings.catch_up(one.id, now) == 1
        assert [each.lot for each in await claim(records, now)] == [Lot.CATCH_UP]
        assert await records.timings.skip(one.id, now) == 0


async def test_a_retired_chat_is_owed_nothing_until_it_comes_back(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        one = await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser("before"), now)
        retirement = await records.subscribers.retire(1, "blocked", now)
        await publish(records, teaser("during"), now)
        assert (retirement.subscribers, retirement.dropped) == (1, 1)
        assert await claim(records, now) == []

        back = await records.subscribers.put(one.address, ChatKind.PRIVATE, "en", now)
        await publish(records, teaser("after"), now)
        assert back.standing is Standing.ACTIVE
        assert [each.article.url for each in await claim(records, now)] == [teaser("after").url]


async def test_an_upgraded_group_keeps_its_follows_and_what_it_is_owed(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, -7, now, follows=[ECONOMY], kind=ChatKind.GROUP)
        await publish(records, teaser(), now)
        await records.moves.upgrade(-7, -1007, now)

        (one,) = await claim(records, now)

    assert one.subscriber.address == Address(chat_id=-1007)
    assert one.subscriber.kind is ChatKind.SUPERGROUP


async def test_a_move_to_a_chat_that_is_known_already_joins_the_two(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        await subscribe(records, -7, now, follows=[ECONOMY, FOREIGN])
        await subscribe(records, -1007, now, follows=[ECONOMY], mutes=[PRO])
        article = await publish(records, teaser(), now)
        await records.moves.upgrade(-7, -1007, now)

        claimed = await claim(records, now)
        held = await records.subscribers.stances(claimed[0].subscriber.id)
        gone = await records.subscribers.find(Address(chat_id=-7))

    assert [(one.article.id, one.subscriber.address.chat_id) for one in claimed] == [
        (article, -1007)
    ]
    assert {record.topic.key for record in held} == {"economy", "foreign-relations", "nk-pro"}
    assert gone is None


async def test_to_forget_a_subscriber_leaves_no_row(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        one = await subscribe(records, 1, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        await records.subscribers.forget(one.id)

        assert await records.subscribers.get(one.id) is None
        assert await records.subscribers.stances(one.id) == []
        figures = await records.outbox.figures()
        assert (figures.owed, figures.sent, figures.dropped) == (0, 0, 0)


async def test_what_is_open_is_counted_by_what_becomes_of_it(
    store: Database, now: datetime
) -> None:
    """Sent, being sent, late, to come later, and held: one chat each; the last was sent."""
    async with store.writing() as records:
        for chat in range(1, 5):
            await subscribe(records, chat, now, follows=[ECONOMY])
        paused = await subscribe(records, 5, now, follows=[ECONOMY])
        await records.subscribers.pause(paused.id, now + hours(9))
        await publish(records, teaser(), now)
        one, two, three, _ = await claim(records, now)
        await records.outbox.settle([sent(one, now)], now)
        await records.outbox.settle([settle(two.delivery, Throttled(60), now)], now)
        await records.outbox.settle([settle(three.delivery, Throttled(1), now)], now)
        second = timedelta(seconds=1)

        figures = await records.outbox.open_figures(now + 2 * second)

    assert figures == OpenFigures(owed=3, due=1, held=1, oldest_due=now + second)


async def test_where_nothing_is_open_nothing_is_due(store: Database, now: datetime) -> None:
    async with store.reading() as records:
        figures = await records.outbox.open_figures(now)

    assert figures == OpenFigures(owed=0, due=0, held=0, oldest_due=None)
