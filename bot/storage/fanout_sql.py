"""The statements of a fan-out: SQL twins of `bot.domain.matching` and `bot.domain.timing`."""

from typing import Final

from sqlalchemy import text

#: How urgent a follow is where the reader did not say it: 1 (in the edition) or 3 (loud).
_USUAL: Final = "CASE WHEN u.editions IS NULL THEN 3 ELSE 1 END"

#: When and how a delivery comes, of a subscriber `u` and an `urgency` (rules of timing, 1 to 3).
#: A subscriber's `quiet_until` and `next_edition_at` are what `bot.domain.turns` worked out.
WHEN: Final = """
    CASE
        WHEN is_held THEN :never
        WHEN NOT at_once THEN COALESCE(next_edition_at, :now)
        ELSE MAX(COALESCE(quiet_until, :now), :now)
    END,
    CASE WHEN NOT at_once THEN 1 WHEN quiet_until > :now THEN 2 ELSE 0 END,
    urgency = 2
"""
#: Whether a subscriber `u` pauses, or the chat does not let the bot write.
IS_HELD: Final = "u.standing = 'paused' OR u.silence IS NOT NULL"
STATE: Final = "CASE WHEN is_held THEN 'held' ELSE 'owed' END"
_AT_ONCE: Final = "urgency = 3 OR (urgency = 2 AND editions IS NULL)"
COLUMNS: Final = "article_id, subscriber_id, state, reasons, owed_at, due_at, lot, silent"

#: The first subscriber in that place, from 0, behind `:above`, in any of the topics carried.
_END: Final = """(
        SELECT MIN(nth) FROM (
            SELECT (
                SELECT s.subscriber_id FROM stances s
                WHERE s.topic_id = c.topic_id AND s.subscriber_id > :above
                ORDER BY s.subscriber_id LIMIT 1 OFFSET {place}
            ) AS nth FROM carried c
        )
    )"""

#: Rules 1 to 4 of matching: no mute among all topics, a follow among those that count. What a
#: standing search brought already (`reasons` 0) comes as early and as loud as either wants it.
PLAN: Final = text(f"""
    INSERT INTO deliveries ({COLUMNS})
    SELECT :article_id, subscriber_id, {STATE}, reasons, :now, {WHEN}
    FROM (SELECT *, {_AT_ONCE} AS at_once FROM (
        SELECT
            s.subscriber_id, {IS_HELD} AS is_held, u.editions, u.quiet_until, u.next_edition_at,
            SUM(CASE WHEN a.position >= :alert_from AND a.position < 61
                THEN 1 << a.position ELSE 0 END) + (MAX(a.position >= 61) << 61) AS reasons,
            MAX(CASE WHEN a.position >= :alert_from
                THEN COALESCE(s.urgency, {_USUAL}) END) AS urgency
        FROM article_topics a
        JOIN stances s ON s.topic_id = a.topic_id
            AND s.subscriber_id > :above AND s.subscriber_id <= :to
        JOIN subscribers u ON u.id = s.subscriber_id AND u.standing <> 'retired'
        WHERE a.article_id = :article_id AND NOT a.withdrawn
        GROUP BY s.subscriber_id
        HAVING MIN(s.stance) > 0 AND MAX(a.position) >= :alert_from
    )) AS w
    WHERE NOT EXISTS (
        SELECT 1 FROM story_mutes m
        WHERE m.subscriber_id = w.subscriber_id AND m.story_id = :story_id
    )
    ON CONFLICT (article_id, subscriber_id) DO UPDATE SET
        reasons = excluded.reasons,
        lot = CASE WHEN excluded.due_at < due_at THEN excluded.lot ELSE lot END,
        due_at = MIN(due_at, excluded.due_at),
        silent = MIN(silent, excluded.silent)
    WHERE state = 'owed' AND reasons = 0
""")  # noqa: S608 - made of constants

_FEWER: Final = ":width * :width / (SELECT stances FROM met)"
#: Where the next range ends: with the subscriber in the `width`-th place behind `:above`, counted
#: in the topic that is densest there. So a range owes about as much wherever the followers are, and
#: what nobody follows costs nothing. Several dense topics would make it as many times wider: where
#: stances are twice as many as wanted, the places are fewer by that. (Counted topic by topic: as a
#: join SQLite would build a Bloom filter of all stances each time.)
ADVANCE: Final = text(f"""
    WITH carried AS MATERIALIZED (
        SELECT topic_id FROM article_topics WHERE article_id = :article_id AND NOT withdrawn
    ), densest AS MATERIALIZED (
        SELECT MIN(:furthest, COALESCE({_END.format(place=":width - 1")}, :furthest)) AS id
    ), met AS MATERIALIZED (
        SELECT SUM((
            SELECT COUNT(*) FROM stances s
            WHERE s.topic_id = c.topic_id AND s.subscriber_id > :above AND s.subscriber_id <= d.id
        )) AS stances FROM densest d CROSS JOIN carried c
    )
    UPDATE fanouts SET done_to = (
        SELECT CASE WHEN COALESCE(met.stances, 0) < :width * 2 THEN densest.id
            ELSE MIN(:furthest, COALESCE({_END.format(place=_FEWER)}, :furthest)) END
        FROM densest, met
    )
    WHERE id = :id
    RETURNING done_to
""")  # noqa: S608 - made of constants

#: A further topic that is muted takes back what is still owed on account of the earlier ones.
DROP_MUTED: Final = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'muted'
    WHERE article_id = :article_id AND state IN ('owed', 'held') AND due_at IS NOT NULL
        AND subscriber_id IN (
            SELECT s.subscriber_id FROM article_topics a
            JOIN stances s ON s.topic_id = a.topic_id
                AND s.subscriber_id > :above AND s.subscriber_id <= :to
            WHERE a.article_id = :article_id AND a.position >= :alert_from AND s.stance < 0
                AND NOT a.withdrawn
        )
""")
