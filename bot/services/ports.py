"""What the use cases need from outside; the adapters to the left of this floor provide it."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.delivery import Outcome
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.domain.subscriber import Address, ChatKind
from bot.services.archive_ports import (
    ArticleRecords,
    PublicationRecords,
    SourceNoticeRecords,
    SourceRecords,
    StoryRecords,
    TopicRecords,
)
from bot.services.audience_ports import (
    ClockRecords,
    SearchRecords,
    SubscriberRecords,
    TimingRecords,
)
from bot.services.backup_ports import BackupNoticeRecords
from bot.services.broadcast_ports import BroadcastRecords, CopyRecords
from bot.services.figure_ports import FigureRecords
from bot.services.hub_ports import HubRecords
from bot.services.outbox_ports import EditRecords, FanoutRecords, OutboxRecords
from bot.services.place_ports import (
    NoticeRecords,
    PlaceRecords,
    SetupRecords,
    SilenceRecords,
)
from bot.services.pruning_ports import PruningRecords
from bot.services.reports import PollReport
from bot.services.rights_ports import DisclosureRecords, MoveRecords, SavedRecords
from bot.services.trace_ports import TraceRecords
from bot.texts.letter import Letter


class Messenger(Protocol):
    """Sends alerts at the pace that Telegram allows."""

    async def turn(self, address: Address, kind: ChatKind) -> None:
        """Wait until a message to that chat may be sent; may be cancelled without loss."""

    async def turn_behind(self, address: Address, kind: ChatKind) -> None:
        """Wait as `turn` does, and let everybody go first who waits there."""

    async def send(self, address: Address, kind: ChatKind, letter: Letter) -> Outcome:
        """Send one message, whose turn it is; every answer becomes an outcome."""

    async def tell(self, address: Address, letter: Letter) -> Outcome:
        """Send a message beside the alerts' lane, as a reply; every answer becomes an outcome."""

    async def edit(
        self, address: Address, kind: ChatKind, message_id: int, letter: Letter
    ) -> Outcome:
        """Put the letter in a sent message's place; Sent also where nothing differs."""

    async def change(self, address: Address, message_id: int, letter: Letter) -> Outcome:
        """Do the same beside the alerts' lane, with a message that was told."""


class Source(Protocol):
    """One address that is polled."""

    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def interval(self) -> timedelta: ...

    async def read(self, state: SourceState, *, fresh: bool = False) -> Reading | Unchanged:
        """Read it; `state` is what the last reading left. Raises SourceError.

        A `fresh` reading asks caches on the way to look whether there is news.
        """


#: A source's address and kind.
SourceKey = tuple[str, str]


class Rounds(Protocol):
    """The readings of the sources, as they are planned and under way."""

    def begun_at(self, source: SourceKey) -> datetime | None:
        """Return when the last reading began; None where there was none since the start."""

    def next_at(self, source: SourceKey) -> datetime | None:
        """Return when the source is looked after next; None where nothing is planned."""

    def is_reading(self, source: SourceKey) -> bool: ...

    def renew(self, source: SourceKey) -> None:
        """Look up what is known of the source before it is read again: it was changed."""

    def read_soon(self, source: SourceKey) -> None:
        """Have it read as soon as it may be, instead of when it is planned."""

    async def read_now(self, source: SourceKey, *, on_call: bool = False) -> PollReport | None:
        """Read it beside its plan; None where a fault kept it from being read, or a stop.

        A reading under way ends first. `on_call` is what `Poller.poll_on_call` says. Given up by
        whoever waits, the reading goes on.
        """


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Return the present moment. Aware."""


class Records(Protocol):
    """All tables within one transaction."""

    @property
    def articles(self) -> ArticleRecords: ...
    @property
    def topics(self) -> TopicRecords: ...
    @property
    def subscribers(self) -> SubscriberRecords: ...
    @property
    def places(self) -> PlaceRecords: ...
    @property
    def silences(self) -> SilenceRecords: ...
    @property
    def notices(self) -> NoticeRecords: ...
    @property
    def setups(self) -> SetupRecords: ...
    @property
    def timings(self) -> TimingRecords: ...
    @property
    def clock(self) -> ClockRecords: ...
    @property
    def searches(self) -> SearchRecords: ...
    @property
    def stories(self) -> StoryRecords: ...
    @property
    def edits(self) -> EditRecords: ...
    @property
    def outbox(self) -> OutboxRecords: ...
    @property
    def fanouts(self) -> FanoutRecords: ...
    @property
    def sources(self) -> SourceRecords: ...
    @property
    def hubs(self) -> HubRecords: ...
    @property
    def publications(self) -> PublicationRecords: ...
    @property
    def saved(self) -> SavedRecords: ...
    @property
    def moves(self) -> MoveRecords: ...
    @property
    def disclosure(self) -> DisclosureRecords: ...
    @property
    def source_notices(self) -> SourceNoticeRecords: ...
    @property
    def broadcasts(self) -> BroadcastRecords: ...
    @property
    def copies(self) -> CopyRecords: ...
    @property
    def backup_notices(self) -> BackupNoticeRecords: ...
    @property
    def pruning(self) -> PruningRecords: ...
    @property
    def traces(self) -> TraceRecords: ...
    @property
    def figures(self) -> FigureRecords: ...

    async def touch(self) -> None:
        """Write, and change nothing: the commit proves that writing works."""

    async def rollback(self) -> None:
        """Undo all that was done in this transaction; for dry runs."""


class Store(Protocol):
    """The database."""

    def reading(self) -> AbstractAsyncContextManager[Records]:
        """Open a consistent view; writing through it is an error."""

    def writing(self) -> AbstractAsyncContextManager[Records]:
        """Open a transaction, committed at the end, undone by an exception; one at a time."""
