"""The topics that a reader may mean by what they typed."""

from bot.domain.naming import Named, find_topics
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.telegram.handlers.turn import Turn


async def near_topics(turn: Turn, typed: str) -> tuple[Named, list[TopicRecord]]:
    """Return what the name stands for, and all of its topics or the nearest ones."""
    every = {
        record.topic.identity: record
        for kind in TopicKind
        for record in await turn.services.subscriptions.topics(turn.subscriber, kind)
    }
    named = find_topics(typed, [record.topic for record in every.values()])[0]
    return named, [every[topic.identity] for topic in (*named.topics, *named.suggestions)]
