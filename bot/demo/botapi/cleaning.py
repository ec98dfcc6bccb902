"""What Telegram does to any text before it keeps it: characters replaced, dropped, ends trimmed."""

import re
from itertools import accumulate
from typing import Final

from bot.demo.botapi.tags import Entity
from bot.demo.botapi.utf16 import units

_REPLACED: Final = re.compile("[\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f]")
#: Carriage returns, line and paragraph separators, explicit directions, three combining lines.
_DROPPED: Final = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_DIRECTION_MARKS: Final = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_TRIMMED: Final = " \n"


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text as Telegram keeps it, and the entities where they then stand."""
    text = _REPLACED.sub(" ", text)
    if _DROPPED.search(text):
        text, entities = _without_dropped(text, entities)
    text = _DIRECTION_MARKS.sub(lambda marks: "\u200c" * len(marks[0]), text)
    entities = _visible(text, entities)
    return _trimmed(text, entities)


def _without_dropped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop characters and move the entities accordingly."""
    kept = [keeps for c in text for keeps in [int(not _DROPPED.match(c))] * units(c)]
    places = [0, *accumulate(kept)]
    moved = [_moved(entity, places) for entity in entities]
    return _DROPPED.sub("", text), [entity for entity in moved if entity["length"]]


def _moved(entity: Entity, places: list[int]) -> Entity:
    begin = places[entity["offset"]]
    return {
        **entity,
        "offset": begin,
        "length": places[entity["offset"] + entity["length"]] - begin,
    }


def _visible(text: str, entities: list[Entity]) -> list[Entity]:
    """Leave out the entities of nothing but white space."""
    if not entities:
        return entities
    encoded = text.encode("utf-16-le", "surrogatepass")
    blank = set(" \n")
    return [entity for entity in entities if set(_covered(encoded, entity)) - blank]


def _covered(encoded: bytes, entity: Entity) -> str:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    return encoded[2 * begin : 2 * end].decode("utf-16-le", "replace")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim the end, cutting entities short, and the beginning, no further than to an entity."""
    text = text.rstrip(_TRIMMED)
    total = units(text)
    first = min((entity["offset"] for entity in entities), default=total)
    cut = min(len(text) - len(text.lstrip(_TRIMMED)), first)
    trimmed = [
        {
            **entity,
            "offset": entity["offset"] - cut,
            "length": min(entity["length"], total - entity["offset"]),
        }
        for entity in entities
    ]
    return text[cut:], trimmed
