"""Reads JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.sources.dates import iso_date
from bot.sources.found import Found, found_of
from bot.sources.hub_links import Links
from bot.sources.plain import dek_of, plain
from bot.sources.profile import SiteProfile
from bot.sources.teasers import absolute, make_teaser, picture_address

Json = dict[str, Any]


def read_json_feed(text: str, *, url: str, profile: SiteProfile) -> Found:
    """Return what the JSON Feed holds.

    Raises SourceError: `not-a-feed`, `broken-feed`, `no-teasers`.
    """
    feed = parse_json(text, "broken-feed")
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise SourceError("not-a-feed", "The answer is JSON, but no JSON Feed.")
    found = found_of(_teaser(item, feed, url, profile) for item in dicts(feed.get("items")))
    return replace(found, links=_links(feed))


def parse_json(text: str, kind: str) -> Any:
    """Return the JSON value; raises SourceError of this kind where it is broken."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise SourceError(kind, f"The answer is broken JSON: {reason}.") from None


def dicts(value: Any) -> Iterator[Json]:
    """Return those of the list's entries that are objects; none where it is no list."""
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _links(feed: Json) -> Links:
    """Its hubs may speak other protocols than WebSub."""
    hubs = [one for one in dicts(feed.get("hubs")) if text_of(one.get("type")).lower() == "websub"]
    return Links(
        hubs=tuple(text_of(one.get("url")) for one in hubs),
        selves=(text_of(feed.get("feed_url")),),
    )


def _teaser(item: Json, feed: Json, base: str, profile: SiteProfile) -> Teaser | str:
    link = text_of(item.get("url")) or text_of(item.get("id"))
    article = profile.article_address(absolute(base, link) or "")
    headline = plain(text_of(item.get("title")))
    if article is None or not headline:
        return "an entry without title" if article else "an entry whose link is no article's"
    date = text_of(item.get("date_published")) or text_of(item.get("date_modified"))
    picture = text_of(item.get("image")) or text_of(item.get("banner_image"))
    tags = item.get("tags")
    return make_teaser(
        profile,
        url=article,
        headline=headline,
        dek=dek_of(text_of(item.get("summary"))),
        bylines=_names(item) or _names(feed),
        terms=[plain(tag) for tag in tags if isinstance(tag, str)]
        if isinstance(tags, list)
        else (),
        published=iso_date(date, profile.zone),
        picture=picture_address(base, picture),
    )


def _names(owner: Json) -> list[str]:
    """Version 1.1 has a list of authors, version 1 had one."""
    people = list(dicts(owner.get("authors"))) or list(dicts([owner.get("author")]))
    return [plain(name) for person in people if (name := text_of(person.get("name")))]
