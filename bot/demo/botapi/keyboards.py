"""Keyboards under messages: what Telegram refuses of them, and what it keeps."""

from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.links import BadLinkError, checked
from bot.demo.botapi.params import Parameters

_MOST_BUTTONS: Final = 100
_MOST_DATA_BYTES: Final = 64
#: What makes a button more than text.
_ACTIONS: Final = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_MAY_BE_EMPTY: Final = ("switch_inline_query", "switch_inline_query_current_chat", "callback_game")

Markup = dict[str, Any]


def inline_keyboard(params: Parameters) -> Markup | None:
    """Return the inline keyboard of a call, None when it has none; raises `Refusal`.

    Other kinds of markup are accepted and not shown.
    """
    if "reply_markup" not in params or params["reply_markup"] == "":
        return None
    markup = params["reply_markup"]
    if not isinstance(markup, dict):
        raise Refusal.bad_request("Object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = [_row(row) for row in _rows(markup["inline_keyboard"])]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise Refusal.bad_request("Reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _rows(rows: Any) -> list[Any]:
    if not isinstance(rows, list):
        raise Refusal.bad_request('Field "inline_keyboard" must be of type Array')
    return rows


def _row(row: Any) -> list[Markup]:
    if not isinstance(row, list):
        raise Refusal.bad_request('Field "inline_keyboard" must be an Array of Arrays')
    return [_button(button) for button in row]


def _button(button: Any) -> Markup:
    fault = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise Refusal.bad_request(f"{fault}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise Refusal.bad_request(f'{fault}Can\'t find field "text"')
    if not isinstance(text, str):
        raise Refusal.bad_request(f'{fault}Field "text" must be of type String')
    if not any(_acts(button, action) for action in _ACTIONS):
        raise Refusal.bad_request(f"{fault}Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > _MOST_DATA_BYTES:
        raise Refusal.bad_request("BUTTON_DATA_INVALID")
    return {**button, "url": _address(button["url"])} if "url" in button else dict(button)


def _acts(button: Markup, action: str) -> bool:
    return action in button and (bool(button[action]) or action in _MAY_BE_EMPTY)


def _address(url: Any) -> str:
    try:
        return checked(str(url))
    except BadLinkError as fault:
        raise Refusal.bad_request(
            f"Inline keyboard button URL '{url}' is invalid: {fault}"
        ) from None
