"""Slows users who ask too much, each for themselves."""

from typing import Final

from telegram import Message

from bot.domain.flood import Bucket, Verdict, ask
from bot.services.ports import Clock

#: With so many remembered, those whose bucket is full again are forgotten.
_MANY: Final = 10_000


class Floodgate:
    """Remembers in memory what users asked of late; a restart forgets it."""

    def __init__(self, clock: Clock, many: int = _MANY) -> None:
        self._clock = clock
        self._many = many
        self._forget_at = many
        self._buckets: dict[int, Bucket] = {}

    @property
    def remembered(self) -> int:
        """Of how many users something is remembered."""
        return len(self._buckets)

    def ask(self, user_id: int) -> Verdict:
        """Decide on one thing more that the user asks."""
        now = self._clock()
        verdict, self._buckets[user_id] = ask(self._buckets.get(user_id), now)
        if len(self._buckets) > self._forget_at:
            self._buckets = {
                user: bucket for user, bucket in self._buckets.items() if not bucket.is_full(now)
            }
            # Twice what is left: going through all of them stays cheap, however many there are.
            self._forget_at = max(self._many, 2 * len(self._buckets))
        return verdict


def asker_of(message: Message) -> int:
    """Return who wrote the message.

    Anonymous administrators and channels write in the name of a chat, all by the same user.
    """
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id
