"""Buttons under a message, as Telegram takes them."""

from typing import Any

from telegram import InlineKeyboardMarkup

from bot.telegram.calls import encode
from bot.texts.letter import Button, Rows


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the keyboard for python-telegram-bot's methods; None where there are no buttons."""
    raw = raw_markup(rows)
    return InlineKeyboardMarkup.de_json(raw) if raw else None


def raw_markup(rows: Rows) -> dict[str, Any] | None:
    """Return the same as the Bot API's InlineKeyboardMarkup; builds no objects."""
    keyboard = _keyboard(rows)
    return {"inline_keyboard": keyboard} if keyboard else None


def _keyboard(rows: Rows) -> list[list[dict[str, str]]]:
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Button) -> dict[str, str]:
    if button.url is not None and button.call is None:
        return {"text": button.text, "url": button.url}
    if button.call is not None and button.url is None:
        return {"text": button.text, "callback_data": encode(button.call)}
    raise ValueError(f"a button opens an address or makes a call: {button.text!r}")
