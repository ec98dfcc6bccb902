"""Chats and their preferences."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.matching import Preferences, Stance
from bot.domain.silence import Silence
from bot.domain.subscriber import Address, ChatKind, Standing, Subscriber
from bot.services.records import Retirement, TopicRecord
from bot.storage.instants import NEVER, to_number
from bot.storage.stances import SIGNS
from bot.storage.tables import stances, subscribers, topics
from bot.storage.topics import record_of

_PAUSE_OWED = text("""
    UPDATE deliveries SET state = 'held', due_at = :never
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state = 'owed'
""")

_COUNT_HELD = text("""
    SELECT COUNT(*) FROM deliveries
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state = 'held'
""")

_PAUSE_OVER = text("""
    SELECT EXISTS (
        SELECT 1 FROM subscribers WHERE paused_until <= :now AND standing = 'paused'
    )
""")
#: A pause that ends by itself is caught up with at once, in one message (lot 2).
_END_PAUSES = text("""
    UPDATE subscribers SET standing = 'active', paused_until = NULL
    WHERE paused_until <= :now AND standing = 'paused'
    RETURNING id
""")
_OWE_HELD = text("""
    UPDATE deliveries SET state = 'owed', due_at = :now, lot = 2
    WHERE due_at IS NOT NULL AND state = 'held'
        AND subscriber_id IN (SELECT value FROM json_each(:subscriber_ids))
""")

#: A chat with all its forum topics, or where a thread is given, that one.
_WITHIN = "chat_id = :chat_id AND (:thread_id IS NULL OR thread_id = :thread_id)"
_RETIRE = text(f"""
    UPDATE subscribers
    SET standing = 'retired', retired_because = :reason, paused_until = NULL, silence = NULL,
        try_at = NULL
    WHERE {_WITHIN} AND standing <> 'retired'
    RETURNING id
""")  # noqa: S608 - a constant
_DROP_OPEN = text(f"""
    UPDATE deliveries SET state = 'dropped', due_at = NULL, settled_at = :now, detail = :reason
    WHERE due_at IS NOT NULL AND subscriber_id IN (SELECT id FROM subscribers WHERE {_WITHIN})
""")  # noqa: S608 - a constant

#: Whoever has everything about themselves deleted is not told of the places that they set up.
_KEEP_NO_MORE = text("""
    UPDATE subscribers SET keeper_id = NULL WHERE keeper_id = (
        SELECT chat_id FROM subscribers WHERE id = :subscriber_id AND kind = 'private'
    )
