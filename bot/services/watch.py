"""Tells administrators of sources that have failed for an hour, and that they are back.

The rules, in their order:

1. Only sources that are polled count; what a profile no longer has may fail as it likes.
2. Each administrator is told once that a source fails, and once that it is back. What they were
   told is written down behind Telegram's answer, so that a restart repeats nothing.
3. Who was not told that it fails is not told that it is back.
4. An administrator who cannot be reached for good (the bot is blocked, the chat is gone) counts as
   told. Where Telegram does not answer, they are told with a later turn.
"""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from functools import partial

import structlog

from bot.domain.delivery import Throttled, Unanswered, Unreachable
from bot.domain.outage import is_to_be_told
from bot.domain.subscriber import Address
from bot.services.letters import Letters
from bot.services.ports import Clock, Messenger, Store
from bot.services.records import NoticeRecord, SourceRecord
from bot.services.waiting import Waiting
from bot.texts.letter import Letter
from bot.texts.source_letters import back_letter, failing_letter

log = structlog.get_logger(__name__)


class Watch:
    """Turned every half minute or so; one turn at a time."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        letters: Letters,
        clock: Clock,
        *,
        administrators: Sequence[int],
        sources: Iterable[tuple[str, str]],
        language: str,
    ) -> None:
        """Watch the sources with these addresses and kinds; strangers are told in `language`."""
        self._store = store
        self._messenger = messenger
        self._letters = letters
        self._clock = clock
        self._administrators = tuple(administrators)
        self._sources = frozenset(sources)
        self._language = language
        self._answers = Waiting()

    async def turn(self) -> None:
        """Tell what is to be told by now; raises GivenUpError where `stop` comes first."""
        if not self._administrators:
            return
        async with self._store.reading() as records:
            sources = await records.sources.every()
            told = await records.source_notices.every()
        for source in sources:
            own = {one.chat_id: one for one in told if one.source_id == source.id}
            if source.failing_since is None:
                await self._back(source, own.values())
            elif (source.url, source.kind) in self._sources:
                await self._failing(source, own.keys())

    def stop(self) -> None:
        """Give up what Telegram has not answered; it is told again with the next start."""
        self._answers.give_up()

    async def _failing(self, source: SourceRecord, told: Iterable[int]) -> None:
        since = source.failing_since
        if since is None or not is_to_be_told(since, self._clock()):
            return
        for chat_id in [one for one in self._administrators if one not in set(told)]:
            letter = failing_letter(source.url, source.fault, since, *await self._manner(chat_id))
            if await self._tell(chat_id, letter, source, "failing"):
                async with self._store.writing() as records:
                    await records.source_notices.add(source.id, chat_id, since)

    async def _back(self, source: SourceRecord, told: Iterable[NoticeRecord]) -> None:
        for notice in told:
            chat_id = notice.chat_id
            letter = back_letter(source.url, notice.failing_since, *await self._manner(chat_id))
            is_one = chat_id in self._administrators
            if not is_one or await self._tell(chat_id, letter, source, "back"):
                async with self._store.writing() as records:
                    await records.source_notices.remove(source.id, chat_id)

    async def _manner(self, chat_id: int) -> tuple[tzinfo, str]:
        """Return the zone and the language that the administrator reads in."""
        async with self._store.reading() as records:
            known = await records.subscribers.find(Address(chat_id=chat_id))
        if known is None:
            return self._letters.site_zone, self._language
        return self._letters.zone_of(known), known.language

    async def _tell(self, chat_id: int, letter: Letter, source: SourceRecord, what: str) -> bool:
        """Return whether they know now, or never will."""
        address = Address(chat_id=chat_id)
        outcome = await self._answers.until(partial(self._messenger.tell, address, letter))
        settled = not isinstance(outcome, Throttled | Unanswered | Unreachable)
        log.info(
            "administrator_told" if settled else "administrator_not_told",
            chat=chat_id,
            source=source.url,
            news=what,
            outcome=str(outcome),
        )
        return settled
