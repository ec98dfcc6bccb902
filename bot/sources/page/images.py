"""Pictures of a teaser: lazy ones keep their address where scripts look for it."""

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from bot.sources.plain import tidy

_ADDRESSES: Final = ("data-src", "data-lazy-src", "data-original", "src")
_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_AVATAR: Final = re.compile(r"avatar|gravatar|author|byline|profile-pic", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    #: As written: it may be relative.
    address: str
    alt: str
    #: Whether it shows an author.
    avatar: bool
    #: Within a link to the article.
    linked: bool = False


def image_of(node: LexborNode) -> Image | None:
    """Return the picture that this element is, or that hides in it for readers without scripts."""
    if node.tag == "noscript":
        node = node.css_first("img") or node
    if node.tag != "img":
        return None
    attributes = {name: value or "" for name, value in node.attributes.items()}
    addresses = [attributes.get(name, "") for name in _ADDRESSES]
    addresses += [_first_of_set(attributes.get(name, "")) for name in _SETS]
    named = " ".join((attributes.get("class", ""), *addresses))
    return Image(
        address=next((address for address in addresses if _is_picture(address)), ""),
        alt=tidy(attributes.get("alt", "")),
        avatar=bool(_AVATAR.search(named)),
    )


def _is_picture(address: str) -> bool:
    """Placeholders are written into the page itself."""
    return bool(address.strip()) and not address.lstrip().startswith(("data:", "about:"))


def _first_of_set(value: str) -> str:
    return (value.split(",", maxsplit=1)[0].split() or [""])[0]
