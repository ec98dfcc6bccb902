"""Tells administrators of sources that have failed for an hour, and that they are back.

The rules, in their order:

1. Only sources that are polled count; what a profile no longer has may fail as it likes, and of
   what is switched off nothing is told, neither that it fails nor that it is back.
2. Each administrator is told once that a source fails, and once that it is back. What they were
   told is written down behind Telegram's answer, so that a restart repeats nothing.
3. Who was not told that it fails is not told that it is back.
4. An administrator who cannot be reached for good (the bot is blocked, the chat is gone) counts as
   told. Where Telegram does not answer, they are told with a later turn.
"""

from collections.abc import Iterable

from bot.domain.outage import is_to_be_told
from bot.services.administrators import Administrators
from bot.services.ports import Clock, Store
from bot.services.records import NoticeRecord, SourceRecord
from bot.texts.source_letters import back_letter, failing_letter


class Watch:
    """Turned every half minute or so; one turn at a time."""

    def __init__(
        self,
        store: Store,
        administrators: Administrators,
        clock: Clock,
        sources: Iterable[tuple[str, str]],
    ) -> None:
        """Watch the sources with these addresses and kinds."""
        self._store = store
        self._administrators = administrators
        self._clock = clock
        self._sources = frozenset(sources)

    async def turn(self) -> None:
        """Tell what is to be told by now; raises GivenUpError where `stop` comes first."""
        if not self._administrators.chat_ids:
            return
        async with self._store.reading() as records:
            sources = await records.sources.every()
            told = await records.source_notices.every()
        for source in sources:
            if source.switched_off_at is not None:
                continue
            own = {one.chat_id: one for one in told if one.source_id == source.id}
            if source.failing_since is None:
                await self._back(source, own.values())
            elif (source.url, source.kind) in self._sources:
                await self._failing(source, own.keys())

    def stop(self) -> None:
        """Give up what Telegram has not answered; it is told again with the next start."""
        self._administrators.stop()

    async def _failing(self, source: SourceRecord, told: Iterable[int]) -> None:
        since = source.failing_since
        if since is None or not is_to_be_told(since, self._clock()):
            return
        for chat_id in [one for one in self._administrators.chat_ids if one not in set(told)]:
            manner = await self._administrators.manner(chat_id)
            letter = failing_letter(source.url, source.fault, since, *manner)
            if await self._administrators.tell(chat_id, letter, about=source.url, news="failing"):
                async with self._store.writing() as records:
                    await records.source_notices.add(source.id, chat_id, since)

    async def _back(self, source: SourceRecord, told: Iterable[NoticeRecord]) -> None:
        for notice in told:
            chat_id = notice.chat_id
            manner = await self._administrators.manner(chat_id)
            letter = back_letter(source.url, notice.failing_since, *manner)
            is_one = chat_id in self._administrators.chat_ids
            if not is_one or await self._administrators.tell(
                chat_id, letter, about=source.url, news="back"
            ):
                async with self._store.writing() as records:
                    await records.source_notices.remove(source.id, chat_id)
