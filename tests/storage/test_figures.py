"""The numbers that administrators are told, held against what was done."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pytest
from sqlalchemy import TextClause

from bot.domain.delivery import Refused, Sent, Unanswered, settle
from bot.domain.figures import Traffic, bounds_of, last_days
from bot.domain.subscriber import ChatKind
from bot.storage import figures
from bot.storage.database import Database
from tests.aids.archive import claim, publish, subscribe
from tests.aids.articles import ECONOMY, hours, teaser
from tests.conftest import SITE_ZONE

DAY = timedelta(days=1)
#: What the statements are given.
NUMBERS = {"now": 0, "beginning": 0, "end": 1, "median": 0, "p95": 0}


async def test_readers_are_counted_by_standing_kind_and_age(store: Database, now: datetime) -> None:
    async with store.writing() as records:
        await subscribe(records, 1, now - hours(24 * 9))
        paused = await subscribe(records, 2, now - hours(24 * 6))
        await subscribe(records, -3, now, kind=ChatKind.GROUP)
        await subscribe(records, -4, now, kind=ChatKind.SUPERGROUP)
        await subscribe(records, -5, now, kind=ChatKind.CHANNEL)
        await records.subscribers.pause(paused.id, None)
        await records.subscribers.retire(-5, "blocked", now)

        told = await records.figures.readership(now - 7 * DAY)

    assert (told.active, told.paused, told.retired, told.new) == (3, 1, 1, 4)
    assert told.kinds == {
        ChatKind.PRIVATE: 2,
        ChatKind.GROUP: 1,
        ChatKind.SUPERGROUP: 1,
        ChatKind.CHANNEL: 0,
    }


async def test_what_waits_is_what_the_figures_of_the_outbox_say(
    store: Database, now: datetime
) -> None:
    async with store.writing() as records:
        paused = await subscribe(records, 1, now, follows=[ECONOMY])
        for chat_id in range(2, 8):
            await subscribe(records, chat_id, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        await records.subscribers.pause(paused.id, None)
        under_way = await claim(records, now, limit=2)
        (one, other) = under_way
        await records.outbox.settle([settle(one.delivery, Sent(5), now)], now)

        waiting = await records.outbox.open_figures(now + hours(1))
        every = await records.outbox.figures()

    assert (waiting.owed, waiting.held) == (every.owed, every.held) == (5, 1)
    assert other.delivery.id != one.delivery.id
    # What is under way is due again when its lease has ended.
    assert (waiting.due, waiting.oldest_due) == (5, now.replace(microsecond=0))


async def test_traffic_tells_what_became_of_deliveries_within_each_stretch(
    store: Database, now: datetime
) -> None:
    now = now.replace(microsecond=0)
    async with store.writing() as records:
        for chat_id in range(1, 5):
            await subscribe(records, chat_id, now, follows=[ECONOMY])
        await publish(records, teaser(), now)
        one, two, three, four = (claimed.delivery for claimed in await claim(records, now))
        later = now + hours(2)
        await records.outbox.settle(
            [settle(one, Sent(5), now), settle(two, Refused("too long"), now)], now
        )
        await records.outbox.settle([settle(three, Unanswered("silence"), later)], later)
        await records.outbox.settle([settle(four, Sent(6), later)], later)
        (again,) = await claim(records, later + hours(1))
        last = later + hours(1)
        await records.outbox.settle([settle(again.delivery, Sent(7), last)], last)

        bounds = [(now, later), (later, last), (last, last + DAY), (now - DAY, last + DAY)]
        first, second, third, whole = await records.figures.traffic(bounds)
        every = await records.outbox.figures()

    assert (first.sent, first.failed, first.ambiguous, first.median) == (1, 1, 0, timedelta(0))
    assert (second.sent, second.failed, second.p95) == (1, 0, hours(2))
    assert (third.sent, third.ambiguous, third.median) == (1, 1, hours(3))
    assert (whole.sent, whole.failed) == (every.sent, every.failed) == (3, 1)
    assert (whole.median, whole.p95) == (hours(2), hours(3))


@pytest.mark.parametrize("count", [0, 1, 2, 19, 20, 21, 100, 333])
async def test_the_percentiles_are_those_of_the_nearest_rank(
    database_path: Path, store: Database, now: datetime, count: int
) -> None:
    now = now.replace(microsecond=0)
    waits = [random.Random(count).randrange(90_000) for _ in range(count)]  # noqa: S311 - a sample
    settled = int(now.timestamp() * 1000)
    with closing(sqlite3.connect(database_path)) as connection, connection:
        fill(connection, [(settled - wait, settled, 0) for wait in waits])
        fill(connection, [(0, settled, 1), (0, settled, 2)], first=1_000)  # editions and catch-ups
    async with store.reading() as records:
        (told,) = await records.figures.traffic([(now, now + hours(1))])

    ranked = sorted(waits)
    expected = (
        [ranked[ceil(count * share) - 1] for share in (0.5, 0.95)] if ranked else [None, None]
    )
    assert (told.sent, told.at_once) == (count + 2, count)
    assert [milliseconds(told.median), milliseconds(told.p95)] == expected


async def test_a_retraction_that_was_alerted_again_does_not_count_as_latency(
    database_path: Path, store: Database, now: datetime
) -> None:
    settled = int(now.timestamp() * 1000)
    with closing(sqlite3.connect(database_path)) as connection, connection:
        fill(connection, [(settled - 9_000_000, settled, 0)])
        connection.execute("UPDATE deliveries SET first_message_id = 5")
    async with store.reading() as records:
        (told,) = await records.figures.traffic([(now - DAY, now + DAY)])

    assert told == Traffic(sent=1)


def test_a_day_is_that_of_the_zone_however_long_the_clocks_make_it() -> None:
    late = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)  # the fifth in Seoul

    days = last_days(late, SITE_ZONE, 14)
    beginning, end = bounds_of(days[-1], SITE_ZONE)

    assert (len(days), str(days[0]), str(days[-1])) == (14, "2026-02-20", "2026-03-05")
    assert (beginning.astimezone(UTC).hour, beginning <= late < end) == (15, True)


@pytest.mark.parametrize("name", ["_COUNTED", "_LATENCY"])
def test_no_figure_reads_all_deliveries(database_path: Path, name: str) -> None:
    statement: TextClause = getattr(figures, name)
    with closing(sqlite3.connect(database_path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", NUMBERS).fetchall()
    read = [detail for *_, detail in steps if "deliveries" in detail]

    assert read != []
    allowed = "SEARCH deliveries USING INDEX ix_deliveries_"
    assert [detail for detail in read if not detail.startswith(allowed)] == []


def fill(
    connection: sqlite3.Connection, rows: list[tuple[int, int, int]], *, first: int = 1
) -> None:
    """Store settled deliveries, each by when it was owed and sent, and its lot."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executemany(
        "INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, settled_at,"
        " lot, message_id) VALUES (1, ?, 'sent', 1, ?, ?, ?, 1)",
        [(number, *row) for number, row in enumerate(rows, start=first)],
    )


def milliseconds(span: timedelta | None) -> int | None:
    return None if span is None else span // timedelta(milliseconds=1)
