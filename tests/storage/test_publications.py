"""When a source published: all that it has shown, and no table read whole for it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import publications
from bot.storage.database import Database
from tests.aids.habits import published
from tests.storage.test_query_plans import plan_of

FEED = ("https://www.example.org/feed/", "feed")
PAGE = ("https://www.example.org/tag/economy/", "page")


async def since(store: Database, source: tuple[str, str], beginning: datetime) -> list[datetime]:
    async with store.reading() as records:
        found = await records.sources.find(*source)
        assert found is not None
        return await records.publications.since(found.id, beginning)


async def test_what_another_source_brought_counts_where_it_was_shown(
    store: Database, now: datetime
) -> None:
    both = [now - timedelta(days=1), now - timedelta(days=2)]
    await published(store, FEED, both, also_by=[PAGE])
    await published(store, FEED, [now])

    assert await since(store, PAGE, now - timedelta(days=9)) == both
    assert await since(store, FEED, now - timedelta(days=9)) == [now, *both]


async def test_what_has_no_time_or_is_too_old_is_left_out(store: Database, now: datetime) -> None:
    await published(store, FEED, [now - timedelta(days=3)])
    await published(store, FEED, [now - timedelta(hours=5)], has_time=False)

    assert await since(store, FEED, now - timedelta(days=2)) == []


async def test_of_too_many_the_newest_are_told(
    store: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "_MOST", 3)
    moments = [now - timedelta(hours=number) for number in range(5)]
    await published(store, FEED, moments)

    assert await since(store, FEED, now - timedelta(days=2)) == moments[:3]


def test_only_the_sources_own_sightings_are_walked(database_path: Path) -> None:
    steps = plan_of(publications.MOMENTS, database_path)

    assert "SEARCH s USING PRIMARY KEY (source_id=? AND article_id>?)" in steps
    assert "SEARCH a USING INDEX sqlite_autoindex_articles_1 (id=?)" in steps
    assert [step for step in steps if step.startswith(("SCAN s", "SCAN a", "USE TEMP"))] == []
