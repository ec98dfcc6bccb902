"""Tells administrators something, as replies are sent: at once, beside the lane of the alerts."""

from telegram import Bot
from telegram.error import TelegramError

from bot.domain.delivery import Outcome, Sent
from bot.domain.subscriber import Address
from bot.telegram.handlers.sending import send
from bot.telegram.outcomes import outcome_of
from bot.texts.letter import Letter


class TelegramNotifier:
    """The `Notifier` port."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def tell(self, chat_id: int, letter: Letter) -> Outcome:
        try:
            message = await send(self._bot, Address(chat_id=chat_id), letter)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message.message_id)
