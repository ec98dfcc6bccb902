"""Commands and buttons of those who run the bot; for everybody else there are none.

They are for the chats that are listed as administrators': a private chat, or a group, in which the
group's own administrators use them. What is listed is the chat, so that nobody carries the right
into another one, and a forged button means nothing there.
"""

from collections.abc import Mapping
from typing import Final

from bot.telegram.handlers import admin_page, chart_page, source_page, sources_page
from bot.telegram.handlers.turn import Command, Press, Turn

ADMIN_COMMANDS: Final[Mapping[str, Command]] = {**admin_page.COMMANDS}
ADMIN_PRESSES: Final[Mapping[str, Press]] = {
    **admin_page.PRESSES,
    **chart_page.PRESSES,
    **sources_page.PRESSES,
    **source_page.PRESSES,
}


def admin_command(turn: Turn, name: str) -> Command | None:
    """Return the command where the chat has it."""
    return ADMIN_COMMANDS.get(name) if _administers(turn) else None


def admin_press(turn: Turn, action: str) -> Press | None:
    return ADMIN_PRESSES.get(action) if _administers(turn) else None


def _administers(turn: Turn) -> bool:
    return turn.services.administration.is_for(turn.subscriber.address.chat_id)
