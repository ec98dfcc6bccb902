"""Reads files that were saved from a site, whatever they are."""

import re
from typing import Final

from bot.domain.topic import Topic
from bot.domain.url import url_key
from bot.sources.charset import decode
from bot.sources.feed import read_feed
from bot.sources.found import Found
from bot.sources.markup import parse_html
from bot.sources.page import read_page
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.teasers import absolute
from bot.sources.wordpress import read_posts

_FEED: Final = re.compile(
    r"(?:<\?xml.{0,300}?\?>|<!--.{0,2000}?-->|\s)*<(?:\w+:)?(?:rss|feed|rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD: Final = 8_192


def read_saved(body: bytes, *, profile: SiteProfile) -> Found:
    """Return what the feed, the section page or the answer of the REST interface holds.

    Raises SourceError as their readers do.
    """
    text = decode(body).lstrip("\ufeff \t\r\n\0")
    if text.startswith("["):
        return read_posts(body, content_type="", url=profile.url, profile=profile)
    if text.startswith("{") or _FEED.match(text[:_HEAD]):
        return read_feed(body, content_type="", url=profile.url, profile=profile)
    url = _own_address(text) or profile.url
    source = _source_at(url, profile)
    selectors = source.selectors if source else None
    found = read_page(body, content_type="", url=url, profile=profile, selectors=selectors)
    return found.within(_section_of(source, profile))


def _own_address(text: str) -> str | None:
    """Return what the page says of its own address."""
    node = parse_html(text).css_first("link[rel=canonical], meta[property='og:url']")
    if node is None:
        return None
    return absolute("", node.attributes.get("href") or node.attributes.get("content") or "")


def _source_at(url: str, profile: SiteProfile) -> SourceSpec | None:
    """Return the source of which this is a page, later pages included."""
    key = re.sub(r"/page/\d+$", "", url_key(url))
    pages = (source for source in profile.sources if source.kind == "page")
    return next((source for source in pages if url_key(source.url) == key), None)


def _section_of(source: SourceSpec | None, profile: SiteProfile) -> Topic | None:
    return profile.section(source.section) if source else None