""")


#: What `subscriber_of` needs, beside the id.
SUBSCRIBER: Final = [
    subscribers.c[name]
    for name in [
        "chat_id",
        "thread_id",
        "kind",
        "language",
        "language_chosen",
        "timezone",
        "standing",
        "paused_until",
        "silence",
        "keeper_id",
        "title",
        "thread_name",
    ]
]


class SqlSubscribers:
    """The `SubscriberRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, address: Address) -> Subscriber | None:
        return await self._one(
            and_(
                subscribers.c.chat_id == address.chat_id,
                subscribers.c.thread_id == address.thread_id,
            )
        )

    async def get(self, subscriber_id: int) -> Subscriber | None:
        return await self._one(subscribers.c.id == subscriber_id)

    async def put(
        self,
        address: Address,
        kind: ChatKind,
        language: str,
        now: datetime,
        names: tuple[str, str] = ("", ""),
    ) -> Subscriber:
        there = await self.find(address)
        if there is None:
            made = insert(subscribers).values(
                chat_id=address.chat_id,
                thread_id=address.thread_id,
                kind=kind,
                language=language,
                standing=Standing.ACTIVE,
                created_at=now,
                title=names[0],
                thread_name=names[1],
            )
            await self._connection.execute(made)
        else:
            retired = there.standing is Standing.RETIRED
            await self._change(
                there.id,
                standing=Standing.ACTIVE if retired else there.standing,
                retired_because=None,
                kind=kind,
                title=names[0] or there.title,
                thread_name=names[1] or there.thread_name,
            )
        found = await self.find(address)
        if found is None:
            raise LookupError(address)
        return found

    async def set_language(self, subscriber_id: int, language: str, *, chosen: bool) -> None:
        await self._change(subscriber_id, language=language, language_chosen=chosen)

    async def set_stance(self, subscriber_id: int, topic_id: int, stance: Stance | None) -> bool:
        own = and_(stances.c.topic_id == topic_id, stances.c.subscriber_id == subscriber_id)
        before = await self._connection.scalar(select(stances.c.stance).where(own))
        wanted = SIGNS[stance] if stance else None
        if before == wanted:
            return False
        await self._connection.execute(delete(stances).where(own))
        if wanted is not None:
            row = {"topic_id": topic_id, "subscriber_id": subscriber_id, "stance": wanted}
            await self._connection.execute(insert(stances).values(row))
        return True

    async def stances(self, subscriber_id: int) -> list[TopicRecord]:
        rows = await self._connection.execute(
            select(topics, stances.c.stance, stances.c.urgency)
            .join(stances, stances.c.topic_id == topics.c.id)
            .where(stances.c.subscriber_id == subscriber_id)
            .order_by(stances.c.stance.desc(), topics.c.kind.desc(), topics.c.name)
        )
        return [record_of(row) for row in rows]

    async def preferences(self, subscriber_id: int) -> Preferences:
        held = await self.stances(subscriber_id)
        by_stance = {
            stance: frozenset(one.topic.identity for one in held if one.stance is stance)
            for stance in Stance
        }
        return Preferences(follows=by_stance[Stance.FOLLOW], mutes=by_stance[Stance.MUTE])

    async def pause(self, subscriber_id: int, until: datetime | None) -> None:
        await self._change(subscriber_id, standing=Standing.PAUSED, paused_until=until)
        await self._connection.execute(
            _PAUSE_OWED, {"subscriber_id": subscriber_id, "never": NEVER}
        )

    async def resume(self, subscriber_id: int) -> int:
        await self._change(subscriber_id, standing=Standing.ACTIVE, paused_until=None)
        held = await self._connection.scalar(_COUNT_HELD, {"subscriber_id": subscriber_id})
        return int(held or 0)

    async def is_pause_over(self, now: datetime) -> bool:
        return bool(await self._connection.scalar(_PAUSE_OVER, {"now": to_number(now)}))

    async def resume_due(self, now: datetime) -> list[int]:
        ended = await self._connection.execute(_END_PAUSES, {"now": to_number(now)})
        ids = list(ended.scalars().all())
        values = {"subscriber_ids": json.dumps(ids), "now": to_number(now)}
        await self._connection.execute(_OWE_HELD, values)
        return ids

    async def retire(
        self, chat_id: int, reason: str, now: datetime, *, thread_id: int | None = None
    ) -> Retirement:
        values = {"chat_id": chat_id, "thread_id": thread_id, "reason": reason}
        retired = (await self._connection.execute(_RETIRE, values)).scalars().all()
        dropped = await self._connection.execute(_DROP_OPEN, {**values, "now": to_number(now)})
        return Retirement(ids=tuple(retired), dropped=dropped.rowcount)

    async def forget(self, subscriber_id: int) -> None:
        """Delete the subscriber; stances and deliveries go with it by cascade."""
        await self._connection.execute(_KEEP_NO_MORE, {"subscriber_id": subscriber_id})
        await self._connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))

    async def _one(self, condition: Any) -> Subscriber | None:
        row = (await self._connection.execute(select(subscribers).where(condition))).one_or_none()
        return subscriber_of(row, row.id) if row else None

    async def _change(self, subscriber_id: int, **values: object) -> None:
        await self._connection.execute(
            update(subscribers).where(subscribers.c.id == subscriber_id).values(**values)
        )


def subscriber_of(row: Row[Any], subscriber_id: int) -> Subscriber:
    return Subscriber(
        id=subscriber_id,
        address=Address(chat_id=row.chat_id, thread_id=row.thread_id),
        kind=ChatKind(row.kind),
        language=row.language,
        timezone=row.timezone,
        standing=Standing(row.standing),
        paused_until=row.paused_until,
        language_chosen=row.language_chosen,
        silence=Silence(row.silence) if row.silence else None,
        keeper_id=row.keeper_id,
        title=row.title,
        thread_name=row.thread_name,
    )
