"""The texts in English, gathered from the modules beside this one."""

from typing import Final

from bot.texts.english import chat, messages, search, topics

ENGLISH: Final = {**messages.TEXTS, **chat.TEXTS, **topics.TEXTS, **search.TEXTS}
