"""Reads one article's own page, for a preview: what its head says of it, never its body.

The head's metadata are those that link cards are made of: Open Graph (ogp.me) with the article
extension, and the plain HTML `description` and `author`.
"""

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.sources.charset import decode
from bot.sources.dates import iso_date
from bot.sources.fetched import Fetched
from bot.sources.markup import parse_html
from bot.sources.plain import dek_of, plain
from bot.sources.profile import SiteProfile
from bot.sources.teasers import make_teaser, picture_address

_HEADLINE: Final = ("og:title", "twitter:title")
_DEK: Final = ("og:description", "description", "twitter:description")
_AUTHOR: Final = ("author", "twitter:data1")
_TERMS: Final = ("article:section", "article:tag")
_PUBLISHED: Final = ("article:published_time",)
_PICTURE: Final = ("og:image", "twitter:image")


def read_article(fetched: Fetched, profile: SiteProfile) -> Teaser:
    """Return the article that the page is.

    Raises SourceError: `no-teasers` where it names no headline, `not-a-page` as `parse_html`.
    """
    tree = parse_html(decode(fetched.body, fetched.content_type))
    told = _metadata(tree)
    title = tree.css_first("title")
    headline = _first(told, _HEADLINE) or (title.text() if title else "")
    url = profile.article_address(fetched.url)
    if not plain(headline) or url is None:
        raise _nothing(fetched.url)
    return make_teaser(
        profile,
        url=url,
        headline=plain(headline).removesuffix(f" | {profile.name}"),
        dek=dek_of(_first(told, _DEK)),
        bylines=[_first(told, _AUTHOR)],
        terms=[term for name in _TERMS for term in told.get(name, ())],
        published=iso_date(_first(told, _PUBLISHED), profile.zone),
        picture=picture_address(fetched.url, _first(told, _PICTURE)),
    )


def _metadata(tree: LexborHTMLParser) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        told.setdefault(name.lower(), []).append(node.attributes.get("content") or "")
    return told


def _first(told: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((told[name][0] for name in names if told.get(name, [""])[0]), "")


def _nothing(url: str) -> SourceError:
    return SourceError("no-teasers", f"{url} does not say what article it is.")
