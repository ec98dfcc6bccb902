"""What is remembered of each source."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, literal, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reading import SourceState, Validators
from bot.services.records import SourceRecord
from bot.storage.instants import Instant, to_number
from bot.storage.tables import sources

_SEEN = text("""
    UPDATE sources SET read_at = MAX(COALESCE(read_at, 0), each.value ->> 1)
    FROM json_each(:moments) AS each WHERE sources.id = each.value ->> 0
""")


class SqlSources:
    """The `SourceRecords` of the use cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, url: str, kind: str) -> SourceRecord | None:
        own = (sources.c.url == url) & (sources.c.kind == kind)
        row = (await self._connection.execute(select(sources).where(own))).one_or_none()
        return _record(row) if row else None

    async def ensure(self, url: str, kind: str) -> SourceRecord:
        made = insert(sources).values(url=url, kind=kind).on_conflict_do_nothing()
        await self._connection.execute(made)
        found = await self.find(url, kind)
        if found is None:
            raise LookupError(url)
        return found

    async def succeeded(self, source_id: int, state: SourceState, now: datetime) -> None:
        await self._change(
            source_id,
            etag=state.validators.etag,
            last_modified=state.validators.last_modified,
            body_hash=state.body_hash,
            usual_count=state.usual_count,
            baselined_at=func.coalesce(sources.c.baselined_at, literal(now, Instant)),
            # Not before an earlier reading: by that it is noticed that the clock was put back.
            read_at=func.max(func.coalesce(sources.c.read_at, 0), to_number(now)),
            failures=0,
            fault="",
            due_at=None,
            failing_since=None,
            retry_at=None,
        )

    async def failed(
        self,
        source_id: int,
        fault: str,
        due_at: datetime,
        now: datetime,
        retry_at: datetime | None = None,
    ) -> None:
        await self._change(
            source_id,
            failures=sources.c.failures + 1,
            fault=fault,
            due_at=due_at,
            failing_since=func.coalesce(sources.c.failing_since, literal(now, Instant)),
            retry_at=retry_at,
        )

    async def switch_off(self, source_id: int, now: datetime) -> bool:
        is_on = sources.c.switched_off_at.is_(None)
        return await self._change(source_id, is_on, switched_off_at=now)

    async def switch_on(self, source_id: int, now: datetime) -> bool:
        has_failed = sources.c.failing_since.is_not(None)
        return await self._change(
            source_id,
            sources.c.switched_off_at.is_not(None),
            switched_off_at=None,
            due_at=sources.c.retry_at,
            failing_since=case((has_failed, literal(now, Instant))),
        )

    async def forget_bodies(self) -> None:
        forgotten = dict.fromkeys(("etag", "last_modified", "body_hash"))
        await self._connection.execute(update(sources).values(forgotten))

    async def seen(self, moments: Mapping[int, datetime]) -> None:
        numbers = [(source_id, to_number(moment)) for source_id, moment in moments.items()]
        await self._connection.execute(_SEEN, {"moments": json.dumps(numbers)})

    async def every(self) -> list[SourceRecord]:
        rows = await self._connection.execute(select(sources).order_by(sources.c.id))
        return [_record(row) for row in rows]

    async def _change(
        self, source_id: int, *conditions: ColumnElement[bool], **values: object
    ) -> bool:
        """Change the source where the conditions hold; return whether they did."""
        own = (sources.c.id == source_id, *conditions)
        changed = await self._connection.execute(update(sources).where(*own).values(**values))
        return changed.rowcount > 0


def _record(row: Row[Any]) -> SourceRecord:
    validators = Validators(etag=row.etag, last_modified=row.last_modified)
    return SourceRecord(
        id=row.id,
        url=row.url,
        kind=row.kind,
        state=SourceState(
            validators=validators, body_hash=row.body_hash, usual_count=row.usual_count
        ),
        baselined_at=row.baselined_at,
        read_at=row.read_at,
        failures=row.failures,
        fault=row.fault,
        due_at=row.due_at,
        failing_since=row.failing_since,
        switched_off_at=row.switched_off_at,
        retry_at=row.retry_at,
    )
