"""The command menu of a chat: in the language that it chose, with what is for administrators."""

from telegram import Bot, BotCommandScopeChat, BotCommandScopeChatAdministrators

from bot.texts.menu import commands, menu_languages
from bot.texts.translations import SOURCE


async def set_menu(bot: Bot, chat_id: int, language: str, *, administers: bool = False) -> None:
    """Show the commands in that language; with none, as Telegram does in each reader's.

    Where the bot is run from, those for administrators are among them; in a group only for its own.
    """
    is_group = chat_id < 0
    if is_group or not administers:
        scope = BotCommandScopeChat(chat_id)
        if language:
            await bot.set_my_commands(commands(language), scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    if administers:
        await set_administrators_menu(bot, chat_id, language)


async def set_administrators_menu(bot: Bot, chat_id: int, language: str) -> None:
    """Show them in that language; with none, in each reader's: what a chat has of its own is all.

    Telegram prefers a menu in the reader's language to the chat's, so each of them is set.
    """
    own = BotCommandScopeChatAdministrators if chat_id < 0 else BotCommandScopeChat
    for code, spoken in (("", SOURCE), *menu_languages().items()):
        shown = commands(language or spoken, administers=True)
        await bot.set_my_commands(shown, scope=own(chat_id), language_code=code or None)
