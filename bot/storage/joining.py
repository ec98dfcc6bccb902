"""One chat's rows given to another; the statements, in the order in which they are to run.

What the receiving chat (`to`) has said or got itself stands; all else comes from the giving one
(`giver`). Messages stay where they are: their numbers mean nothing in another chat.
"""

from typing import Final

from sqlalchemy import TextClause, text

#: Both owe the same search: what it brought the giver is told as the receiver's.
_SAME_SEARCHES: Final = text("""
    UPDATE deliveries SET search_id = (
        SELECT theirs.id FROM standing_searches own
        JOIN standing_searches theirs ON lower(theirs.query) = lower(own.query)
        WHERE own.id = deliveries.search_id AND theirs.subscriber_id = :to
    )
    WHERE subscriber_id = :giver AND search_id IN (
        SELECT own.id FROM standing_searches own
        JOIN standing_searches theirs ON lower(theirs.query) = lower(own.query)
        WHERE own.subscriber_id = :giver AND theirs.subscriber_id = :to
    )
""")
_SEARCHES: Final = text("""
    UPDATE standing_searches SET subscriber_id = :to
    WHERE subscriber_id = :giver AND lower(query) NOT IN (
        SELECT lower(query) FROM standing_searches WHERE subscriber_id = :to
    )
""")
_STANCES: Final = text(
    "UPDATE OR IGNORE stances SET subscriber_id = :to WHERE subscriber_id = :giver"
)
_STORY_MUTES: Final = text(
    "UPDATE OR IGNORE story_mutes SET subscriber_id = :to WHERE subscriber_id = :giver"
)
_SAVED: Final = text("UPDATE OR IGNORE saved SET subscriber_id = :to WHERE subscriber_id = :giver")

#: What the receiver was owed and never got makes room for what the giver is still owed; what its
#: reader skipped stays skipped.
_MAKE_ROOM: Final = text("""
    DELETE FROM deliveries
    WHERE subscriber_id = :to AND state IN ('dropped', 'failed') AND detail IS NOT 'skipped'
        AND article_id IN (
            SELECT article_id FROM deliveries WHERE subscriber_id = :giver AND due_at IS NOT NULL
        )
""")
#: What the giver's silence held is owed where there may be none.
_END_SILENCE: Final = text("""
    UPDATE deliveries SET state = 'owed', due_at = :now, lot = 2
    WHERE subscriber_id = :giver AND due_at IS NOT NULL AND state = 'held' AND EXISTS (
        SELECT 1 FROM subscribers
        WHERE id = :giver AND silence IS NOT NULL AND standing <> 'paused'
    )
""")
#: What is open gets a new number: a settlement that is under way must not meet it. Of a closed
#: article nobody knows any more whether the other chat had it.
_OPEN: Final = text("""
    INSERT INTO deliveries (article_id, subscriber_id, state, reasons, owed_at, due_at,
        attempts, ambiguous, lot, silent, search_id)
    SELECT article_id, :to, CASE state WHEN 'held' THEN 'held' ELSE 'owed' END, reasons, owed_at,
        CASE state WHEN 'claimed' THEN :now ELSE due_at END,
        attempts, ambiguous, lot, silent, search_id
    FROM deliveries WHERE subscriber_id = :giver AND due_at IS NOT NULL
        AND NOT (SELECT closed FROM articles WHERE id = article_id)
    ON CONFLICT DO NOTHING
""")
#: What came already is not to come again.
_HISTORY: Final = text("""
    UPDATE OR IGNORE deliveries SET subscriber_id = :to, message_id = NULL, first_message_id = NULL
    WHERE subscriber_id = :giver AND due_at IS NULL
""")

#: A broadcast comes to the chat that stays, unless either got it: the same people read there.
_COPIES: Final = text("""
    INSERT INTO broadcast_copies (broadcast_id, subscriber_id, state, due_at, attempts, ambiguous)
    SELECT broadcast_id, :to, 'owed', CASE state WHEN 'claimed' THEN :now ELSE due_at END,
        attempts, ambiguous
    FROM broadcast_copies WHERE subscriber_id = :giver AND state IN ('owed', 'claimed')
    ON CONFLICT DO NOTHING
""")
_COPY_CAME: Final = text("""
    UPDATE broadcast_copies
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'came before the move'
    WHERE subscriber_id = :to AND state = 'owed' AND broadcast_id IN (
        SELECT broadcast_id FROM broadcast_copies WHERE subscriber_id = :giver AND state = 'sent'
    )
""")
_COPIES_HISTORY: Final = text("""
    UPDATE OR IGNORE broadcast_copies SET subscriber_id = :to, message_id = NULL
    WHERE subscriber_id = :giver AND due_at IS NULL
""")

#: A pause of either chat holds, and of two the longer; calendars are to be worked out anew.
_TIMES: Final = text("""
    UPDATE subscribers SET
        language = CASE
            WHEN giver.language_chosen AND NOT subscribers.language_chosen THEN giver.language
            ELSE subscribers.language
        END,
        language_chosen = MAX(subscribers.language_chosen, giver.language_chosen),
        timezone = COALESCE(subscribers.timezone, giver.timezone),
        editions = COALESCE(subscribers.editions, giver.editions),
        quiet = COALESCE(subscribers.quiet, giver.quiet),
        standing = CASE
            WHEN giver.standing = 'paused' AND subscribers.standing = 'active' THEN 'paused'
            ELSE subscribers.standing
        END,
        paused_until = CASE
            WHEN giver.standing <> 'paused' THEN subscribers.paused_until
            WHEN subscribers.standing = 'active' THEN giver.paused_until
            ELSE MAX(subscribers.paused_until, giver.paused_until)
        END,
        turns_at = 0,
        keeper_id = CASE
            WHEN subscribers.kind <> 'private' THEN COALESCE(subscribers.keeper_id, giver.keeper_id)
        END
    FROM subscribers AS giver WHERE subscribers.id = :to AND giver.id = :giver
""")
_HOLD: Final = text("""
    UPDATE deliveries SET state = 'held', due_at = :never
    WHERE subscriber_id = :to AND due_at IS NOT NULL AND state = 'owed'
        AND EXISTS (SELECT 1 FROM subscribers WHERE id = :to AND standing = 'paused')
""")
#: What else a muted story holds back takes more than SQL; see `bot.services.threads.hold_back`.
_DROP_MUTED_STORIES: Final = text("""
    UPDATE deliveries
    SET state = 'dropped', due_at = NULL, settled_at = :now, detail = 'story muted'
    WHERE subscriber_id = :to AND due_at IS NOT NULL AND state IN ('owed', 'held')
        AND article_id IN (SELECT story_id FROM story_mutes WHERE subscriber_id = :to)
""")

JOIN: Final[tuple[TextClause, ...]] = (
    _SAME_SEARCHES,
    _SEARCHES,
    _STANCES,
    _STORY_MUTES,
    _SAVED,
    _MAKE_ROOM,
    _END_SILENCE,
    _OPEN,
    _HISTORY,
    _COPIES,
    _COPY_CAME,
    _COPIES_HISTORY,
    _TIMES,
    _HOLD,
    _DROP_MUTED_STORIES,
)

#: The same chat under another id: nothing is to be joined, but its messages stay behind.
LEAVE_MESSAGES: Final[tuple[TextClause, ...]] = (
    text("""
        UPDATE deliveries SET message_id = NULL, first_message_id = NULL
        WHERE subscriber_id = :giver
    """),
    text("DELETE FROM edits WHERE subscriber_id = :giver"),
    text("UPDATE broadcast_copies SET message_id = NULL WHERE subscriber_id = :giver"),
)
