"""Chats that do not let the bot write: begun and ended by what Telegram tells of them."""

from datetime import timedelta

from bot.domain.silence import Silence
from bot.domain.subscriber import Address, Subscriber
from bot.services import places
from bot.services.ports import Clock, Store


class Silences:
    """Each method returns how many chats and forum topics it concerned."""

    def __init__(self, store: Store, clock: Clock, max_age: timedelta) -> None:
        """`max_age` is how old an alert may be that comes unasked when a silence ends."""
        self._store = store
        self._clock = clock
        self._max_age = max_age

    async def begin(self, address: Address, why: Silence, *, told: bool = True) -> int:
        """Hold what the chat is owed; where it is `told`, whoever set it up hears of it."""
        async with self._store.writing() as records:
            return await places.silence(records, address, why, self._clock(), told=told)

    async def end(self, address: Address, why: Silence) -> int:
        async with self._store.writing() as records:
            return await places.end_silence(records, address, why, self._clock(), self._max_age)

    async def heard(self, subscriber: Subscriber) -> int:
        """Take note that a message got through."""
        if subscriber.silence is None:
            return 0
        return await self.end(subscriber.address, subscriber.silence)

    async def try_again(self) -> int:
        """Have those tried whose silence may be over without a word of Telegram's."""
        async with self._store.writing() as records:
            return await places.try_again(records, self._clock(), self._max_age)
