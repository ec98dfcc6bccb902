"""The methods that the stand-in serves, by their names in the Bot API."""

from bot.demo.botapi import (
    methods_bot,
    methods_chats,
    methods_files,
    methods_inline,
    methods_messages,
    methods_updates,
)
from bot.demo.botapi.stage import Method


def served() -> dict[str, Method]:
    """Return every method; what is added here also belongs in `spec.json`."""
    return {
        "answerCallbackQuery": methods_updates.answer_callback_query,
        "answerInlineQuery": methods_inline.answer_inline_query,
        "close": methods_bot.close,
        "deleteMessage": methods_messages.delete_message,
        "deleteMyCommands": methods_bot.delete_my_commands,
        "deleteWebhook": methods_updates.delete_webhook,
        "editMessageReplyMarkup": methods_messages.edit_message_reply_markup,
        "editMessageText": methods_messages.edit_message_text,
        "getChat": methods_chats.get_chat,
        "getChatAdministrators": methods_chats.get_chat_administrators,
        "getChatMember": methods_chats.get_chat_member,
        "getFile": methods_files.get_file,
        "getMe": methods_bot.get_me,
        "getMyCommands": methods_bot.get_my_commands,
        "getUpdates": methods_updates.get_updates,
        "getWebhookInfo": methods_updates.get_webhook_info,
        "leaveChat": methods_chats.leave_chat,
        "logOut": methods_bot.log_out,
        "sendChatAction": methods_messages.send_chat_action,
        "sendDocument": methods_files.send_document,
        "sendMessage": methods_messages.send_message,
        "sendPhoto": methods_files.send_photo,
        "setChatMenuButton": methods_bot.set_chat_menu_button,
        "setMyCommands": methods_bot.set_my_commands,
        "setMyDescription": methods_bot.set_my_description,
        "setMyShortDescription": methods_bot.set_my_short_description,
        "setWebhook": methods_updates.set_webhook,
    }
