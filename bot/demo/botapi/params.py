"""The parameters of a call, however they were sent, each as its specified type."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.spec import Spec
from bot.demo.botapi.uploads import Upload

_TRUE: Final = frozenset({"true", "1", "yes", "y"})


async def sent_with(request: web.Request) -> dict[str, Any]:
    """Return what came in the query string and the body: strings, JSON values or uploads.

    Raises `Refusal` for what is no JSON, and for more than a bot may upload.
    """
    sent: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        sent.update(_json_object(body))
    elif request.can_read_body:
        try:
            sent.update((name, _taken(value)) for name, value in (await request.post()).items())
        except web.HTTPRequestEntityTooLarge:
            raise Refusal(web.HTTPRequestEntityTooLarge.status_code) from None
    return sent


def _taken(value: object) -> object:
    """Return what a form's field holds; of a file all of it, since it lasts no longer."""
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        content = file.read()
    return Upload(name=value.filename, mime_type=value.content_type, content=content)


def _json_object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise Refusal.bad_request("Can't parse JSON object") from None
    if not isinstance(value, dict):
        raise Refusal.bad_request("Can't parse JSON object")
    return value


class Parameters:
    """Typed access to a call's parameters; what Telegram would not understand reads as absent."""

    def __init__(self, sent: Mapping[str, Any], types: Mapping[str, str]) -> None:
        self._values = {
            name: decode(types.get(name, "String"), value)
            for name, value in sent.items()
            if value is not None
        }

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    @property
    def chat_id(self) -> Any:
        """The chat that the call names, by id or @username; None when it names none."""
        return self._values.get("chat_id")

    def faults(self, spec: Spec, method: str) -> list[str]:
        """Return where the call departs from the specification."""
        types = spec.parameters(method)
        found = [f"{method}: {n} is required" for n in self._missing(types)]
        for name, value in self._values.items():
            if name in types:
                found += spec.faults(types[name], value, f"{method}: {name}")
            else:
                found.append(f"{method}: {name} is unknown")
        return found

    def _missing(self, types: Mapping[str, str]) -> list[str]:
        return [n for n, kind in types.items() if kind.endswith("!") and n not in self._values]

    def as_dict(self) -> dict[str, Any]:
        return dict(self._values)

    def text(self, name: str) -> str:
        value = self._values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value)
        if not _is_unicode(text):
            raise Refusal.bad_request("Strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        value = self._values.get(name, default)
        return value if isinstance(value, int) else default

    def optional_integer(self, name: str) -> int | None:
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def structure(self, name: str) -> dict[str, Any]:
        value = self._values.get(name)
        return value if isinstance(value, dict) else {}

    def items(self, name: str) -> list[Any]:
        value = self._values.get(name)
        return value if isinstance(value, list) else []


def decode(kind: str, value: Any) -> Any:
    """Return the value as the type it was sent for; forms and query strings carry text alone."""
    if not isinstance(value, str):
        return value
    kinds = kind.rstrip("!").split("|")
    if "Integer" in kinds and _is_integer(value):
        return int(value)
    if "String" in kinds:
        return value
    if "Boolean" in kinds or "True" in kinds:
        return value.lower() in _TRUE if value else value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_integer(value: str) -> bool:
    return value.removeprefix("-").isdecimal() and value.isascii()


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
