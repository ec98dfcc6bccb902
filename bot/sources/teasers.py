"""Pieces of text into a teaser, alike for all readers."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin

from bot.domain.article import Published, Teaser
from bot.domain.url import clean_url
from bot.sources.byline import authors
from bot.sources.plain import tidy
from bot.sources.profile import SiteProfile

#: What is longer is no headline and no dek, whatever it is.
_LONGEST_TEXT: Final = 10_000


def make_teaser(
    profile: SiteProfile,
    *,
    url: str,
    headline: str,
    dek: str = "",
    bylines: Iterable[str] = (),
    terms: Iterable[str] = (),
    badges: Iterable[str] = (),
    published: Published | None = None,
    picture: str | None = None,
) -> Teaser:
    """Return the teaser of the article at this address; texts are plain by now."""
    terms = tuple(terms)
    headline, dek = headline[:_LONGEST_TEXT].strip(), dek[:_LONGEST_TEXT].strip()
    return Teaser(
        url=url,
        headline=headline,
        dek="" if dek == headline else dek,
        authors=authors(bylines),
        sections=profile.vocabulary.sections_for(terms),
        labels=profile.vocabulary.labels_for(url, terms, badges),
        published=published,
        picture=picture,
    )


def absolute(base: str, link: str) -> str | None:
    """Return the link as an absolute http(s) address, or None where it is none."""
    try:
        return clean_url(urljoin(base, tidy(link)))
    except ValueError:
        return None


def picture_address(base: str, link: str | None) -> str | None:
    """Return the picture's absolute address with all its parameters; None for `data:` and such."""
    try:
        address = urljoin(base, tidy(link or ""))
        clean_url(address)
    except ValueError:
        return None
    return address if link else None
