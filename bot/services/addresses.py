"""Article addresses as operators type them, and those that they may have meant."""

import re
from datetime import UTC
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import urljoin, urlsplit

from bot.domain.query_parser import parse_query
from bot.domain.url import clean_url, url_key
from bot.services.ports import Records

_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 8
_NEIGHBOURS: Final = 3
#: How many articles are looked at that have some of the address's words.
_LIKE: Final = 20
_RANKED: Final = 2_000
_MOST_NEAR: Final = 3
#: Addresses that are less alike were hardly meant.
_LEAST_ALIKE: Final = 0.75


def address_of(target: str, site: str) -> str:
    """Return the web address that is meant: one in full, one without its scheme, or a path.

    Raises ValueError for anything else.
    """
    wanted = target.strip()
    if not wanted.isprintable() or " " in wanted or not wanted.strip("/"):
        raise ValueError(f"{target!r} is no web address")
    if "://" not in wanted:
        parts = urlsplit(site)
        host = parts.netloc.removeprefix("www.").lower()
        is_host = wanted.lower().removeprefix("www.").startswith(f"{host}/")
        path = "/" + wanted.lstrip("/")
        wanted = f"{parts.scheme}://{wanted}" if is_host else urljoin(site, path)
    return clean_url(wanted)


async def near_addresses(records: Records, url: str) -> tuple[str, ...]:
    """Return addresses of articles that are spelt like this one, the most alike first.

    Looked at are its neighbours in the alphabet, and articles that have words of its path.
    """
    key = url_key(url)
    found = await records.traces.neighbours(key, _NEIGHBOURS)
    words = [word for word in _WORD.findall(urlsplit(url).path) if word.lower() != "or"]
    query = parse_query(" OR ".join(words[-_MOST_WORDS:]), UTC)
    if query.groups:
        ranked = await records.articles.search_ranked(query, _LIKE, 0, _RANKED)
        found += [one.url for one in ranked]
    alike = {one: SequenceMatcher(None, key, url_key(one)).ratio() for one in found}
    near = [one for one in alike if alike[one] >= _LEAST_ALIKE]
    return tuple(sorted(near, key=lambda one: -alike[one])[:_MOST_NEAR])
