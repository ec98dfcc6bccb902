"""Deliveries in the order in which they come: by article, then by subscriber.

A fan-out writes an article's deliveries one after another, and the end of an index costs less than
places all over it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: The constraint as the versions before have it, and as it is to be.
_BEFORE = "UNIQUE (subscriber_id, article_id)"
_AFTER = "UNIQUE (article_id, subscriber_id)"
#: What the constraint makes superfluous, and what it no longer does itself.
_BY_ARTICLE = ("ix_deliveries_article", "article_id")
_BY_SUBSCRIBER = ("ix_deliveries_subscriber", "subscriber_id")


def upgrade() -> None:
    op.drop_index(_BY_ARTICLE[0], "deliveries")
    _rebuild(_BEFORE, _AFTER)
    op.create_index(_BY_SUBSCRIBER[0], "deliveries", [_BY_SUBSCRIBER[1]])


def downgrade() -> None:
    op.drop_index(_BY_SUBSCRIBER[0], "deliveries")
    _rebuild(_AFTER, _BEFORE)
    op.create_index(_BY_ARTICLE[0], "deliveries", [_BY_ARTICLE[1]])


def _rebuild(before: str, after: str) -> None:
    """Make the table anew with the other constraint, as SQLite knows no other way.

    Columns and indexes stay as they are found. So does the highest id that was ever given: a
    settlement must never meet a younger delivery under the same id.
    """
    made = _found("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'deliveries'")[0]
    if before not in made:
        raise RuntimeError(f"deliveries has no {before}: {made}")
    indexes = _found(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'deliveries' AND type = 'index'"
    )
    last = _found("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")
    _, _, columns = made.partition("(")
    op.execute(sa.text(f"CREATE TABLE new_deliveries ({_plain(columns.replace(before, after))}"))
    op.execute("INSERT INTO new_deliveries SELECT * FROM deliveries")
    op.execute("DROP TABLE deliveries")
    op.execute("ALTER TABLE new_deliveries RENAME TO deliveries")
    for index in indexes:
        op.execute(sa.text(_plain(index)))
    for number in last:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'deliveries'")
        op.execute(f"INSERT INTO sqlite_sequence VALUES ('deliveries', {number})")  # noqa: S608


def _found(asked: str) -> list[str]:
    return [one for one in op.get_bind().execute(sa.text(asked)).scalars() if one is not None]


def _plain(statement: str) -> str:
    """Return the statement with no colon read as the name of a value."""
    return statement.replace(":", r"\:")
