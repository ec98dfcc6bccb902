"""The statements that make a broadcast's copies, and take them from owed to settled."""

from typing import Final

from sqlalchemy import text

#: Whether a subscriber `u` may get a copy now (rule 2 of `bot.domain.broadcast`).
_REACHABLE: Final = "u.standing = 'active' AND u.silence IS NULL"
_GROUP: Final = "u.kind IN ('group', 'supergroup')"
#: Of a group's forum topics the first one stands for all.
_FIRST_OF_GROUP: Final = """
    NOT EXISTS (
        SELECT 1 FROM subscribers o WHERE o.chat_id = u.chat_id AND o.id < u.id
            AND o.standing = 'active' AND o.silence IS NULL
    )
"""

READERS: Final = text(f"""
    SELECT
        COALESCE(SUM({_REACHABLE} AND u.kind = 'private'), 0) AS private,
        COALESCE(SUM({_REACHABLE} AND {_GROUP} AND {_FIRST_OF_GROUP}), 0) AS groups,
        COALESCE(SUM(u.standing = 'paused'
            OR u.standing = 'active' AND u.silence IS NOT NULL), 0) AS left_out
    FROM subscribers u WHERE u.standing <> 'retired' AND u.kind <> 'channel'
""")  # noqa: S608 - made of constants

#: One range of subscribers; in quiet hours a copy is due at their end.
PLAN: Final = text(f"""
    INSERT INTO broadcast_copies (broadcast_id, subscriber_id, state, due_at)
    SELECT b.id, u.id, 'owed', MAX(COALESCE(u.quiet_until, :now), :now)
    FROM broadcasts b
    JOIN subscribers u ON u.id > b.done_to AND u.id <= MIN(b.done_to + :width, b.last)
    WHERE b.id = :broadcast_id AND b.stage = 'sending' AND {_REACHABLE} AND (
        u.kind = 'private' OR (b.audience = 'everyone' AND {_GROUP} AND {_FIRST_OF_GROUP})
    )
    ON CONFLICT DO NOTHING
""")  # noqa: S608 - made of constants
ADVANCE: Final = text("""
    UPDATE broadcasts SET done_to = MIN(done_to + :width, last)
    WHERE id = :broadcast_id AND stage = 'sending'
    RETURNING done_to < last
""")

#: The copies due longest. What has changed with a reader since it was planned counts: who is gone
#: or pauses gets none, who has quiet hours gets it later.
CLAIM: Final = text("""
    UPDATE broadcast_copies SET
        state = CASE
            WHEN u.standing <> 'active' OR u.silence IS NOT NULL THEN 'dropped'
            WHEN u.quiet_until > :now THEN 'owed'
            ELSE 'claimed'
        END,
        due_at = CASE
            WHEN u.standing <> 'active' OR u.silence IS NOT NULL THEN NULL
            WHEN u.quiet_until > :now THEN u.quiet_until
            ELSE :lease_ends
        END,
        settled_at = CASE
            WHEN u.standing <> 'active' OR u.silence IS NOT NULL THEN :now
        END,
        detail = CASE
            WHEN u.standing <> 'active' THEN u.standing
            WHEN u.silence IS NOT NULL THEN u.silence
            ELSE detail
        END
    FROM subscribers AS u
    WHERE u.id = broadcast_copies.subscriber_id AND broadcast_copies.id IN (
        SELECT c.id FROM broadcasts b JOIN broadcast_copies c ON c.broadcast_id = b.id
        WHERE b.id = :broadcast_id AND b.stage = 'sending' AND c.state = 'owed'
            AND c.due_at <= :now
        ORDER BY c.due_at LIMIT :limit
    )
    RETURNING broadcast_copies.id, broadcast_copies.state
""")

#: Only what is still claimed is settled: a /stop may have come first.
SETTLE: Final = text("""
    UPDATE broadcast_copies SET
        state = each.value ->> 1, due_at = each.value ->> 2, attempts = each.value ->> 3,
        ambiguous = each.value ->> 4, message_id = each.value ->> 5, detail = each.value ->> 6,
        settled_at = CASE WHEN each.value ->> 2 IS NULL THEN :now END
    FROM json_each(:settlements) AS each
    WHERE broadcast_copies.id = each.value ->> 0 AND broadcast_copies.state = 'claimed'
""")

RELEASE_ALL: Final = text("""
    UPDATE broadcast_copies SET state = 'owed', due_at = :now
    WHERE state = 'claimed' AND broadcast_id IN (
        SELECT id FROM broadcasts WHERE stage IN ('sending', 'stopped')
    )
""")

NEXT_DUE: Final = text("""
    SELECT MIN(due_at) FROM broadcast_copies
    WHERE broadcast_id = :broadcast_id AND state = 'owed'
""")

TALLY: Final = text("""
    SELECT state, COUNT(*) AS number, COALESCE(SUM(state = 'owed' AND due_at > :now), 0) AS waiting
    FROM broadcast_copies WHERE broadcast_id = :broadcast_id GROUP BY state
""")
