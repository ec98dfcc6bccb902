"""Subscriptions at hubs, in the database."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.hub import HubLink, HubState
from bot.services.hub_ports import HubRecord
from bot.storage.database import Database
from bot.storage.migrate import migrate, undo
from tests.conftest import SITE_ZONE

URL = "https://e.example/feed/"
LINK = HubLink(hub="https://hub.example/", topic=URL)


async def begun(store: Database, now: datetime) -> HubRecord:
    """Return a subscription that was asked for."""
    async with store.writing() as records:
        source = await records.sources.ensure(URL, "feed")
        assert await records.hubs.found(source.id, LINK)
        (found,) = await records.hubs.every()
        asked = replace(found, state=HubState.ASKED, token="t", secret="s", requests=1)
        await records.hubs.ask(replace(asked, next_try_at=now, public_url="https://bot.example"))
        (known,) = await records.hubs.every()
    return known


async def test_what_is_found_again_stays_as_it_is(store: Database, now: datetime) -> None:
    known = await begun(store, now)

    async with store.writing() as records:
        assert not await records.hubs.found(known.source_id, LINK)
        assert await records.hubs.every() == [known]
    assert (known.url, known.kind, known.is_off) == (URL, "feed", False)
    assert (known.state, known.token, known.secret) == (HubState.ASKED, "t", "s")


async def test_another_link_or_none_forgets_the_subscription(
    store: Database, now: datetime
) -> None:
    known = await begun(store, now)

    async with store.writing() as records:
        assert await records.hubs.found(known.source_id, replace(LINK, topic="https://e.example/"))
        (other,) = await records.hubs.every()
        assert await records.hubs.found(known.source_id, None)
        assert not await records.hubs.found(known.source_id, None)
        assert await records.hubs.every() == []
    assert (other.state, other.token, other.secret) == (HubState.FOUND, None, None)


async def test_a_late_failure_does_not_undo_a_verification(store: Database, now: datetime) -> None:
    await begun(store, now)
    until, renewal = now + timedelta(days=10), now + timedelta(days=1)

    async with store.writing() as records:
        await records.hubs.verified("t", until, renewal)
        await records.hubs.failed("t", "too late", now)
        known = await records.hubs.of_token("t")
    assert known
    assert (known.state, known.lease_until, known.next_try_at) == (HubState.LIVE, until, renewal)
    assert known.fault == ""


async def test_another_token_has_no_lease_yet(store: Database, now: datetime) -> None:
    known = await begun(store, now)

    async with store.writing() as records:
        await records.hubs.verified("t", now + timedelta(days=10), now)
        await records.hubs.ask(known)
        renewed = await records.hubs.of_token("t")
        await records.hubs.ask(replace(known, token="u"))
        other = await records.hubs.of_token("u")
    assert renewed
    assert other
    assert (renewed.lease_until, other.lease_until) == (now + timedelta(days=10), None)


def test_what_is_secret_is_in_no_text_of_a_record() -> None:
    """So that no traceback and no event has it by accident."""
    names = {"token", "secret"}
    shown = {one.name for one in HubRecord.__dataclass_fields__.values() if one.repr}

    assert not names & shown


async def test_a_database_of_the_version_before_keeps_its_sources(
    database_path: Path, now: datetime
) -> None:
    url = f"sqlite+aiosqlite:///{database_path}"
    undo(url, "0011")
    with closing(sqlite3.connect(database_path)) as connection, connection:
        connection.execute("INSERT INTO sources (url, kind, etag) VALUES (?, 'feed', 'x')", [URL])

    migrate(url)

    database = Database(url, SITE_ZONE)
    assert (await begun(database, now)).url == URL
    async with database.reading() as records:
        (source,) = await records.sources.every()
    await database.close()
    assert source.state.validators.etag == "x"
