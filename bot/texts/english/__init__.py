"""The texts in English, gathered from the modules beside this one."""

from typing import Final

from bot.texts.english import (
    chat,
    messages,
    pausing,
    places,
    search,
    searches,
    timing,
    topics,
    why,
)

ENGLISH: Final = {
    **messages.TEXTS,
    **chat.TEXTS,
    **topics.TEXTS,
    **search.TEXTS,
    **timing.TEXTS,
    **pausing.TEXTS,
    **places.TEXTS,
    **searches.TEXTS,
    **why.TEXTS,
}
