"""Tells administrators something, as replies are sent: at once, beside the lane of the alerts."""

from telegram import Bot
from telegram.error import TelegramError

from bot.domain.delivery import Outcome, Refused, Sent
from bot.domain.subscriber import Address
from bot.telegram.handlers.sending import edit, send
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

    async def change(self, chat_id: int, message_id: int, letter: Letter) -> Outcome:
        """Put the letter in a sent message's place; Sent also where nothing differs."""
        try:
            await edit(self._bot, chat_id, message_id, letter)
        except TelegramError as error:
            outcome = outcome_of(error)
            if isinstance(outcome, Refused) and "not modified" in outcome.detail.lower():
                return Sent(message_id)
            return outcome
        return Sent(message_id)
