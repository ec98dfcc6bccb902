"""A bot that says what it hears, and breaks on demand."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from structlog.typing import EventDict
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.telegram.application import AnyApplication, build_application
from bot.telegram.markup import markup
from bot.telegram.runtime import Menu, TelegramBot
from bot.texts.letter import Button, Call

TOKEN = "700000001:stand-in-for-the-bot-api-of-telegram"
BUTTONS = ((Button(text="Break", call=Call(action="break")),),)
Context = ContextTypes.DEFAULT_TYPE


async def echo(update: Update, _context: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(f"You said {update.message.text}", reply_markup=markup(BUTTONS))


async def broken(_update: Update, _context: Context) -> None:
    raise LookupError("a fault of ours")


def register(application: AnyApplication) -> None:
    application.add_handler(CommandHandler("break", broken))
    application.add_handler(CallbackQueryHandler(broken))
    application.add_handler(MessageHandler(filters.TEXT, echo))


def sorry(language: str) -> str:
    return {"de": "Da ging etwas schief."}.get(language, "Something went wrong.")


class Running:
    """Bots that are stopped at the end of the test, and what ended them."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.fatal: list[Exception] = []
        self.pauses: list[float] = []

    async def start(self, url: str, menus: tuple[Menu, ...] = ()) -> TelegramBot:
        application = build_application(
            TOKEN, register=register, sorry=sorry, api_url=f"{url}/", connections=8, places=8
        )
        bot = TelegramBot(application, menus=menus, on_fatal=self.fatal.append, sleep=self._sleep)
        self._stack.push_async_callback(bot.stop)
        await bot.start()
        return bot

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)


def events(logs: list[EventDict]) -> list[Any]:
    return [one["event"] for one in logs]
