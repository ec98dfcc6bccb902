"""What makes searches quick: topics in the full-text index, and versions of standing searches."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_FTS = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        headline, dek, inflected, topics,
        content='article_words', content_rowid='article_id', tokenize='ascii', prefix='1 2 3'
    )
"""
_FORMER_FTS = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        headline, dek, inflected,
        content='article_words', content_rowid='article_id', tokenize='ascii', prefix='3 4'
    )
"""
#: A view on the index, which stores nothing.
_TERMS = "CREATE VIRTUAL TABLE articles_terms USING fts5vocab('articles_fts', 'row')"
_REBUILD = "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')"

#: Every article has the mark with a number for each topic that it carries, and so many bare ones
#: that there are 16, one at least.
_FILL_TOPICS = """
    UPDATE article_words SET topics = (
        SELECT substr('§ § § § § § § § § § § § § § § §', 1, MAX(2 * (16 - COUNT(*)) - 1, 1))
            || COALESCE(' ' || group_concat('§' || topic_id, ' '), '')
        FROM article_topics c WHERE c.article_id = article_words.article_id AND NOT c.withdrawn
    )
"""
#: The index need not be asked how often each occurs, which would read the whole of it.
_FILL_VOCABULARY = """
    INSERT OR IGNORE INTO vocabulary
    SELECT each.value FROM article_words w, json_each(
        '["' || replace(w.headline || ' ' || w.dek || ' ' || w.inflected, ' ', '","') || '"]'
    ) AS each
    WHERE length(each.value) > 3
"""


def upgrade() -> None:
    _drop_index()
    op.add_column(
        "article_words", sa.Column("topics", sa.Text, nullable=False, server_default=sa.text("''"))
    )
    op.execute(_FILL_TOPICS)
    op.create_table(
        "vocabulary", sa.Column("word", sa.Text, primary_key=True), sqlite_with_rowid=False
    )
    op.execute(_FILL_VOCABULARY)
    op.create_index(
        "ix_articles_astray",
        "articles",
        ["published_at"],
        sqlite_where=sa.text("(id >> 20) - published_at / 1000 NOT BETWEEN -1 AND 86400"),
    )
    _number_searches()
    _make_index(_FTS, "headline, dek, inflected, topics")


def downgrade() -> None:
    for trigger in ("standing_searches_added", "standing_searches_reworded"):
        op.execute(f"DROP TRIGGER {trigger}")
    op.drop_table("search_versions")
    _drop_index()
    op.drop_index("ix_articles_astray", "articles")
    op.drop_table("vocabulary")
    op.drop_column("article_words", "topics")
    _make_index(_FORMER_FTS, "headline, dek, inflected")


def _number_searches() -> None:
    op.create_table(
        "search_versions",
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column(
            "search_id",
            sa.Integer,
            sa.ForeignKey("standing_searches.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO search_versions (search_id) SELECT id FROM standing_searches")
    for trigger, event in (
        ("standing_searches_added", "INSERT"),
        ("standing_searches_reworded", "UPDATE OF query"),
    ):
        op.execute(f"""
            CREATE TRIGGER {trigger} AFTER {event} ON standing_searches BEGIN
                DELETE FROM search_versions WHERE search_id = new.id;
                INSERT INTO search_versions (search_id) VALUES (new.id);
            END
        """)  # noqa: S608 - made of constants


def _drop_index() -> None:
    for trigger in ("article_words_added", "article_words_deleted"):
        op.execute(f"DROP TRIGGER {trigger}")
    op.drop_table("articles_terms")
    op.drop_table("articles_fts")


def _make_index(table: str, columns: str) -> None:
    """Make the index with all words that are there, and what keeps it in step."""
    new, old = (
        ", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("new", "old")
    )
    op.execute(table)
    op.execute(_REBUILD)
    op.execute(_TERMS)
    op.execute(f"""
        CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN
            INSERT INTO articles_fts (rowid, {columns}) VALUES (new.article_id, {new});
        END
    """)  # noqa: S608 - made of constants
    op.execute(f"""
        CREATE TRIGGER article_words_deleted AFTER DELETE ON article_words BEGIN
            INSERT INTO articles_fts (articles_fts, rowid, {columns})
            VALUES ('delete', old.article_id, {old});
        END
    """)  # noqa: S608 - made of constants
