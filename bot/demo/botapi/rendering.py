"""Text and entities as safe HTML for the chat page."""

from html import escape
from typing import Final

from bot.demo.botapi.tags import Entity

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_SCHEMES: Final = ("http://", "https://")


def rendered(text: str, entities: list[Entity]) -> str:
    """Return HTML of b, i, u, s, code, pre, blockquote, links and spoilers; nothing else."""
    encoded = text.encode("utf-16-le", "surrogatepass")

    def covered(begin: int, end: int) -> str:
        return encoded[2 * begin : 2 * end].decode("utf-16-le", "replace")

    parts: list[str] = []
    closing: list[tuple[int, str]] = []
    at = 0
    end = len(encoded) // 2
    for entity in [*entities, {"type": "", "offset": end, "length": 0}]:
        begin = entity["offset"]
        while closing and closing[-1][0] <= begin:
            until, tag = closing.pop()
            parts += [escape(covered(at, until)), tag]
            at = max(at, until)
        parts.append(escape(covered(at, begin)))
        at = max(at, begin)
        until = min(begin + entity["length"], closing[-1][0] if closing else end)
        opening, tag = _tag(entity, covered(begin, until))
        if opening:
            parts.append(opening)
            closing.append((until, tag))
    return "".join(parts)


def _tag(entity: Entity, text: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "spoiler":
        return '<span class="tg-spoiler">', "</span>"
    address = entity.get("url", "") if kind == "text_link" else text if kind == "url" else ""
    if address.lower().startswith(_SCHEMES):
        return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
    return "", ""
