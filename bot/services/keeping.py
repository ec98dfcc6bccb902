"""Who sets groups, forum topics and channels up, and from where."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.subscriber import ChatKind, Standing, Subscriber
from bot.services import places
from bot.services.ports import Clock, Store
from bot.services.records import Retirement

#: For so long after the last command a private chat sets its channel up.
_LONGEST_SETUP: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Setup:
    """A channel that is set up from a private chat."""

    channel: Subscriber
    #: An hour went by without a command: the set-up has just ended.
    over: bool = False


class Keeping:
    """Whoever sets a chat up first is told what happens to it.

    A channel is set up from a private chat. While that lasts, the private chat's commands are meant
    for the channel.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, subscriber: Subscriber, user_id: int) -> None:
        """Note who set the chat up; the first one stays."""
        if subscriber.kind.is_shared and subscriber.keeper_id is None:
            async with self._store.writing() as records:
                await records.places.keep(subscriber.id, user_id)

    async def channels_of(self, user_id: int) -> list[Subscriber]:
        """Return the channels that the user set up."""
        async with self._store.reading() as records:
            kept = await records.places.kept_by(user_id)
        return [one for one in kept if one.kind is ChatKind.CHANNEL]

    async def channel(self, subscriber_id: int) -> Subscriber | None:
        """Return a channel by its subscriber's id; None where that is none."""
        async with self._store.reading() as records:
            found = await records.subscribers.get(subscriber_id)
        return found if found and found.kind is ChatKind.CHANNEL else None

    async def begin(self, private: Subscriber, channel: Subscriber) -> None:
        """Have the private chat's commands meant for the channel; it ends any other set-up."""
        async with self._store.writing() as records:
            ends_at = self._clock() + _LONGEST_SETUP
            await records.setups.put(private.id, channel.id, ends_at)

    async def current(self, private: Subscriber) -> Setup | None:
        """Return what the private chat sets up, which thereby lasts another hour."""
        async with self._store.reading() as records:
            found = await records.setups.find(private.id)
        if found is None:
            return None
        if found.ends_at <= self._clock():
            await self.end(private)
            return Setup(found.channel, over=True)
        await self.begin(private, found.channel)
        return Setup(found.channel)

    async def end(self, private: Subscriber) -> bool:
        """End the set-up; return whether there was one."""
        async with self._store.writing() as records:
            return await records.setups.end(private.id)

    async def knows(self, chat_id: int) -> bool:
        """Return whether the chat, or a forum topic of it, gets alerts."""
        async with self._store.reading() as records:
            every = await records.places.of_chat(chat_id)
        return any(one.standing is not Standing.RETIRED for one in every)

    async def retire(self, chat_id: int, reason: str) -> Retirement:
        """Retire a chat that the bot was blocked in or removed from."""
        async with self._store.writing() as records:
            return await places.retire(records, chat_id, reason, self._clock())

    async def upgrade(self, chat_id: int, new_chat_id: int) -> bool:
        """Follow a group to the supergroup that it became; return whether it was known."""
        async with self._store.writing() as records:
            return await places.upgrade(records, chat_id, new_chat_id, self._clock())

    async def revive(self, chat_id: int) -> int:
        """Bring back a chat with its forum topics; return how many of these follow something."""
        async with self._store.writing() as records:
            back = await records.places.revive(chat_id)
            every = await records.places.of_chat(chat_id)
            topics = [one.id for one in every if one.address.thread_id and one.id in back]
            return sum([bool(await records.subscribers.stances(one)) for one in topics])
