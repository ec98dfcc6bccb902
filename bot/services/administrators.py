"""Tells those who run the bot of trouble, each in their language and zone."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

import structlog

from bot.domain.delivery import Throttled, Unanswered, Unreachable
from bot.domain.subscriber import Address
from bot.services.letters import Letters
from bot.services.ports import Messenger, Store
from bot.services.waiting import Waiting
from bot.texts.letter import Letter

log = structlog.get_logger(__name__)


class Administrators:
    """The chats that the settings name."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        letters: Letters,
        *,
        chat_ids: Sequence[int],
        language: str,
    ) -> None:
        """Strangers are told in `language`."""
        self.chat_ids = tuple(chat_ids)
        self._store = store
        self._messenger = messenger
        self._letters = letters
        self._language = language
        self._answers = Waiting()

    def stop(self) -> None:
        """Wait for Telegram no longer; what is under way is told again after the next start."""
        self._answers.give_up()

    async def manner(self, chat_id: int) -> tuple[tzinfo, str]:
        """Return the zone and the language that the administrator reads in."""
        async with self._store.reading() as records:
            known = await records.subscribers.find(Address(chat_id=chat_id))
        if known is None:
            return self._letters.site_zone, self._language
        return self._letters.zone_of(known), known.language

    async def tell(self, chat_id: int, letter: Letter, *, about: str, news: str) -> bool:
        """Return whether they know now, or never will; raises GivenUpError after `stop`."""
        address = Address(chat_id=chat_id)
        outcome = await self._answers.until(partial(self._messenger.tell, address, letter))
        settled = not isinstance(outcome, Throttled | Unanswered | Unreachable)
        log.info(
            "administrator_told" if settled else "administrator_not_told",
            chat=chat_id,
            about=about,
            news=news,
            outcome=str(outcome),
        )
        return settled
