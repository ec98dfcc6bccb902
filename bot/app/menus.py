"""What Telegram shows of the bot beside its messages, in each language."""

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
