"""Commands and buttons of those who run the bot; for everybody else there are none.

They are for the chats that are listed as administrators': a private chat, or a group, in which the
group's own administrators use them. Broadcasts are for private chats alone. What is listed is the
chat, so that nobody carries the right into another one; elsewhere a command is answered as any
unknown one, a button as any stale one.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from telegram import Message

from bot.telegram.handlers import (
    admin_page,
    broadcasting,
    chart_page,
    source_page,
    sources_page,
)
from bot.telegram.handlers.buttons import rows_of
from bot.telegram.handlers.formatting import formatted
from bot.telegram.handlers.services import ChatServices
from bot.telegram.handlers.speech import Said
from bot.telegram.handlers.turn import Command, Press, Turn
from bot.texts.letter import Call

COMMANDS: Final[Mapping[str, Command]] = {**admin_page.COMMANDS, **broadcasting.COMMANDS}
PRESSES: Final[Mapping[str, Press]] = {
    **admin_page.PRESSES,
    **chart_page.PRESSES,
    **sources_page.PRESSES,
    **source_page.PRESSES,
    **broadcasting.PRESSES,
}
_IN_PRIVATE: Final = {*broadcasting.COMMANDS, *broadcasting.PRESSES}
#: What is meant by an answer to a message with a button of that call.
_ASKED: Final[Mapping[Call, Command]] = {**broadcasting.ASKED}


def commands_in(services: ChatServices, chat_id: int) -> Mapping[str, Command]:
    """Return the commands that a chat has beside everybody's."""
    return {name: one for name, one in COMMANDS.items() if _has(services, chat_id, name)}


def command_for(turn: Turn, message: Message, heard: Said | None) -> Command | None:
    """Return the command that an administrator's message means; None for what is none of these."""
    services, chat_id = turn.services, turn.subscriber.address.chat_id
    known = commands_in(services, chat_id)
    if not known:
        return None
    if heard is not None and heard.command is not None:
        return known.get(heard.command)
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or not answered.from_user.is_bot:
        return None
    calls = [button.call for row in rows_of(answered.reply_markup) for button in row]
    own = (call for call in calls if call and _has(services, chat_id, call.action))
    return next((_ASKED[call] for call in own if call in _ASKED), None)


def turn_for(turn: Turn, message: Message, heard: Said | None) -> Turn:
    """Return the turn with what was written, and how."""
    if heard is None:
        return replace(turn, formatted=None)
    text = formatted(message, is_command=heard.command is not None)
    return replace(turn, typed=heard.rest, formatted=text)


def press_for(turn: Turn, call: Call) -> Press | None:
    """Return what an administrator's button does; None for what is none of these."""
    is_own = call.on is None and _has(turn.services, turn.subscriber.address.chat_id, call.action)
    return PRESSES.get(call.action) if is_own else None


def _has(services: ChatServices, chat_id: int, name: str) -> bool:
    """Return whether a chat may have the command, or the button's action, of that name."""
    is_private = chat_id > 0
    return services.administration.is_for(chat_id) and (is_private or name not in _IN_PRIVATE)
