"""The statements that take deliveries from owed to settled."""

from typing import Final

from sqlalchemy import text

#: The chats whose deliveries are due longest, each with all that is due for it, so that a burst
#: is seen whole.
CLAIM: Final = text("""
    UPDATE deliveries SET state = 'claimed', due_at = :lease_ends
    WHERE due_at <= :now AND state = 'owed' AND subscriber_id IN (
        SELECT subscriber_id FROM deliveries
        WHERE due_at <= :now AND state = 'owed'
        ORDER BY due_at LIMIT :limit
    )
    RETURNING id
""")

#: Only what is still claimed is settled: a mute or a /stop may have come first.
SETTLE: Final = text("""
    UPDATE deliveries SET
        state = each.value ->> 1, due_at = each.value ->> 2, attempts = each.value ->> 3,
        ambiguous = each.value ->> 4, message_id = each.value ->> 5, detail = each.value ->> 6,
        settled_at = CASE WHEN each.value ->> 2 IS NULL THEN :now END
    FROM json_each(:settlements) AS each
    WHERE deliveries.id = each.value ->> 0 AND deliveries.state = 'claimed'
""")

#: A lease has an end, so that the index of what is due finds it; what is held is due never.
RELEASE_ALL: Final = text("""
    UPDATE deliveries SET state = 'owed', due_at = :now
    WHERE due_at < :never AND state = 'claimed'
""")

#: The SQL twin of `bot.domain.matching.stays_owed`, for all that one subscriber is owed: a
#: withdrawn topic counts only as a follow that brought it.
DROP_UNWANTED: Final = text("""
    UPDATE deliveries SET
        state = 'dropped', due_at = NULL, settled_at = :now, detail = 'preferences changed'
    WHERE subscriber_id = :subscriber_id AND due_at IS NOT NULL AND state IN ('owed', 'held')
        AND COALESCE((
            SELECT MIN(s.stance) FROM article_topics a
            JOIN stances s ON s.topic_id = a.topic_id AND s.subscriber_id = :subscriber_id
            WHERE a.article_id = deliveries.article_id AND (NOT a.withdrawn
                OR s.stance > 0 AND deliveries.reasons >> MIN(a.position, 61) & 1)
        ), CASE WHEN search_id IS NULL THEN -1 ELSE 1 END) < 0
""")

#: Topics that an article carries without having been matched take back what is still owed.
DROP_MUTED: Final = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'muted'
    WHERE article_id = :article_id AND state IN ('owed', 'held') AND due_at IS NOT NULL
        AND subscriber_id IN (
            SELECT s.subscriber_id FROM json_each(:topics) AS each
            JOIN topics t ON t.kind = each.value ->> 0 AND t.key = each.value ->> 1
            JOIN stances s ON s.topic_id = t.id AND s.stance < 0
        )
""")

OLDEST_DUE: Final = text("SELECT MIN(due_at) FROM deliveries WHERE due_at <= :now")

#: Reads the index of open deliveries alone. While one is sent, its lease's end is when it is due;
#: what is held is due never.
OPEN_FIGURES: Final = text("""
    SELECT
        (SELECT COUNT(*) FROM deliveries WHERE due_at <= :now) AS due,
        (SELECT COUNT(*) FROM deliveries WHERE due_at > :now AND due_at < :never) AS later,
        (SELECT COUNT(*) FROM deliveries WHERE due_at >= :never) AS held,
        (SELECT MIN(due_at) FROM deliveries WHERE due_at <= :now) AS oldest_due
""")
