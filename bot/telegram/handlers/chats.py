"""What Telegram tells of chats, asked in the name of one user."""

from dataclasses import dataclass
from enum import Enum, auto

from telegram import Bot, Chat, ChatFullInfo, User
from telegram.error import BadRequest, Forbidden

from bot.domain.subscriber import ChatKind
from bot.telegram.handlers.rights import administers, is_outside, may_write, member_of


class Hindrance(Enum):
    """Why a user cannot set a channel up."""

    NOT_FOUND = auto()
    NO_CHANNEL = auto()
    BOT_OUTSIDE = auto()
    NO_RIGHT = auto()
    NOT_YOURS = auto()


@dataclass(frozen=True, slots=True)
class Channel:
    chat_id: int
    name: str


class Chats:
    def __init__(self, bot: Bot, user: User | None) -> None:
        self._bot = bot
        self._user = user

    @property
    def bot_name(self) -> str:
        return self._bot.username

    @property
    def user_id(self) -> int | None:
        """The user who asks; None for those whom Telegram does not name."""
        return self._user.id if self._user and not self._user.is_bot else None

    async def administers(self, chat_id: int) -> bool:
        """Return whether the user is among the chat's administrators."""
        user_id = self.user_id
        return user_id is not None and await administers(self._bot, chat_id, user_id)

    async def channel(self, wanted: str | int) -> Channel | Hindrance:
        """Return the channel of that @name or id, where the user can set it up.

        What is wrong with it is told in the order in which one would put it right.
        """
        try:
            chat = await self._bot.get_chat(wanted)
        except BadRequest:
            return Hindrance.NOT_FOUND
        except Forbidden:
            return Hindrance.BOT_OUTSIDE
        if ChatKind(chat.type) is not ChatKind.CHANNEL:
            return Hindrance.NO_CHANNEL
        hindrance = await self._hindrance(chat.id)
        return hindrance or Channel(chat.id, names_of(chat)[0])

    async def _hindrance(self, chat_id: int) -> Hindrance | None:
        own = await member_of(self._bot, chat_id, self._bot.id)
        if own is None or is_outside(own):
            return Hindrance.BOT_OUTSIDE
        if not may_write(own, ChatKind.CHANNEL):
            return Hindrance.NO_RIGHT
        return None if await self.administers(chat_id) else Hindrance.NOT_YOURS


def names_of(chat: Chat | ChatFullInfo) -> tuple[str, str]:
    """Return what a chat is called, a channel by its @name where it has one; and no topic."""
    if not ChatKind(chat.type).is_shared:
        return "", ""
    if ChatKind(chat.type) is ChatKind.CHANNEL and chat.username:
        return f"@{chat.username}", ""
    return chat.title or "", ""
