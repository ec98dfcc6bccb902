"""The net that every test is under (`tests/conftest.py`) catches what reads a whole table.

It holds all statements that the bot executes in any test, so that none is forgotten; each is asked
of a database without statistics, as the bot's are, and of one that tells those of a big bot.
"""

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from tests.aids.scans import EXCEPTIONS, Plans, noticed


@pytest.mark.parametrize(
    ("statement", "scanned"),
    [
        ("SELECT chat_id FROM subscribers WHERE title = ?", ["subscribers"]),
        ("UPDATE deliveries SET lot = 1 WHERE state = ?", ["deliveries"]),
        ("SELECT d.id FROM deliveries AS d WHERE d.detail = ?", ["deliveries"]),
        ("SELECT id FROM deliveries WHERE due_at < ?", []),
        ("SELECT id FROM sources WHERE fault = ?", []),  # a small table
    ],
)
def test_a_big_table_that_is_read_whole_is_noticed(
    plans: Plans, statement: str, scanned: list[str]
) -> None:
    assert plans.scans(statement, ["x"]) == scanned


async def test_what_the_bot_executes_is_seen_once_each(store: Database) -> None:
    with noticed() as executed:
        async with store.reading() as records:
            await records.outbox.next_due()
            await records.outbox.next_due()
            await records._connection.execute(text("SELECT 1"))

    assert [one.split()[0] for one in executed] == ["SELECT", "SELECT"]


def test_each_exception_has_its_reason() -> None:
    assert [part for part, reason in EXCEPTIONS.items() if not reason] == []
