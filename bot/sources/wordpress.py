"""Reads WordPress's REST interface: `/wp-json/wp/v2/posts?_embed`."""

from collections.abc import Iterator
from typing import Any

from bot.domain.article import Published, Teaser
from bot.domain.errors import SourceError
from bot.sources.charset import decode
from bot.sources.dates import iso_date
from bot.sources.found import Found, found_of
from bot.sources.json_feed import Json, dicts, parse_json, text_of
from bot.sources.plain import dek_of, plain
from bot.sources.profile import SiteProfile
from bot.sources.teasers import absolute, make_teaser, picture_address


def read_posts(body: bytes, *, content_type: str, url: str, profile: SiteProfile) -> Found:
    """Return the posts in the answer; those that are no articles of the site are noted.

    Raises SourceError: `empty`, `broken-json`, `not-posts`, `no-teasers`.
    """
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise SourceError("empty", "The list of posts is empty: the server sent nothing.")
    if not text.startswith(("[", "{")):
        raise SourceError("not-posts", "The answer is not JSON, so it is no list of posts.")
    posts = parse_json(text, "broken-json")
    if not isinstance(posts, list):
        told = plain(text_of(posts.get("message"))) if isinstance(posts, dict) else ""
        raise SourceError(
            "not-posts", f"The answer is no list of posts: {told or 'a JSON object'}."
        )
    return found_of(_teaser(post, url, profile) for post in dicts(posts))


def _teaser(post: Json, base: str, profile: SiteProfile) -> Teaser | str:
    article = profile.article_address(absolute(base, text_of(post.get("link"))) or "")
    headline = plain(_rendered(post, "title"))
    if article is None or not headline:
        return "a post without title" if article else "a post whose link is no article's"
    embedded = _object(post.get("_embedded"))
    return make_teaser(
        profile,
        url=article,
        headline=headline,
        dek=dek_of(_rendered(post, "excerpt")),
        bylines=list(_names(post, embedded)),
        terms=list(_terms(embedded)),
        published=_published(post, profile),
        picture=_picture(post, embedded, base),
    )


def _rendered(post: Json, field: str) -> str:
    value = post.get(field)
    return text_of(value) or text_of(_object(value).get("rendered"))


def _published(post: Json, profile: SiteProfile) -> Published | None:
    """`date_gmt` is UTC without saying so; `date` is the site's own time."""
    if gmt := text_of(post.get("date_gmt")):
        found = iso_date(gmt if gmt.endswith("Z") else f"{gmt}Z", profile.zone)
        if found:
            return found
    return iso_date(text_of(post.get("date")), profile.zone)


def _names(post: Json, embedded: Json) -> Iterator[str]:
    """Co-Authors Plus lists all authors, as `coauthors` or as terms of the taxonomy `author`."""
    several = [*dicts(post.get("coauthors")), *dicts(post.get("authors"))]
    several = several or [term for term in _all_terms(embedded) if term.get("taxonomy") == "author"]
    for person in several or dicts(embedded.get("author")):
        name = text_of(person.get("display_name")) or text_of(person.get("name"))
        if name:
            yield plain(name)


def _terms(embedded: Json) -> Iterator[str]:
    for term in _all_terms(embedded):
        if term.get("taxonomy") in ("category", "post_tag", None):
            yield plain(text_of(term.get("name")))


def _all_terms(embedded: Json) -> Iterator[Json]:
    groups = embedded.get("wp:term")
    for group in groups if isinstance(groups, list) else ():
        yield from dicts(group)


def _picture(post: Json, embedded: Json, base: str) -> str | None:
    media = next(dicts(embedded.get("wp:featuredmedia")), {})
    address = text_of(media.get("source_url")) or text_of(post.get("jetpack_featured_media_url"))
    return picture_address(base, address)


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
