"""What happens to groups, forum topics and channels, within a transaction.

Whoever set one up is told, by a notice in the same transaction: once for each event, since only
what changes something is told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.delivery import ChatGone, ChatMoved, Outcome, Sent, Silenced, TopicGone
from bot.domain.notice import NoticeKind
from bot.domain.silence import TRY_AGAIN, Silence
from bot.domain.subscriber import Address, Subscriber
from bot.services.ports import Records
from bot.services.records import TOPIC_GONE, Retirement

_TOLD_OF: Final = {Silence.NO_RIGHT: NoticeKind.SILENCED, Silence.CLOSED: NoticeKind.CLOSED}


async def retire(records: Records, chat_id: int, reason: str, now: datetime) -> Retirement:
    """Retire a chat that the bot was blocked in or removed from, or that is gone."""
    retirement = await records.subscribers.retire(chat_id, reason, now)
    await records.notices.add(NoticeKind.REMOVED, retirement.ids, now)
    return retirement


async def retire_topic(records: Records, address: Address, now: datetime) -> Retirement:
    """Retire a forum topic that was deleted; its chat and the other topics live on."""
    retirement = await records.subscribers.retire(
        address.chat_id, TOPIC_GONE, now, thread_id=address.thread_id
    )
    await records.notices.add(NoticeKind.DELETED, retirement.ids, now)
    return retirement


async def upgrade(records: Records, chat_id: int, new_chat_id: int, now: datetime) -> bool:
    """Follow a group to the supergroup that it became; return whether there was anything to move.

    Telegram tells of it up to three times: in both chats, and to whoever writes to the old one.
    """
    if not await records.places.of_chat(chat_id):
        return False
    await records.moves.upgrade(chat_id, new_chat_id, now)
    moved = await records.places.of_chat(new_chat_id)
    await records.notices.add(NoticeKind.MOVED, [one.id for one in moved], now)
    return True


async def silence(
    records: Records, address: Address, why: Silence, now: datetime, *, told: bool = True
) -> int:
    """Hold what a chat is owed that does not let the bot write; return how many fell silent.

    A topic is closed by itself; a right is missing in the whole chat.
    """
    begun = await records.silences.begin(
        address.chat_id, why, now + TRY_AGAIN, thread_id=_thread(address, why)
    )
    await records.notices.add(_TOLD_OF[why], begun if told else [], now)
    return len(begun)


async def end_silence(
    records: Records, address: Address, why: Silence, now: datetime, max_age: timedelta
) -> int:
    """Owe what was held, offer what grew old meanwhile; return how many silences ended.

    What grew old is what is older than an alert may be.
    """
    ended = await records.silences.end(address.chat_id, why, thread_id=_thread(address, why))
    await _owe(records, ended, now, max_age)
    old = await records.silences.holding(ended)
    await records.notices.add(NoticeKind.OFFERED, old, now)
    return len(ended)


async def try_again(records: Records, now: datetime, max_age: timedelta) -> int:
    """Owe what is fresh to those whose silence may be over untold; return to how many."""
    tried = await records.silences.try_again(now, now + TRY_AGAIN)
    await _owe(records, tried, now, max_age)
    return len(tried)


async def heed(
    records: Records,
    subscriber: Subscriber,
    outcome: Outcome | None,
    now: datetime,
    max_age: timedelta,
) -> None:
    """Do what the outcome of a message means for its chat; `max_age` as for `end_silence`."""
    address = subscriber.address
    match outcome:
        case ChatGone(detail):
            await retire(records, address.chat_id, detail, now)
        case TopicGone():
            await retire_topic(records, address, now)
        case ChatMoved(new_chat_id):
            await upgrade(records, address.chat_id, new_chat_id, now)
        case Silenced(why=why):
            await silence(records, address, why, now)
        case Sent() if subscriber.silence is not None:
            await end_silence(records, address, subscriber.silence, now, max_age)


async def _owe(
    records: Records, subscriber_ids: Sequence[int], now: datetime, max_age: timedelta
) -> None:
    if subscriber_ids:
        await records.silences.owe_fresh(subscriber_ids, now - max_age, now)


def _thread(address: Address, why: Silence) -> int | None:
    return address.thread_id if why is Silence.CLOSED else None
