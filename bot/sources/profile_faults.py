"""Faults of a profile in words: which key, what is wrong, what would be right."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from bot.domain.duration import format_duration
from bot.domain.topic import slug
from bot.sources.profile import (
    LabelSpec,
    ProfilePart,
    SectionSpec,
    Selectors,
    SiteProfile,
    SourceSpec,
)
from bot.sources.suggestion import did_you_mean

_PARTS: Final[dict[str, type[BaseModel]]] = {
    "sections": SectionSpec,
    "labels": LabelSpec,
    "sources": SourceSpec,
    "selectors": Selectors,
}
_WORDING: Final = {
    "missing": "is missing",
    "string_type": "must be text, in quotes",
    "string_too_short": "must not be empty",
    "tuple_type": 'must be a list, such as ["A", "B"]',
}
_TABLES: Final = {"sections", "labels", "sources"}


def faults(error: ValidationError) -> Iterator[str]:
    """Return one line per wrong value."""
    for fault in error.errors(include_url=False):
        location = fault["loc"]
        yield f"{dotted(location)}: {_what_is_wrong(fault, location)}"


def contradictions(profile: SiteProfile) -> Iterator[str]:
    """Return one line per pair of values that are right by themselves and wrong together."""
    if not profile.sources:
        yield "sources: there is none to read; give at least one [[sources]] with kind and url"
    for name in ("sections", "labels"):
        yield from _repeated(name, "key", [part.key for part in getattr(profile, name)])
        yield from _claimed_twice(name, getattr(profile, name))
    yield from _repeated("sources", "url", [source.url for source in profile.sources])
    keys = [section.key for section in profile.sections]
    for number, source in enumerate(profile.sources):
        if source.section is not None and source.section not in keys:
            suggestion = did_you_mean(source.section, keys)
            yield (
                f"sources[{number}].section: there is no section {source.section!r}; {suggestion}"
            )
        if (least := profile.least(source)) and least > profile.interval(source):
            yield (
                f"sources[{number}].least_interval: {format_duration(least)} is longer than its"
                f" poll_interval, {format_duration(profile.interval(source))}"
            )
        if source.kind != "page" and source.selectors != Selectors():
            yield f"sources[{number}].selectors: only a source of kind 'page' has selectors"


def dotted(location: Sequence[int | str]) -> str:
    """Return `sections[2].key` for a value's place."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "the file"


def _what_is_wrong(fault: Any, location: Sequence[int | str]) -> str:
    kind, last = fault["type"], location[-1] if location else ""
    if kind == "extra_forbidden":
        return f"is no known key; {did_you_mean(str(last), _known_keys(location))}"
    if kind == "model_type" or (kind == "tuple_type" and last in _TABLES):
        return f"must be a table: write it as {_heading(location)}"
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        return f"{fault['input']!r} is no language tag: write one such as 'en'"
    if kind == "literal_error":
        return f"{fault['input']!r} must be {fault['ctx']['expected']}"
    return _WORDING.get(kind, str(fault["msg"]))


def _heading(location: Sequence[int | str]) -> str:
    """Return how TOML begins a table at this place."""
    names = ".".join(str(step) for step in location if isinstance(step, str))
    return f"[{names}]" if names.endswith("selectors") else f"[[{names}]]"


def _known_keys(location: Sequence[int | str]) -> Iterable[str]:
    owner: type[BaseModel] = SiteProfile
    for step in location[:-1]:
        owner = _PARTS.get(str(step), owner)
    return owner.model_fields


def _repeated(part: str, key: str, values: Sequence[str]) -> Iterator[str]:
    for number, value in enumerate(values):
        if value in values[:number]:
            first = values.index(value)
            yield f"{part}[{number}].{key}: {value!r} is that of {part}[{first}] already"


def _claimed_twice(part: str, specs: Sequence[ProfilePart]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for number, spec in enumerate(specs):
        if not isinstance(spec, SectionSpec | LabelSpec):
            continue
        for term in (spec.name, *spec.terms):
            owner = owners.setdefault(slug(term), spec.key)
            if owner != spec.key:
                yield f"{part}[{number}].terms: {term!r} means {owner!r} already"
