"""What is asked for every article and every range of a million subscribers reads no whole table."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Executable

from bot.domain.query_parser import parse_query
from bot.storage import (
    article_topics,
    broadcast_sql,
    fanout_sql,
    outbox_sql,
    publications,
    searches,
    traces,
)
from bot.storage.search import matching_ids

STATEMENTS = {
    "fan-out": fanout_sql.PLAN,
    "the end of a range": fanout_sql.ADVANCE,
    "mutes of further topics": fanout_sql.DROP_MUTED,
    "mutes of other topics": outbox_sql.DROP_MUTED,
    "changed preferences": outbox_sql.DROP_UNWANTED,
    "figures of what is open": outbox_sql.OPEN_FIGURES,
    "standing searches": searches._PLAN,
    "copies of a broadcast": broadcast_sql.PLAN,
    "claimed copies": broadcast_sql.CLAIM,
    "settled copies": broadcast_sql.SETTLE,
    "what became of copies": broadcast_sql.TALLY,
    "withdrawn topics": article_topics._MARK,
    "a source's publications": publications.MOMENTS,
    "a trace's edits": traces.EDITS,
    "a trace's states": traces.STATES,
    "a trace's deliveries": traces.DELIVERIES,
    "a chat's delivery": traces.DELIVERY,
}
#: One step into an index for each row of a small table.
BY_SOURCE = {"a trace's sightings": traces.SIGHTINGS}
#: Results of subqueries, and the statement's own parameters.
SMALL = re.compile(r"SCAN (\(subquery-\d+\)|CONSTANT ROW|(each|json_each|w|c|d|densest|met)\b)")
LISTS = {"topics": "[]", "links": "[]", "search_ids": "[]", "settlements": "[]"}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_no_table_is_read_whole(database_path: Path, statement: Executable) -> None:
    steps = plan_of(statement, database_path)
    scans = [step for step in steps if step.startswith("SCAN")]

    assert [step for step in scans if not SMALL.match(step)] == []
    assert any(step.startswith("SEARCH") for step in steps)


@pytest.mark.parametrize("statement", BY_SOURCE.values(), ids=BY_SOURCE.keys())
def test_a_trace_reads_no_table_that_grows_with_each_article(
    database_path: Path, statement: Executable
) -> None:
    steps = plan_of(statement, database_path)
    scans = [step for step in steps if step.startswith("SCAN")]

    assert [step for step in scans if not re.match(r"SCAN s\b", step)] == []
    assert any(re.match(r"SEARCH g USING .*article_id=\?", step) for step in steps)


def plan_of(statement: Executable, database_path: Path) -> list[str]:
    names = re.findall(r":(\w+)", str(statement))
    values = {name: LISTS.get(name, "0") for name in names}
    with closing(sqlite3.connect(database_path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    return [detail for *_, detail in steps]


def test_what_is_open_is_counted_in_the_index_of_what_is_open_alone(database_path: Path) -> None:
    steps = plan_of(outbox_sql.OPEN_FIGURES, database_path)
    searches_made = [detail for detail in steps if detail.startswith("SEARCH")]
    index = "SEARCH deliveries USING COVERING INDEX ix_deliveries_due"

    assert len(searches_made) == 4
    assert [detail for detail in searches_made if not detail.startswith(index)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "crane",
        "crane section:economy -label:pro",
        "-crane",
        "denuclear* OR author:ada",
        "crane after:2024 before:2025-03",
        "after:2024",
        "before:1990 OR crane",
    ],
)
def test_a_search_walks_the_index_and_what_its_dates_leave(database_path: Path, typed: str) -> None:
    """The index yields the newest first; nothing is read whole, and nothing of it sorted."""
    asked = matching_ids(parse_query(typed, UTC), 6, 0)
    with closing(sqlite3.connect(database_path)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {asked.statement}", asked.values)
        steps = [detail for *_, detail in rows]
    small = re.compile(r"SCAN (f VIRTUAL TABLE INDEX|\(subquery-\d+\))")
    is_one_walk = " OR " not in typed or "crane" not in typed

    assert [step for step in steps if step.startswith("SCAN") and not small.match(step)] == []
    assert ("USE TEMP B-TREE FOR ORDER BY" not in steps) or not is_one_walk
