"""What is asked for every article and every range of a million subscribers reads no whole table."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import TextClause

from bot.storage import article_topics, broadcast_sql, fanout_sql, outbox_sql, searches

STATEMENTS = {
    "fan-out": fanout_sql.PLAN,
    "mutes of further topics": fanout_sql.DROP_MUTED,
    "mutes of other topics": outbox_sql.DROP_MUTED,
    "changed preferences": outbox_sql.DROP_UNWANTED,
    "standing searches": searches._PLAN,
    "copies of a broadcast": broadcast_sql.PLAN,
    "claimed copies": broadcast_sql.CLAIM,
    "settled copies": broadcast_sql.SETTLE,
    "what became of copies": broadcast_sql.TALLY,
    "withdrawn topics": article_topics._MARK,
}
#: Results of subqueries, and the statement's own parameters.
SMALL = re.compile(r"SCAN (\(subquery-\d+\)|(each|json_each|w)\b)")
LISTS = {"topics": "[]", "links": "[]", "search_ids": "[]", "settlements": "[]"}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_no_table_is_read_whole(database_path: Path, statement: TextClause) -> None:
    names = re.findall(r":(\w+)", str(statement))
    values = {name: LISTS.get(name, "0") for name in names}
    with closing(sqlite3.connect(database_path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    scans = [detail for *_, detail in steps if detail.startswith("SCAN")]

    assert [detail for detail in scans if not SMALL.match(detail)] == []
    assert any(detail.startswith("SEARCH") for *_, detail in steps)
