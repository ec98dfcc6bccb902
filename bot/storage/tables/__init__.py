"""The tables. `migrations/` makes them; a test holds the two against each other."""

from bot.storage.tables.archive import (
    article_topics,
    article_words,
    articles,
    backup_notices,
    former_articles,
    sightings,
    source_notices,
    sources,
    topics,
    vocabulary,
)
from bot.storage.tables.audience import (
    move_codes,
    saved,
    search_versions,
    stances,
    standing_searches,
    story_mutes,
    subscribers,
)
from bot.storage.tables.broadcasts import broadcast_copies, broadcasts
from bot.storage.tables.hubs import hub_subscriptions
from bot.storage.tables.metadata import metadata
from bot.storage.tables.outbox import deliveries, edits, fanouts
from bot.storage.tables.places import notices, setups

__all__ = [
    "article_topics",
    "article_words",
    "articles",
    "backup_notices",
    "broadcast_copies",
    "broadcasts",
    "deliveries",
    "edits",
    "fanouts",
    "former_articles",
    "hub_subscriptions",
    "metadata",
    "move_codes",
    "notices",
    "saved",
    "search_versions",
    "setups",
    "sightings",
    "source_notices",
    "sources",
    "stances",
    "standing_searches",
    "story_mutes",
    "subscribers",
    "topics",
    "vocabulary",
]
