"""What a wish to follow, mute or neither makes of a topic, within a transaction."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.matching import Stance
from bot.domain.subscriber import Subscriber
from bot.services.ports import Records
from bot.services.records import TopicRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a wish to follow, mute or neither."""

    #: The topic with its stance as it is now.
    record: TopicRecord
    #: False where it was so already.
    changed: bool


async def change_stance(
    records: Records,
    subscriber: Subscriber,
    topic_id: int,
    stance: Stance | None,
    now: datetime,
    *,
    about: Stance | None = None,
) -> Change | None:
    """Follow, mute or (None) neither, and drop what is no longer wanted; None without the topic.

    `about` is the stance that None takes back: what has become the other one since stays.
    """
    before = await records.topics.get(topic_id, subscriber.id)
    if before is None:
        return None
    if stance is None and about is not None and before.stance is not about:
        return Change(record=before, changed=False)
    if not await records.subscribers.set_stance(subscriber.id, topic_id, stance):
        return Change(record=before, changed=False)
    await records.outbox.drop_unwanted(subscriber.id, now)
    return Change(record=replace(before, stance=stance, urgency=None), changed=True)
