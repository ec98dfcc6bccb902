"""Sources with a past: what they published, written into the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from bot.services.ports import Store
from tests.aids.archive import publish
from tests.aids.articles import teaser


@dataclass
class FakeTimedSource:
    """Implements `TimedSource`."""

    url: str = "https://www.example.org/feed/"
    kind: str = "feed"
    interval: timedelta = timedelta(minutes=5)
    least_interval: timedelta | None = None
    fresh_for: timedelta | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.url, self.kind


def every_week(first: datetime, weeks: int = 10, each: int = 10) -> list[datetime]:
    """Return moments from this one on, a minute apart, and those of the weeks before."""
    return [
        first - timedelta(weeks=week) + timedelta(minutes=minute)
        for week in range(1, weeks + 1)
        for minute in range(each)
    ]


async def published(
    store: Store,
    source: tuple[str, str],
    moments: Iterable[datetime],
    *,
    has_time: bool = True,
    also_by: Sequence[tuple[str, str]] = (),
) -> None:
    """Have the source shown articles of these moments; then the others as well."""
    async with store.writing() as records:
        owner, *others = [await records.sources.ensure(*one) for one in (source, *also_by)]
        ids = [
            await publish(
                records,
                teaser(f"past-{uuid4()}", published=at, has_time=has_time),
                at,
                source_id=owner.id,
                alert=False,
            )
            for at in moments
        ]
        for other in others:
            await records.articles.sight(ids, other.id)
