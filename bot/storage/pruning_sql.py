"""The statements of pruning; those that count tell what the others would delete."""

from typing import Final

from sqlalchemy import text

#: An article `a` that is closed, or would be: nothing is planned for it any more.
_CLOSABLE: Final = """
    a.seen_at < :before AND NOT EXISTS (SELECT 1 FROM fanouts f WHERE f.article_id = a.id)
"""
_CLOSED: Final = f"(a.closed OR {_CLOSABLE})"
#: A delivery `d` that is over.
_OVER: Final = "d.due_at IS NULL AND COALESCE(d.settled_at, d.owed_at) < :before"

COUNT_CLOSING: Final = text(
    f"SELECT COUNT(*) FROM articles a WHERE NOT a.closed AND {_CLOSABLE}"  # noqa: S608 - constants
)
CLOSE: Final = text(f"""
    UPDATE articles SET closed = 1 WHERE id IN (
        SELECT a.id FROM articles a INDEXED BY ix_articles_unclosed
        WHERE NOT a.closed AND {_CLOSABLE} ORDER BY a.seen_at LIMIT :limit
    )
""")  # noqa: S608 - constants

#: Ids grow with time: a stretch that begins with what became owed since ends the walk.
STRETCH: Final = text("""
    SELECT MAX(id) AS last, MIN(owed_at) AS oldest FROM (
        SELECT id, owed_at FROM deliveries WHERE id > :after ORDER BY id LIMIT :limit
    )
""")
DELETE_DELIVERIES: Final = text(f"""
    DELETE FROM deliveries WHERE id IN (
        SELECT d.id FROM deliveries d WHERE d.id > :after AND d.id <= :last AND {_OVER}
            AND (SELECT a.closed FROM articles a WHERE a.id = d.article_id)
    )
""")  # noqa: S608 - constants
COUNT_DELIVERIES: Final = text(f"""
    SELECT COUNT(*) FROM deliveries d JOIN articles a ON a.id = d.article_id
    WHERE {_CLOSED} AND {_OVER}
""")  # noqa: S608 - constants

#: An article `m` that stays, and with it all others of its story, for a thread stays whole.
_STAYS: Final = f"""
    m.id > :published_before
    OR NOT {_CLOSED.replace("a.", "m.")}
    OR EXISTS (SELECT 1 FROM deliveries d WHERE d.article_id = m.id AND NOT ({_OVER}))
    OR EXISTS (SELECT 1 FROM saved s WHERE s.article_id = m.id)
    OR EXISTS (SELECT 1 FROM edits e WHERE e.article_id = m.id)
"""  # noqa: S608 - constants
#: The first articles `a` of stories of which nothing stays.
_FIRSTS: Final = f"""
    a.story_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM articles m WHERE m.id = a.id AND ({_STAYS})
    ) AND NOT EXISTS (
        SELECT 1 FROM articles m WHERE m.story_id = a.id AND ({_STAYS})
    )
"""  # noqa: S608 - constants
FIRSTS_STRETCH: Final = text("""
    SELECT MAX(id) FROM (
        SELECT id FROM articles WHERE id > :after AND id <= :published_before
        ORDER BY id LIMIT :limit
    )
""")
OF_FORMER_STORIES: Final = text(f"""
    WITH firsts AS MATERIALIZED (
        SELECT a.id FROM articles a WHERE a.id > :after AND a.id <= :last AND {_FIRSTS}
    )
    SELECT id FROM firsts
    UNION ALL
    SELECT m.id FROM firsts JOIN articles m ON m.story_id = firsts.id
""")  # noqa: S608 - constants
COUNT_ARTICLES: Final = text(f"""
    WITH firsts AS MATERIALIZED (
        SELECT a.id FROM articles a WHERE a.id <= :published_before AND {_FIRSTS}
    )
    SELECT (SELECT COUNT(*) FROM firsts)
        + (SELECT COUNT(*) FROM firsts JOIN articles m ON m.story_id = firsts.id)
""")  # noqa: S608 - constants

_THESE: Final = "(SELECT value FROM json_each(:article_ids))"
#: In this order: counts and addresses are read before what they are read from is gone. What is
#: left in other tables goes with the articles; triggers keep the full-text index in step.
DELETE_ARTICLES: Final = tuple(
    text(statement.format(these=_THESE))
    for statement in (
        """
        UPDATE topics SET articles = topics.articles - gone.number FROM (
            SELECT topic_id, COUNT(*) AS number FROM article_topics
            WHERE article_id IN {these} AND NOT withdrawn GROUP BY topic_id
        ) AS gone
        WHERE topics.id = gone.topic_id
        """,
        """
        INSERT INTO former_articles (url_key) SELECT url_key FROM articles WHERE id IN {these}
        ON CONFLICT DO NOTHING
        """,
        "DELETE FROM story_mutes WHERE story_id IN {these}",
        "DELETE FROM deliveries WHERE article_id IN {these}",
        "DELETE FROM article_words WHERE article_id IN {these}",
        "DELETE FROM article_topics WHERE article_id IN {these}",
        "DELETE FROM sightings WHERE article_id IN {these}",
        "DELETE FROM articles WHERE id IN {these}",
    )
)

#: A draft that was never sent has no end; it may go on with a button, however old.
_EXPIRED: Final = {
    "move_codes": "expires_at < :before",
    "setups": "ends_at < :before",
    "broadcasts": "stage = 'done' AND ended_at < :before",
}
DELETE_EXPIRED: Final = tuple(
    text(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608 - constants
    for table, condition in _EXPIRED.items()
)
COUNT_EXPIRED: Final = tuple(
    text(f"SELECT COUNT(*) FROM {table} WHERE {condition}")  # noqa: S608 - constants
    for table, condition in _EXPIRED.items()
)
#: Before their broadcasts go: thousands at once would hold the database for too long.
DELETE_COPIES: Final = text(f"""
    DELETE FROM broadcast_copies WHERE id IN (
        SELECT broadcast_copies.id FROM broadcasts
        JOIN broadcast_copies ON broadcast_copies.broadcast_id = broadcasts.id
        WHERE broadcasts.id IN (SELECT id FROM broadcasts WHERE {_EXPIRED["broadcasts"]})
        LIMIT :limit
    )
""")  # noqa: S608 - constants
