"""Entities in order: sorted, joined, kept out of code; and those that Telegram finds by itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.demo.botapi.tags import Entity
from bot.demo.botapi.utf16 import units

#: Telegram passes over what comes after.
MOST: Final = 100

_JOINABLE: Final = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_CODE: Final = frozenset({"pre", "code"})
_PRIORITY: Final = {
    kind: index
    for index, kind in enumerate(
        (
            "blockquote",
            "expandable_blockquote",
            "pre",
            "code",
            "text_link",
            "text_mention",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "custom_emoji",
        )
    )
}
_FOUND: Final = re.compile(
    r"(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?')\]])"
    r"|(?P<mention>(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
)


def arranged(entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities as Telegram lists them: by place, longest first, no more than 100."""
    kept = _outside_code(_sorted(entities))
    return _sorted(_joined(kept))[:MOST]


def found_in(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the entities with commands, mentions and addresses found in the text between them."""
    if not any(mark in text for mark in "/@"):
        return entities
    taken = [e for e in entities if e["type"] not in _JOINABLE and "quote" not in e["type"]]
    return _sorted([*entities, *_found(text, taken)])[:MOST]


def _found(text: str, taken: list[Entity]) -> Iterator[Entity]:
    for match in _FOUND.finditer(text):
        offset = units(text[: match.start()])
        length = units(match[0])
        kind = match.lastgroup
        if not any(_overlap(offset, length, entity) for entity in taken):
            yield {"type": kind, "offset": offset, "length": length}


def _overlap(offset: int, length: int, entity: Entity) -> bool:
    return bool(offset < _end(entity) and entity["offset"] < offset + length)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _sorted(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _PRIORITY.get(e["type"], 0)))


def _outside_code(entities: list[Entity]) -> list[Entity]:
    """Code holds no other entity, and formatting around it is split."""
    code = [e for e in entities if e["type"] in _CODE]
    if not code:
        return entities
    kept: list[Entity] = []
    for entity in entities:
        if entity["type"] in _JOINABLE:
            kept += _split(entity, code)
        elif entity["type"] in _CODE or not any(_within(entity, c) for c in code):
            kept.append(entity)
    # Of code in code, the outer stays.
    return [e for e in kept if not any(c is not e and _inside_code(e, c) for c in code)]


def _inside_code(entity: Entity, code: Entity) -> bool:
    if entity["type"] not in _CODE or not _within(entity, code):
        return False
    return bool(entity["length"] < code["length"] or entity["type"] == "code" != code["type"])


def _within(entity: Entity, outer: Entity) -> bool:
    return bool(entity["offset"] >= outer["offset"] and _end(entity) <= _end(outer))


def _split(entity: Entity, code: list[Entity]) -> Iterator[Entity]:
    """Yield what is left of the entity outside the pieces of code."""
    begin = entity["offset"]
    for piece in code:
        if piece["offset"] < _end(entity) and begin < _end(piece):
            if piece["offset"] > begin:
                yield {**entity, "offset": begin, "length": piece["offset"] - begin}
            begin = _end(piece)
    if begin < _end(entity):
        yield {**entity, "offset": begin, "length": _end(entity) - begin}


def _joined(entities: list[Entity]) -> list[Entity]:
    """Join neighbouring entities of the same formatting."""
    joined: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in entities:
        before = last.get(entity["type"])
        if entity["type"] in _JOINABLE and before and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
            continue
        last[entity["type"]] = copy = dict(entity)
        joined.append(copy)
    return joined
