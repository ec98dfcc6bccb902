"""Reads RSS, RDF, Atom (through feedparser) and JSON Feed."""

import io
import re
from dataclasses import replace
from typing import Any, Final

import feedparser

from bot.domain.article import Published, Teaser
from bot.domain.errors import SourceError
from bot.sources.charset import decode
from bot.sources.dates import feed_date
from bot.sources.found import Found, found_of
from bot.sources.hub_links import links_of_feed
from bot.sources.json_feed import dicts, read_json_feed
from bot.sources.plain import dek_of, plain
from bot.sources.profile import SiteProfile
from bot.sources.teasers import absolute, make_teaser, picture_address

_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
#: XML 1.0 knows no such characters; one of them would cost the whole feed. Deleted from the bytes,
#: which takes a fifth of the time.
_FORBIDDEN: Final = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_NON_CHARACTERS: Final = ("\ufffe", "\uffff")
_ROOT: Final = re.compile(r"<(?:\w+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_HEAD: Final = 16_384


def read_feed(body: bytes, *, content_type: str, url: str, profile: SiteProfile) -> Found:
    """Return what the feed holds; entries that are no articles of the site are noted.

    Raises SourceError: `empty`, `not-a-feed`, `broken-feed`, `no-teasers`.
    """
    text = feed_text(body, content_type)
    if text.startswith("{"):
        return read_json_feed(text, url=url, profile=profile)
    parsed = _parse(text)
    fault = parsed.get("bozo_exception")
    broken = (f"the XML is broken ({_first_line(fault)}); read as far as it went",) if fault else ()
    entries = parsed.get("entries", ())
    found = found_of((read_entry(entry, url, profile) for entry in entries), *broken)
    return replace(found, links=links_of_feed(dicts(parsed.feed.get("links"))))


def feed_text(body: bytes, content_type: str) -> str:
    """Return the body as text, which is not empty; raises SourceError `empty`."""
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise SourceError("empty", "The feed is empty: the server sent nothing.")
    return text


def document_of(text: str) -> bytes:
    """Return the XML in UTF-8, without its declaration and without what XML forbids."""
    declared = _DECLARATION.match(text)
    source = text[declared.end() :] if declared else text
    document = source.encode("utf-8", errors="ignore").translate(None, _FORBIDDEN)
    for character in _NON_CHARACTERS:
        if character in text:  # looking for it in bytes takes thirty times as long
            document = document.replace(character.encode(), b"")
    return document


def parse_document(document: bytes) -> Any:
    """Return what feedparser makes of it; it stumbles over some documents, with any exception."""
    return feedparser.parse(
        io.BytesIO(document),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _parse(text: str) -> Any:
    """Return feedparser's answer, which is a feed for certain."""
    head = text[:_HEAD]
    root, page = _ROOT.search(head), _HTML.search(head)
    if not root or (page and page.start() < root.start()):
        what = "an HTML page" if page else "something else"
        raise SourceError("not-a-feed", f"The answer is no feed but {what}.")
    try:
        parsed = parse_document(document_of(text))
    except Exception as error:  # noqa: BLE001 - see there
        raise SourceError(
            "broken-feed", f"The feed cannot be read: {_first_line(error)}."
        ) from None
    if not parsed.get("entries") and (fault := parsed.get("bozo_exception")):
        raise SourceError("broken-feed", f"The feed's XML is broken: {_first_line(fault)}.")
    if not parsed.get("version"):
        raise SourceError("not-a-feed", "The answer is XML, but no feed that anybody knows.")
    return parsed


def read_entry(entry: Any, base: str, profile: SiteProfile) -> Teaser | str:
    """Read an entry; an element named `links` or `tags` puts a text where feedparser has a list."""
    links = (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id"))
    addresses = [address for link in links if link and (address := absolute(base, str(link)))]
    article = next(filter(None, map(profile.article_address, addresses)), None)
    headline = plain(str(entry.get("title", "")))
    if article is None:
        return "an entry whose link is no article's" if addresses else "an entry without link"
    if not headline:
        return "an entry without title"
    return make_teaser(
        profile,
        url=article,
        headline=headline,
        dek=_dek(entry),
        bylines=_bylines(entry),
        terms=[
            plain(str(tag.get("term") or tag.get("label") or ""))
            for tag in dicts(entry.get("tags"))
        ],
        published=_published(entry, profile),
        picture=_picture(entry, base),
    )


def _bylines(entry: Any) -> list[str]:
    """Read a mail address whole: feedparser cuts long top-level domains in two."""
    people = list(dicts(entry.get("authors")))
    whole = str(entry.get("author", ""))
    if len(people) == 1 and "@" in whole:
        return [plain(whole)]
    return [plain(str(person.get("name", ""))) for person in people]


def _dek(entry: Any) -> str:
    """Feedparser gives the full text for a summary where there is none; only the detail tells."""
    detail = next(dicts([entry.get("summary_detail")]), {})
    return dek_of(str(detail.get("value", "")))


def _published(entry: Any, profile: SiteProfile) -> Published | None:
    # by way of dict: feedparser's own look-up of "updated" warns and answers with "published"
    texts = (dict.get(entry, key) for key in ("published", "updated", "created"))
    found = (feed_date(str(text), profile.zone) for text in texts if text)
    return next(filter(None, found), None)


def _picture(entry: Any, base: str) -> str | None:
    media = [
        item.get("url")
        for name in ("media_content", "media_thumbnail")
        for item in dicts(entry.get(name))
        if item.get("medium", "image") == "image"
        and str(item.get("type", "image/")).startswith("image/")
    ]
    enclosed = [
        link.get("href")
        for link in dicts(entry.get("links"))
        if link.get("rel") == "enclosure" and str(link.get("type", "")).startswith("image/")
    ]
    addresses = (picture_address(base, address) for address in (*media, *enclosed))
    return next(filter(None, addresses), None)


def _first_line(fault: object) -> str:
    return (str(fault).splitlines() or [""])[0][:200].strip().removeprefix(
        "<unknown>:"
    ) or "no reason given"
