"""Addresses as Telegram accepts and completes them."""

import re
from typing import Final

_SCHEME: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)(?::(?=//)|:(?![0-9]))")
_OWN: Final = frozenset({"tg", "ton", "tonsite"})
_HOST: Final = re.compile(
    r"(?:[^/?#@\s]*@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#:@\"'<>\\]*)(?::(?P<port>\d{1,5}))?(?=[/?#]|$)"
)
_MENTION: Final = re.compile(r"tg://user/?\?id=(\d+)$")


class BadLinkError(ValueError):
    """Telegram refuses the address; the text is its reason."""


def checked(url: str) -> str:
    """Return the address in full; raises `BadLinkError`."""
    stripped = url.strip()
    scheme_found = _SCHEME.match(stripped)
    scheme = scheme_found["scheme"].lower() if scheme_found else "http"
    if scheme in _OWN:
        return stripped
    if scheme not in {"http", "https"}:
        raise BadLinkError("Unsupported URL protocol")
    rest = (stripped[scheme_found.end() :] if scheme_found else stripped).removeprefix("//")
    found = _HOST.match(rest)
    if found is None or not ("." in found["host"] or found["host"].startswith("[")):
        raise BadLinkError("Wrong HTTP URL")
    authority = rest[: found.end()]
    return f"{scheme}://{authority.lower()}{_completed(rest[found.end() :])}"


def mentioned_user(url: str) -> int | None:
    """Return whom a `tg://user?id=…` address mentions."""
    found = _MENTION.match(url)
    return int(found[1]) if found else None


def _completed(path: str) -> str:
    path = path if path.startswith("/") else f"/{path}"
    return "".join(f"%{ord(c):02X}" if c <= " " else c for c in path)
