"""Who may change what a chat gets, and where the bot may write; as Telegram tells it."""

from typing import Final

from telegram import (
    Bot,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    Message,
    User,
)
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.domain.subscriber import ChatKind

_ADMINISTRATORS: Final = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
_OUTSIDE: Final = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
#: How Telegram says that somebody is not in a chat. Where it says anything else, such as that the
#: members are hidden, the chat's administrators can be asked for all the same.
_ABSENT: Final = ("participant_id_invalid", "user not found", "member not found")


async def may_change(bot: Bot, chat: Chat, user: User | None, message: Message | None) -> bool:
    """Return whether the sender may change the chat's settings; `message` is None for a button.

    In a group that takes an administrator; one who stays anonymous writes in the group's name.
    """
    if not ChatKind(chat.type).is_shared:
        return True
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id == chat.id
    return user is not None and await administers(bot, chat.id, user.id)


async def administers(bot: Bot, chat_id: int, user_id: int) -> bool:
    member = await member_of(bot, chat_id, user_id)
    return member is not None and member.status in _ADMINISTRATORS


async def member_of(bot: Bot, chat_id: int, user_id: int) -> ChatMember | None:
    """Return how a user stands in a chat; None where they are not known there."""
    try:
        return await bot.get_chat_member(chat_id, user_id)
    except Forbidden:  # the bot is not there itself
        return None
    except BadRequest as error:
        if any(phrase in error.message.lower() for phrase in _ABSENT):
            return None
    try:
        listed = await bot.get_chat_administrators(chat_id)
    except (BadRequest, Forbidden):
        return None
    return next((one for one in listed if one.user.id == user_id), None)


def is_outside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in _OUTSIDE


def may_write(member: ChatMember, kind: ChatKind) -> bool:
    """Return whether the chat lets that member write, as far as its standing tells."""
    if kind is ChatKind.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and bool(member.can_send_messages)
    return not is_outside(member)


def may_write_in_closed(member: ChatMember | None) -> bool:
    """Return whether that member may write in closed forum topics."""
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
