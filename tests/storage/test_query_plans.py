"""What is asked for every article and every range of a million subscribers reads no whole table."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import TextClause

from bot.storage import article_topics, fanout_sql, outbox_sql, searches

STATEMENTS = {
    "fan-out": fanout_sql.PLAN,
    "mutes of further topics": fanout_sql.DROP_MUTED,
    "mutes of other topics": outbox_sql.DROP_MUTED,
    "changed preferences": outbox_sql.DROP_UNWANTED,
    "figures of what is open": outbox_sql.OPEN_FIGURES,
    "standing searches": searches._PLAN,
    "withdrawn topics": article_topics._MARK,
}
#: Results of subqueries, and the statement's own parameters.
SMALL = re.compile(r"SCAN (\(subquery-\d+\)|CONSTANT ROW|(each|json_each|w)\b)")
LISTS = {"topics": "[]", "links": "[]", "search_ids": "[]"}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_no_table_is_read_whole(database_path: Path, statement: TextClause) -> None:
    names = re.findall(r":(\w+)", str(statement))
    values = {name: LISTS.get(name, "0") for name in names}
    with closing(sqlite3.connect(database_path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    scans = [detail for *_, detail in steps if detail.startswith("SCAN")]

    assert [detail for detail in scans if not SMALL.match(detail)] == []
    assert any(detail.startswith("SEARCH") for *_, detail in steps)


def test_what_is_open_is_counted_in_the_index_of_what_is_open_alone(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        asked = f"EXPLAIN QUERY PLAN {outbox_sql.OPEN_FIGURES}"
        steps = connection.execute(asked, {"now": 0, "never": 1}).fetchall()
    searches_made = [detail for *_, detail in steps if detail.startswith("SEARCH")]
    index = "SEARCH deliveries USING COVERING INDEX ix_deliveries_due"

    assert len(searches_made) == 4
    assert [detail for detail in searches_made if not detail.startswith(index)] == []
