"""What readers do with their preferences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.matching import Stance
from bot.domain.naming import Named, find_topics
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.domain.topic import Identity, Topic, TopicKind
from bot.services.ports import Clock, Records, Store
from bot.services.records import TopicRecord
from bot.services.stances import Change, change_stance


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
        *,
        told: bool = True,
        names: tuple[str, str] = ("", ""),
    ) -> Subscriber:
        """Return the chat's subscriber: known, new, or back from retirement.

        It speaks that language from now on unless it chose one; where nobody `told` the language,
        only one who is new does. Of `names`, those of chat and forum topic, what is empty is kept.
        """
        found = await self.find(address)  # most are known, and need no turn to write
        if (
            found
            and _is_settled(found, kind, names)
            and not (told and _is_to_speak(found, language))
        ):
            return found
        async with self._store.writing() as records:
            there = await records.subscribers.put(address, kind, language, self._clock(), names)
            if told and _is_to_speak(there, language):
                await records.subscribers.set_language(there.id, language, chosen=False)
                there = replace(there, language=language)
        return there

    async def find(self, address: Address) -> Subscriber | None:
        """Return the chat's subscriber, whatever its standing; None where it has none."""
        async with self._store.reading() as records:
            return await records.subscribers.find(address)

    async def set_language(
        self, subscriber: Subscriber, language: str, *, chosen: bool
    ) -> Subscriber:
        """Have the chat speak that language; for good, or until its own is told to be another."""
        async with self._store.writing() as records:
            await records.subscribers.set_language(subscriber.id, language, chosen=chosen)
        return replace(subscriber, language=language, language_chosen=chosen)

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
            return await change_stance(
                records, subscriber, topic_id, stance, self._clock(), about=about
            )

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
        change = await change_stance(records, subscriber, meant[0].id, stance, self._clock())
        return Wish(named=named, changes=(change,) if change else ())


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
    named = names[0] in ("", found.title) and names[1] in ("", found.thread_name)
    return named and found.kind is kind and found.standing is not Standing.RETIRED


def _is_to_speak(subscriber: Subscriber, language: str) -> bool:
    return not subscriber.language_chosen and subscriber.language != language


def is_paused(subscriber: Subscriber) -> bool:
    return subscriber.standing is Standing.PAUSED


def followed(records: Sequence[TopicRecord]) -> list[TopicRecord]:
    return [record for record in records if record.stance is Stance.FOLLOW]
