"""Letters as the bodies of requests to the Bot API: JSON.

A fan-out sends one letter to thousands of chats. What does not depend on the chat is written once
and kept; only the chat's own part is put before it.
"""

import json
from functools import lru_cache
from typing import Any, ClassVar, Final

from bot.domain.subscriber import Address
from bot.telegram.markup import raw_markup
from bot.texts.letter import Letter, Preview, Rows


class JsonBody:
    """Parameters that are JSON already: stands where python-telegram-bot has its `RequestData`.

    `BaseRequest.post` hands that on to `AiohttpRequest.do_request` as it is; it may not be derived
    from, and would be written out anew for each request.
    """

    __slots__ = ("json",)

    contains_files: ClassVar = False

    def __init__(self, text: str) -> None:
        self.json: Final = text.encode()


def new_message(address: Address, letter: Letter, *, paid: bool = False) -> JsonBody:
    """Return what sendMessage takes; `paid` is its `allow_paid_broadcast`."""
    own: dict[str, Any] = {"chat_id": address.chat_id}
    if address.thread_id:
        own["message_thread_id"] = address.thread_id
    if letter.reply_to is not None:
        # The reader may have deleted the earlier message; the alert comes all the same.
        own["reply_parameters"] = {
            "message_id": letter.reply_to,
            "allow_sending_without_reply": True,
        }
    if letter.silent:
        own["disable_notification"] = True
    if paid:
        own["allow_paid_broadcast"] = True
    return _body(own, letter)


def changed_message(address: Address, message_id: int, letter: Letter) -> JsonBody:
    """Return what editMessageText takes."""
    return _body({"chat_id": address.chat_id, "message_id": message_id}, letter)


def _body(own: dict[str, Any], letter: Letter) -> JsonBody:
    content = _content(letter.html, letter.rows, letter.preview, letter.preview_url)
    return JsonBody(f"{json.dumps(own)[:-1]}, {content[1:]}")


@lru_cache(maxsize=256)
def _content(html: str, rows: Rows, preview: Preview, preview_url: str | None) -> str:
    content: dict[str, Any] = {
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": preview_options(preview, preview_url),
    }
    keyboard = raw_markup(rows)
    if keyboard:
        content["reply_markup"] = keyboard
    return json.dumps(content)


def preview_options(preview: Preview, url: str | None) -> dict[str, Any]:
    """Return the Bot API's LinkPreviewOptions."""
    if preview is Preview.NONE:
        return {"is_disabled": True}
    size = "prefer_large_media" if preview is Preview.LARGE else "prefer_small_media"
    return {size: True, **({"url": url} if url else {})}
