"""The texts in English, gathered from the modules beside this one."""

from typing import Final

from bot.texts.english import (
    administration,
    broadcasts,
    chat,
    formats,
    language,
    messages,
    operating,
    pausing,
    places,
    reading_list,
    rights,
    search,
    searches,
    timing,
    topics,
    why,
)

#: For translators, by key.
NOTES: Final = {**formats.NOTES}

ENGLISH: Final = {
    **formats.TEXTS,
    **messages.TEXTS,
    **chat.TEXTS,
    **topics.TEXTS,
    **search.TEXTS,
    **timing.TEXTS,
    **pausing.TEXTS,
    **places.TEXTS,
    **searches.TEXTS,
    **why.TEXTS,
    **language.TEXTS,
    **reading_list.TEXTS,
    **rights.TEXTS,
    **operating.TEXTS,
    **administration.TEXTS,
    **broadcasts.TEXTS,
}
