"""What readers do with their preferences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.matching import Stance
from bot.domain.naming import Named, find_topics
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.domain.topic import Identity, TopicKind
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

    async def find(self, address: Address) -> Subscriber | None:
        """Return the chat's subscriber, if there is one."""
        async with self._store.reading() as records:
            return await records.subscribers.find(address)

    async def topics(self, subscriber: Subscriber, kind: TopicKind) -> list[TopicRecord]:
        """Return all topics of a kind, the most written about first."""
        async with self._store.reading() as records:
            return await records.topics.every(kind, subscriber.id)

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

    async def set_stance(
        self, subscriber: Subscriber, topic_id: int, stance: Stance | None
    ) -> Change | None:
        """Follow, mute or (None) neither; return None where there is no such topic."""
        async with self._store.writing() as records:
            return await self._apply(records, subscriber, topic_id, stance)

    async def set_stances_by_name(
        self, subscriber: Subscriber, names: str, stance: Stance | None
    ) -> list[Wish]:
        """Do what `/follow NAME…` and its like say; an empty list where no name is given."""
        async with self._store.writing() as records:
            every = await self._every(records, subscriber)
            named = find_topics(names, [record.topic for record in every])
            ids = {record.topic.identity: record for record in every}
            return [await self._fulfil(records, subscriber, one, ids, stance) for one in named]

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
        async with self._store.writing() as records:
            return len(await records.subscribers.resume_due(self._clock()))

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
        every: dict[Identity, TopicRecord],
        stance: Stance | None,
    ) -> Wish:
        if len(named.topics) != 1:
            choice = (*named.topics, *named.suggestions)
            return Wish(named=named, candidates=tuple(every[topic.identity] for topic in choice))
        topic_id = every[named.topics[0].identity].id
        change = await self._apply(records, subscriber, topic_id, stance)
        return Wish(named=named, changes=(change,) if change else ())

    async def _apply(
        self, records: Records, subscriber: Subscriber, topic_id: int, stance: Stance | None
    ) -> Change | None:
        before = await records.topics.get(topic_id)
        if before is None:
            return None
        changed = await records.subscribers.set_stance(subscriber.id, topic_id, stance)
        if changed:
            await records.outbox.drop_unwanted(subscriber.id, self._clock())
        record = TopicRecord(
            id=topic_id, topic=before.topic, articles=before.articles, stance=stance
        )
        return Change(record=record, changed=changed)


def _is_settled(found: Subscriber, kind: ChatKind, names: tuple[str, str]) -> bool:
    """Return whether nothing about the chat is new."""
    title, thread_name = names
    named = title in ("", found.title) and thread_name in ("", found.thread_name)
    return named and found.kind is kind and found.standing is not Standing.RETIRED


def is_paused(subscriber: Subscriber) -> bool:
    return subscriber.standing is Standing.PAUSED


def followed(records: Sequence[TopicRecord]) -> list[TopicRecord]:
    return [record for record in records if record.stance is Stance.FOLLOW]
