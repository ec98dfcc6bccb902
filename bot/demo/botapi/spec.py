"""The part of the Bot API's specification that the stand-in serves, and checks against it.

`spec.json` is an extract (names, types and required flags; no prose) of the machine-readable
specification telegram-bot-api-spec by PaulSonOfLars (MIT). A type is written as it stands there,
alternatives joined by `|`; a `!` at its end marks what is required.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Self

from bot.demo.botapi.uploads import Upload

#: Types that are reached without any method's naming them.
ROOTS: Final = ("Update",)

_ARRAY: Final = "Array of "
#: Far from anything a text bot meets, and together most of the specification.
_LEFT_OUT: Final = ("Passport", "EncryptedPassport", "InputRich", "RichBlock", "RichText")


def extract(full: Mapping[str, Any], methods: Iterable[str]) -> dict[str, Any]:
    """Return the methods, and every type they reach, of the full specification."""
    chosen = {name: _method(full["methods"][name]) for name in sorted(methods)}
    types: dict[str, Any] = {}
    waiting = [*ROOTS, *_named(chosen)]
    while waiting:
        name = waiting.pop()
        if name in types or name not in full["types"] or name.startswith(_LEFT_OUT):
            continue
        types[name] = _type(full["types"][name])
        waiting += _named(types[name])
    return {"version": full["version"], "methods": chosen, "types": dict(sorted(types.items()))}


def dump(extracted: Mapping[str, Any]) -> str:
    """Return the extract as `spec.json` holds it: a line for each method and type."""
    lines = [f'"version": {json.dumps(extracted["version"])}']
    for part in ("methods", "types"):
        rows = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in extracted[part].items())
        lines.append(f'"{part}": {{\n{rows}\n}}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _method(full: Mapping[str, Any]) -> dict[str, Any]:
    return {"returns": "|".join(full["returns"]), "fields": _fields(full)}


def _type(full: Mapping[str, Any]) -> dict[str, Any]:
    return {"any_of": full["subtypes"]} if "subtypes" in full else {"fields": _fields(full)}


def _fields(full: Mapping[str, Any]) -> dict[str, str]:
    return {
        field["name"]: "|".join(field["types"]) + ("!" if field["required"] else "")
        for field in full.get("fields", ())
    }


def _named(part: Any) -> Iterator[str]:
    """Yield the names of the types that occur in a piece of the extract."""
    if isinstance(part, str):
        for alternative in _alternatives(part):
            yield alternative.replace(_ARRAY, "")
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _named(value)
    else:
        for value in part:
            yield from _named(value)


@cache
def _alternatives(expected: str) -> tuple[str, ...]:
    return tuple(expected.rstrip("!").split("|"))


class Spec:
    """Answers what a method takes and whether a value is of a type."""

    def __init__(self, extracted: Mapping[str, Any]) -> None:
        self._types: Mapping[str, Any] = extracted["types"]
        self.methods: Mapping[str, Mapping[str, Any]] = extracted["methods"]

    @classmethod
    @cache
    def bundled(cls) -> Self:
        """Return the one that lies beside this module; it is read once."""
        text = files(__package__).joinpath("spec.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    def parameters(self, method: str) -> Mapping[str, str]:
        """Return the types of the method's parameters, by name."""
        fields: Mapping[str, str] = self.methods[method]["fields"]
        return fields

    def faults(self, expected: str, value: object, where: str = "") -> list[str]:
        """Return what is wrong with the value as one of the type; nothing when it is right."""
        best: list[str] | None = None
        for alternative in _alternatives(expected):
            found = list(self._faults_of_one(alternative, value, where or expected))
            if not found:
                return []
            if best is None or len(found) < len(best):
                best = found
        return best or []

    def result_faults(self, method: str, result: object) -> list[str]:
        return self.faults(self.methods[method]["returns"], result, f"result of {method}")

    def _faults_of_one(self, expected: str, value: object, where: str) -> Iterator[str]:
        if expected.startswith(_ARRAY):
            if not isinstance(value, list):
                yield f"{where}: {expected} expected"
                return
            for index, item in enumerate(value):
                yield from self.faults(expected.removeprefix(_ARRAY), item, f"{where}[{index}]")
        elif expected in _PLAIN:
            kinds = _PLAIN[expected]
            if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
                yield f"{where}: {expected} expected, got {type(value).__name__}"
        elif expected in self._types:
            yield from self._structure_faults(expected, value, where)

    def _structure_faults(self, expected: str, value: object, where: str) -> Iterator[str]:
        shape = self._types[expected]
        if "any_of" in shape:
            yield from self.faults("|".join(shape["any_of"]), value, where)
            return
        if not isinstance(value, dict):
            yield f"{where}: {expected} expected, got {type(value).__name__}"
            return
        fields: Mapping[str, str] = shape["fields"]
        for name, kind in fields.items():
            if name in value:
                yield from self.faults(kind, value[name], f"{where}.{name}")
            elif kind.endswith("!"):
                yield f"{where}.{name}: required in {expected}"
        for name in value.keys() - fields.keys():
            yield f"{where}.{name}: unknown in {expected}"


_PLAIN: Final[Mapping[str, tuple[type, ...]]] = {
    "InputFile": (Upload,),
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
}
