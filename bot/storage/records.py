"""All tables within one transaction."""

from datetime import tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.articles import SqlArticles
from bot.storage.backup_notices import SqlBackupNotices
from bot.storage.broadcast_copies import SqlBroadcastCopies
from bot.storage.broadcasts import SqlBroadcasts
from bot.storage.clock import SqlClock
from bot.storage.disclosure import SqlDisclosure
from bot.storage.edits import SqlEdits
from bot.storage.fanout import SqlFanouts
from bot.storage.figures import SqlFigures
from bot.storage.hubs import SqlHubs
from bot.storage.moves import SqlMoves
from bot.storage.notices import SqlNotices
from bot.storage.outbox import SqlOutbox
from bot.storage.overview import SqlOverview
from bot.storage.places import SqlPlaces
from bot.storage.pruning import SqlPruning
from bot.storage.publications import SqlPublications
from bot.storage.saved import SqlSaved
from bot.storage.searches import SqlSearches
from bot.storage.setups import SqlSetups
from bot.storage.silences import SqlSilences
from bot.storage.source_notices import SqlSourceNotices
from bot.storage.sources import SqlSources
from bot.storage.stories import SqlStories
from bot.storage.subscribers import SqlSubscribers
from bot.storage.timings import SqlTimings
from bot.storage.topics import SqlTopics
from bot.storage.traces import SqlTraces


class SqlRecords:
    """The `Records` of the use cases, on one connection."""

    def __init__(self, connection: AsyncConnection, zone: tzinfo) -> None:
        self._connection = connection
        self.articles = SqlArticles(connection, zone)
        self.topics = SqlTopics(connection)
        self.subscribers = SqlSubscribers(connection)
        self.places = SqlPlaces(connection)
        self.silences = SqlSilences(connection)
        self.notices = SqlNotices(connection)
        self.setups = SqlSetups(connection)
        self.edits = SqlEdits(connection)
        self.searches = SqlSearches(connection)
        self.stories = SqlStories(connection)
        self.timings = SqlTimings(connection)
        self.clock = SqlClock(connection)
        self.outbox = SqlOutbox(connection, self.articles)
        self.fanouts = SqlFanouts(connection)
        self.sources = SqlSources(connection)
        self.hubs = SqlHubs(connection)
        self.publications = SqlPublications(connection)
        self.saved = SqlSaved(connection)
        self.moves = SqlMoves(connection, self.fanouts, self.outbox)
        self.disclosure = SqlDisclosure(connection, self.articles)
        self.source_notices = SqlSourceNotices(connection)
        self.broadcasts = SqlBroadcasts(connection)
        self.copies = SqlBroadcastCopies(connection)
        self.backup_notices = SqlBackupNotices(connection)
        self.pruning = SqlPruning(connection)
        self.figures = SqlFigures(connection)
        self.traces = SqlTraces(connection)
        self.overview = SqlOverview(connection)

    async def touch(self) -> None:
        """Write a page of the file as it is; an UPDATE that changes nothing would write none."""
        version = (await self._connection.exec_driver_sql("PRAGMA user_version")).scalar_one()
        await self._connection.exec_driver_sql(f"PRAGMA user_version = {version}")

    async def rollback(self) -> None:
        """Undo all that was done in this transaction; for dry runs."""
        await self._connection.rollback()
