"""Which source told an article's topic first, and whether it has taken it back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Until now nothing told who added a topic: it counts as told by the article's own source.
_TOLD_BY_THE_OWNER = """
    UPDATE article_topics SET source_id = (
        SELECT a.source_id FROM articles a WHERE a.id = article_topics.article_id
    )
"""
#: The version before shows withdrawn topics again, and counts them.
_COUNT_ALL = """
    UPDATE topics SET articles = topics.articles + w.number
    FROM (
        SELECT topic_id, COUNT(*) AS number FROM article_topics WHERE withdrawn GROUP BY topic_id
    ) AS w
    WHERE topics.id = w.topic_id
"""


def upgrade() -> None:
    for column in ("source_id", "withdrawn"):
        kind = sa.Integer if column == "source_id" else sa.Boolean
        op.add_column(
            "article_topics",
            sa.Column(column, kind, nullable=False, server_default=sa.text("0")),
        )
    op.execute(_TOLD_BY_THE_OWNER)


def downgrade() -> None:
    op.execute(_COUNT_ALL)
    for column in ("source_id", "withdrawn"):
        op.drop_column("article_topics", column)
