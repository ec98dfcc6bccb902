"""Manners in groups: who may change settings there.

What a group says is answered where it is meant for the bot: a command that the bot knows, or
anything that names the bot. People talk to each other below its alerts, so a mere reply to one is
not taken for a question.
"""

from typing import Final

from telegram import Bot, Chat, Message, User
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bot.domain.subscriber import ChatKind

_ADMINISTRATORS: Final = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def may_change(bot: Bot, chat: Chat, user: User | None, message: Message | None) -> bool:
    """Return whether the sender may change the chat's settings; `message` is None for a button.

    In a group that takes an administrator; one who stays anonymous writes in the group's name.
    """
    if not ChatKind(chat.type).is_group:
        return True
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id == chat.id
    if user is None:
        return False
    try:
        member = await bot.get_chat_member(chat.id, user.id)
    except BadRequest:  # they have left meanwhile
        return False
    return member.status in _ADMINISTRATORS
