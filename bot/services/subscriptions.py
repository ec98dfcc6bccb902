"""What readers do with their preferences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.matching import Stance
from bot.domain.naming import Named, find_topics
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.domain.topic import Identity, Topic, TopicKind
from bot.services import places
from bot.services.ports import Clock, Records, Store
from bot.services.records import Retirement, TopicRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a wish to follow, mute or neither."""

    #: The topic with its stance as it is now.
    record: TopicRecord
    #: False where it was so already.
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one typed name led to: changes, or the names to choose from."""

    named: Named
    changes: tuple[Change, ...] = ()
    #: Where the name is ambiguous or unknown: what may have been meant.
    candidates: tuple[TopicRecord, ...] = ()


class Subscriptions:
    """Subscribers and their follows and mutes.

    Every method that takes an address works for a chat that never said /start: it is welcomed
    silently, so that `/follow economy` as a first message does what it says.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def arrive(
        self,
        address: Address,
        kind: ChatKind,
        language: str,
        names: tuple[str, str] = ("", ""),
    ) -> Subscriber:
        """Return the chat's subscriber: known, new, or back from retirement.

        `names` are those of the chat and of the forum topic, as far as they are known.
        """
        async with self._store.reading() as records:  # most are known, and need no turn to write
            found = await records.subscribers.find(address)
        if found and _is_settled(found, kind, names):
            return found
        async with self._store.writing() as records:
            return await records.subscribers.put(address, kind, language, self._clock(), names)

    async def known(self, address: Address) -> Subscriber | None:
        """Return the chat's subscriber, whatever its standing; None where it has none."""
        async with self._store.reading() as records:
            return await records.subscribers.find(address)

    async def topics(self, subscriber: Subscriber, kind: TopicKind) -> list[TopicRecord]:
        """Return all topics of a kind, the most written about first."""
        async with self._store.reading() as records:
            return await records.topics.every(kind, subscriber.id)

    async def topic(self, subscriber: Subscriber, topic_id: int) -> TopicRecord | None:
        async with self._store.reading() as records:
            return await records.topics.get(topic_id, subscriber.id)

    async def following(self, subscriber: Subscriber) -> list[TopicRecord]:
        """Return what is followed and muted."""
        async with self._store.reading() as records:
            return await records.subscribers.stances(subscriber.id)

    async def of_article(self, subscriber: Subscriber, article_id: int) -> list[TopicRecord]:
        async with self._store.reading() as records:
            return await records.topics.of_article(article_id, subscriber.id)

    async def by_identity(self, subscriber: Subscriber, identity: Identity) -> TopicRecord | None:
        """Return the topic that a deep link names."""
        kind, key = identity
        topics = await self.topics(subscriber, kind)
        return next((record for record in topics if record.topic.key == key), None)

    async def by_id(
        self, subscriber: Subscriber, kind: TopicKind, topic_id: int
    ) -> TopicRecord | None:
        """Return the topic that a button names."""
        topics = await self.topics(subscriber, kind)
        return next((record for record in topics if record.id == topic_id), None)

    async def set_stance(
        self,
        subscriber: Subscriber,
        topic_id: int,
        stance: Stance | None,
        about: Stance | None = None,
    ) -> Change | None:
        """Follow, mute or (None) neither; return None where there is no such topic.

        `about` is the stance that None takes back. What has become the other one since stays: an
        old button to unfollow never unmutes.
        """
        async with self._store.writing() as records:
            return await self._apply(records, subscriber, topic_id, stance, about)

    async def set_stances_by_name(
        self, subscriber: Subscriber, names: str, stance: Stance | None
    ) -> list[Wish]:
        """Do what `/follow NAME…` and its like say; an empty list where no name is given."""
        async with self._store.writing() as records:
            every = await self._every(records, subscriber)
            named = find_topics(names, [record.topic for record in every])
            return [await self._fulfil(records, subscriber, one, every, stance) for one in named]

    async def take_back_by_name(
        self, subscriber: Subscriber, names: str, about: Stance
    ) -> list[Wish]:
        """Do what `/unfollow NAME…` and `/unmute NAME…` say; an empty list without a name.

        A name is first looked for among what has the stance, so that it is rarely ambiguous. A
        topic that has it not stays as it is, and near names come from those that have it.
        """
        async with self._store.writing() as records:
            held = await records.subscribers.stances(subscriber.id)
            held = [record for record in held if record.stance is about]
            named = find_topics(names, [record.topic for record in held])
            every = await self._every(records, subscriber)
            return [
                _left_alone(one, every) or await self._fulfil(records, subscriber, one, held, None)
                for one in named
            ]

    async def pause(self, subscriber: Subscriber, until: datetime | None) -> None:
        """Hold alerts until that moment, or until resumed."""
        async with self._store.writing() as records:
            await records.subscribers.pause(subscriber.id, until)

    async def resume(self, subscriber: Subscriber) -> int:
        """End a pause; return how many alerts are held and may be asked for."""
        async with self._store.writing() as records:
            return await records.subscribers.resume(subscriber.id)

    async def resume_due(self) -> int:
        """End the pauses that are over; return how many."""
        now = self._clock()
        async with self._store.reading() as records:  # nearly always there are none
            if not await records.subscribers.is_pause_over(now):
                return 0
        async with self._store.writing() as records:
            return len(await records.subscribers.resume_due(now))

    async def stop(self, subscriber: Subscriber) -> None:
        """Forget the subscriber with all preferences and deliveries."""
        async with self._store.writing() as records:
            await records.subscribers.forget(subscriber.id)

    async def retire(self, chat_id: int, reason: str) -> Retirement:
        """Retire a chat that the bot was blocked in or removed from."""
        async with self._store.writing() as records:
            return await places.retire(records, chat_id, reason, self._clock())

    async def move(self, chat_id: int, new_chat_id: int) -> bool:
        """Follow a group to the supergroup that it became; return whether it was known."""
        async with self._store.writing() as records:
            return await places.move(records, chat_id, new_chat_id, self._clock())

    async def _every(self, records: Records, subscriber: Subscriber) -> list[TopicRecord]:
        lists = [await records.topics.every(kind, subscriber.id) for kind in TopicKind]
        return [record for topics in lists for record in topics]

    async def _fulfil(
        self,
        records: Records,
        subscriber: Subscriber,
        named: Named,
        among: Sequence[TopicRecord],
        stance: Stance | None,
    ) -> Wish:
        meant = _records_of((*named.topics, *named.suggestions), among)
        if len(named.topics) != 1:
            return Wish(named=named, candidates=meant)
        change = await self._apply(records, subscriber, meant[0].id, stance)
        return Wish(named=named, changes=(change,) if change else ())

    async def _apply(
        self,
        records: Records,
        subscriber: Subscriber,
        topic_id: int,
        stance: Stance | None,
        about: Stance | None = None,
    ) -> Change | None:
        before = await records.topics.get(topic_id, subscriber.id)
        if before is None:
            return None
        if stance is None and about is not None and before.stance is not about:
            return Change(record=before, changed=False)
        if not await records.subscribers.set_stance(subscriber.id, topic_id, stance):
            return Change(record=before, changed=False)
        await records.outbox.drop_unwanted(subscriber.id, self._clock())
        return Change(record=replace(before, stance=stance, urgency=None), changed=True)


def _left_alone(named: Named, every: Sequence[TopicRecord]) -> Wish | None:
    """Return the wish that a name comes to which nothing with the stance has, but another topic."""
    if named.topics:
        return None
    found = find_topics(named.typed, [record.topic for record in every])
    meant = _records_of(found[0].topics, every) if found else ()
    return Wish(named=named, changes=(Change(record=meant[0], changed=False),)) if meant else None


def _records_of(topics: Sequence[Topic], among: Sequence[TopicRecord]) -> tuple[TopicRecord, ...]:
    by_identity = {record.topic.identity: record for record in among}
    return tuple(by_identity[topic.identity] for topic in topics)


def _is_settled(found: Subscriber, kind: ChatKind, names: tuple[str, str]) -> bool:
    """Return whether nothing about the chat is new."""
    title, thread_name = names
    named = title in ("", found.title) and thread_name in ("", found.thread_name)
    return named and found.kind is kind and found.standing is not Standing.RETIRED


def is_paused(subscriber: Subscriber) -> bool:
    return subscriber.standing is Standing.PAUSED


def followed(records: Sequence[TopicRecord]) -> list[TopicRecord]:
    return [record for record in records if record.stance is Stance.FOLLOW]
