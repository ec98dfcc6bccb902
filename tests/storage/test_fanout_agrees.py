"""The planner in SQL and the pure rules of matching decide alike."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.article import Published, Teaser
from bot.domain.matching import Stance, match, reason_bits, stays_owed
from bot.domain.news import NewArticle
from bot.domain.subscriber import Address, ChatKind
from bot.domain.topic import Topic, TopicKind
from bot.services.ports import Records
from tests.aids.archive import publish, topic_number, withdraw
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO
from tests.aids.examples import examples
from tests.aids.lab import Lab

NOW = datetime(2024, 1, 1, tzinfo=UTC)
TOPICS = [ECONOMY, FOREIGN, MILITARY, PRO, COLUMN, ADA, BEOM]
#: So few that chances meet.
FEW = [ECONOMY, PRO, ADA, BEOM]
follows = st.sets(st.sampled_from(FEW), min_size=1)
changed = st.dictionaries(st.sampled_from(FEW), st.sampled_from(Stance), min_size=1)
stances = st.dictionaries(st.sampled_from(TOPICS), st.sampled_from(Stance), max_size=5)


async def subscribe(records: Records, chats: list[dict[Topic, Stance]]) -> list[int]:
    await records.topics.ensure(TOPICS, NOW)
    ids = {
        record.topic: record.id
        for kind in TopicKind
        for record in await records.topics.every(kind, 0)
    }
    made = []
    for number, wanted in enumerate(chats, start=1):
        address = Address(chat_id=number)
        subscriber = await records.subscribers.put(address, ChatKind.PRIVATE, "en", NOW)
        for topic, stance in wanted.items():
            await records.subscribers.set_stance(subscriber.id, ids[topic], stance)
        made.append(subscriber.id)
    return made


async def prefer(records: Records, subscriber_id: int, wanted: dict[Topic, Stance]) -> None:
    for topic in FEW:
        number = await topic_number(records, topic)
        await records.subscribers.set_stance(subscriber_id, number, wanted.get(topic))


async def plan(records: Records, width: int) -> None:
    for fanout in await records.fanouts.pending():
        left, _ = await records.fanouts.advance(fanout, width, NOW)
        while left is not None:
            left, _ = await records.fanouts.advance(left, width, NOW)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chats=st.lists(stances, max_size=12),
    carried=st.lists(st.sampled_from(TOPICS), unique=True, min_size=1),
    width=st.integers(1, 20),
    data=st.data(),
)
def test_planner_and_rules_agree_on_any_preferences_and_any_article(
    lab: Lab,
    chats: list[dict[Topic, Stance]],
    carried: list[Topic],
    width: int,
    data: st.DataObject,
) -> None:
    further = data.draw(st.integers(0, len(carried) - 1))
    withdrawn = data.draw(st.sets(st.sampled_from(carried)))
    gone = frozenset(topic.identity for topic in withdrawn)

    async def compare(records: Records) -> tuple[dict[int, int], dict[int, int]]:
        ids = await subscribe(records, chats)
        teaser = Teaser(url="https://e.org/1", headline="x", sections=tuple(carried))
        new = NewArticle(teaser=teaser, published=Published(at=NOW), alert=True)
        (article_id,) = await records.articles.add([new], 1, NOW)
        await withdraw(records, teaser, tuple(withdrawn), NOW)
        await records.fanouts.begin(article_id, further, NOW)
        await plan(records, width)

        claimed = await records.outbox.claim(NOW, NOW, 1_000)
        planned = {one.subscriber.id: one.reasons for one in claimed}
        expected = {}
        for subscriber_id in ids:
            preferences = await records.subscribers.preferences(subscriber_id)
            found = match(carried, preferences, further=further, withdrawn=gone)
            if found:
                expected[subscriber_id] = reason_bits(carried, found.reasons)
        return planned, expected

    planned, expected = lab.find(compare)

    assert planned == expected


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chats=st.lists(st.tuples(follows, changed), min_size=3, max_size=8),
    withdrawn=st.sets(st.sampled_from(FEW), min_size=1),
)
def test_what_stays_owed_after_any_change_of_preferences_and_topics_is_what_the_rules_say(
    lab: Lab,
    chats: list[tuple[set[Topic], dict[Topic, Stance]]],
    withdrawn: set[Topic],
) -> None:
    gone = frozenset(topic.identity for topic in withdrawn)

    async def compare(records: Records) -> tuple[set[int], set[int]]:
        befores = [dict.fromkeys(followed, Stance.FOLLOW) for followed, _ in chats]
        ids = await subscribe(records, befores)
        teaser = Teaser(url="https://e.org/1", headline="x", sections=tuple(FEW))
        await publish(records, teaser, NOW)
        await withdraw(records, teaser, tuple(withdrawn), NOW)
        expected = set()
        for number, (followed, after) in zip(ids, chats, strict=True):
            await prefer(records, number, after)
            await records.outbox.drop_unwanted(number, NOW)
            preferences = await records.subscribers.preferences(number)
            reasons = frozenset(topic.identity for topic in followed)
            if stays_owed(FEW, preferences, reasons, withdrawn=gone):
                expected.add(number)
        owed = await records.outbox.claim(NOW, NOW, 1_000)
        return {one.subscriber.id for one in owed}, expected

    owed, expected = lab.find(compare)

    assert owed == expected
