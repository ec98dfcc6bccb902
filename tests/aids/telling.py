"""Administrators who are told by a messenger of a test's."""

from collections.abc import Sequence

from bot.services.administrators import Administrators
from bot.services.letters import Letters
from bot.services.ports import Messenger, Store
from tests.conftest import SITE_ZONE


def administrators(store: Store, messenger: Messenger, chat_ids: Sequence[int]) -> Administrators:
    letters = Letters(SITE_ZONE)
    return Administrators(store, messenger, letters, chat_ids=chat_ids, language="en")
