"""What a process that has just ended left in the database; looked at without touching it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.domain.timing import Lot
from bot.storage.instants import to_number
from bot.storage.stances import LOTS
from chaos.oracle import Pair

_CLAIMED: Final = """
    SELECT u.chat_id, a.url, d.lot FROM deliveries d
    JOIN subscribers u ON u.id = d.subscriber_id JOIN articles a ON a.id = d.article_id
    WHERE d.due_at IS NOT NULL AND d.state = 'claimed'
"""
_OWED: Final = "SELECT COUNT(*) FROM deliveries WHERE due_at <= ? AND state IN ('owed', 'claimed')"
_UNANSWERED: Final = """
    SELECT u.chat_id, a.url FROM deliveries d
    JOIN subscribers u ON u.id = d.subscriber_id JOIN articles a ON a.id = d.article_id
    WHERE d.ambiguous > 0
"""
_OPEN: Final = "SELECT COUNT(*) FROM deliveries WHERE due_at IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    #: Chat and path of what was claimed, each with how it was to come.
    claimed: dict[Pair, Lot]
    #: Deliveries that are due, claimed ones among them.
    due: int
    #: Deliveries that are not settled, due or not.
    open: int
    fanouts: int
    edits_due: int
    edits: int
    #: The articles' paths.
    stored: frozenset[str]
    #: Whose message went out once, at least, with no answer in time: the machine was too busy.
    unanswered: frozenset[Pair]


def look_at(path: Path, address: str, now: datetime) -> Aftermath:
    """Read the database as it was left; `address` is the newsroom's.

    The connection is read-only: it takes over nothing from the write-ahead log, as the bot's own
    recovery is what is tried.
    """
    moment = [to_number(now)]
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:

        def count(statement: str, *values: int) -> int:
            (number,) = database.execute(statement, values).fetchone()
            return int(number)

        claimed = database.execute(_CLAIMED).fetchall()
        return Aftermath(
            claimed={(chat, url.removeprefix(address)): LOTS[lot] for chat, url, lot in claimed},
            due=count(_OWED, *moment),
            open=count(_OPEN),
            fanouts=count("SELECT COUNT(*) FROM fanouts"),
            edits_due=count("SELECT COUNT(*) FROM edits WHERE due_at <= ?", *moment),
            edits=count("SELECT COUNT(*) FROM edits"),
            stored=frozenset(
                url.removeprefix(address) for (url,) in database.execute("SELECT url FROM articles")
            ),
            unanswered=frozenset(
                (chat, url.removeprefix(address)) for chat, url in database.execute(_UNANSWERED)
            ),
        )
