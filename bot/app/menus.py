"""What Telegram shows of the bot beside its messages, in each language."""

from collections.abc import Mapping, Sequence

from bot.domain.errors import DatabaseError
from bot.domain.subscriber import Address
from bot.services.ports import Store
from bot.telegram.runtime import Menu
from bot.texts.menu import about, commands, description, menu_languages
from bot.texts.translations import SOURCE


def menus(site: str) -> list[Menu]:
    """Return the menu of each language; the first one is everybody else's."""
    return [
        Menu(
            language=code,
            commands=tuple(commands(language)),
            description=description(language, site),
            about=about(language, site),
        )
        for code, language in (("", SOURCE), *menu_languages().items())
    ]


async def administrators_languages(store: Store, chat_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the language that each of the chats chose; "" where it chose none."""
    chosen = dict.fromkeys(chat_ids, "")
    try:
        async with store.reading() as records:
            for chat_id in chat_ids:
                found = await records.subscribers.find(Address(chat_id=chat_id))
                if found and found.language_chosen:
                    chosen[chat_id] = found.language
    except DatabaseError:
        return chosen  # told in the log already; menus are not worth more
    return chosen
