"""From what a call says about a text to the text and entities that a message holds."""

from collections.abc import Mapping
from typing import Any, Final

from bot.demo.botapi.cleaning import cleaned
from bot.demo.botapi.entities import arranged, found_in
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.html import MarkupError, parse_html
from bot.demo.botapi.links import BadLinkError, checked
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.tags import Entity
from bot.demo.botapi.utf16 import units

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_MOST_BYTES: Final = 32_768


def formatted(params: Parameters, people: Mapping[int, Any]) -> tuple[str, list[Entity]]:
    """Return text and entities of a call; raises `Refusal`."""
    if not params.text("text"):
        raise Refusal.bad_request("Message text is empty")
    text, entities = _read(params, "text", "entities", people)
    if not text:
        raise Refusal.bad_request("Message text is empty")
    if units(text) > LONGEST_TEXT:
        raise Refusal.bad_request("Message is too long")
    return text, entities


def captioned(params: Parameters, people: Mapping[int, Any]) -> tuple[str, list[Entity]]:
    """Return caption and entities of a call, which may have none; raises `Refusal`."""
    text, entities = _read(params, "caption", "caption_entities", people)
    if units(text) > LONGEST_CAPTION:
        raise Refusal.bad_request("Message caption is too long")
    return text, entities


def _read(
    params: Parameters, name: str, entities_name: str, people: Mapping[int, Any]
) -> tuple[str, list[Entity]]:
    """Return the text of that parameter, as Telegram keeps it."""
    text = params.text(name)
    if len(text.encode()) > _MOST_BYTES:
        raise Refusal.bad_request("Text is too long")
    text, entities = _parsed(text, params, params.items(entities_name))
    text, entities = cleaned(text, _mentions(entities, people))
    return text, found_in(text, arranged(entities))


def _parsed(text: str, params: Parameters, given: list[Any]) -> tuple[str, list[Entity]]:
    mode = params.text("parse_mode").lower()
    if mode == "html":
        try:
            return parse_html(text)
        except MarkupError as fault:
            raise Refusal.bad_request(f"Can't parse entities: {fault}") from None
    # Markdown, too, is refused: the stand-in reads HTML alone.
    if mode not in {"", "none"}:
        raise Refusal.bad_request("Unsupported parse_mode")
    return text, _given(given, units(text))


def _given(entities: list[Any], total: int) -> list[Entity]:
    """Return the entities of the parameter; those beyond the text are passed over."""
    kept = []
    for entity in entities:
        if not isinstance(entity, dict) or "offset" not in entity or "length" not in entity:
            raise Refusal.bad_request("Can't parse MessageEntity: expected an Object")
        if "url" in entity:
            try:
                entity = {**entity, "url": checked(entity["url"])}  # noqa: PLW2901 - completed
            except BadLinkError as fault:
                url = entity["url"]
                raise Refusal.bad_request(f"entity URL '{url}' is invalid: {fault}") from None
        inside = entity["offset"] >= 0 and entity["offset"] + entity["length"] <= total
        if inside and entity["length"] > 0:
            kept.append(entity)
    return kept


def _mentions(entities: list[Entity], people: Mapping[int, Any]) -> list[Entity]:
    """Put the person in the place of the id; those unknown to the bot are not mentioned."""
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        given = {k: v for k, v in entity.items() if k != "user_id"}
        person = people.get(entity.get("user_id") or entity.get("user", {}).get("id", 0))
        if person is not None:
            kept.append({**given, "user": person.as_user()})
    return kept
