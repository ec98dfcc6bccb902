"""The tags that Telegram's HTML knows, and what their attributes say."""

from typing import Any, Final

from bot.demo.botapi.links import BadLinkError, checked, mentioned_user

TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "tg-emoji": "custom_emoji",
}

_PREFIXED: Final = {("code", "class"): "language-", ("span", "class"): "tg-"}

Entity = dict[str, Any]


def argument(tag: str, attribute: str, value: str | None, before: str) -> str:
    """Return what the tag's attributes say so far; those that mean nothing are passed over."""
    if (tag, attribute) == ("blockquote", "expandable"):
        return "1"
    if value is None:
        return before
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    prefix = _PREFIXED.get((tag, attribute))
    return value.removeprefix(prefix) if prefix and value.startswith(prefix) else before


def link(url: str) -> Entity | None:
    """Return the entity of an address, without its place; None where Telegram drops it."""
    user = mentioned_user(url)
    if user is not None:
        return {"type": "text_mention", "user_id": user}
    try:
        return {"type": "text_link", "url": checked(url)}
    except BadLinkError:
        return None
