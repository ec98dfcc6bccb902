"""Which hub a feed names, and by which address hubs know it (WebSub, section 4).

Links of the HTTP header (RFC 8288) count first; what is missing there is looked for in the feed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from bot.domain.hub import HubLink

#: No two parts beside each other take the same characters, so that no header takes long.
_LINK: Final = re.compile(
    r"""<([^<>]*)>((?:\s*;\s*[^\s=;,<>"]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]+))?)*)"""
)
_PARAMETER: Final = re.compile(r"""([^\s=;,"]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""")
_LONGEST_HEADER: Final = 16_384
_LONGEST: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses as written, in their order."""

    hubs: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()


NO_LINKS: Final = Links()


def links_of(pairs: Iterable[tuple[str, str]]) -> Links:
    """Return the links among pairs of relations, with spaces between them, and addresses."""
    links = [(relations.lower().split(), address) for relations, address in pairs]
    return Links(
        hubs=tuple(address for relations, address in links if "hub" in relations),
        selves=tuple(address for relations, address in links if "self" in relations),
    )


def links_of_feed(links: Iterable[Mapping[str, Any]]) -> Links:
    """Return the links of feedparser's answer: `atom:link`, in whichever kind of feed."""
    return links_of((str(one.get("rel", "")), str(one.get("href", ""))) for one in links)


def links_of_header(values: Iterable[str]) -> Links:
    return links_of(_of_header(", ".join(values)[:_LONGEST_HEADER]))


def _of_header(value: str) -> Iterator[tuple[str, str]]:
    """Yield relations and addresses; what is linked to something else (`anchor`) is not meant."""
    for found in _LINK.finditer(value):
        parameters: dict[str, str] = {}
        for name, quoted, plain in _PARAMETER.findall(found[2]):
            parameters.setdefault(name.lower(), quoted or plain)  # of several the first counts
        if "anchor" not in parameters:
            yield parameters.get("rel", ""), found[1].strip()


def hub_of(header: Links, feed: Links, base: str) -> HubLink | None:
    """Return the first hub, one over https before others; None without a hub or an own address."""
    hubs = _addresses(header.hubs or feed.hubs, base)
    topics = _addresses(header.selves or feed.selves, base)
    hubs.sort(key=lambda hub: not hub.startswith("https:"))
    return HubLink(hub=hubs[0], topic=topics[0]) if hubs and topics else None


def _addresses(links: Iterable[str], base: str) -> list[str]:
    return [address for link in links if (address := _address(link, base))]


def _address(link: str, base: str) -> str | None:
    """Return the link as a web address; None where it is none, or holds a password."""
    try:
        address = urljoin(base, link.strip()).partition("#")[0]
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    is_plain = address.isprintable() and " " not in address and len(address) <= _LONGEST
    return address if link.strip() and good and is_plain and "@" not in parts.netloc else None
