"""Pages through a WordPress site's past."""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.domain.errors import SourceError
from bot.sources.fetch import Fetcher
from bot.sources.fetched import Fetched, NotModified
from bot.sources.found import Found
from bot.sources.profile import SiteProfile
from bot.sources.wordpress import read_posts

#: The most that WordPress gives at once.
_PER_PAGE: Final = 100
#: What WordPress answers behind the last page.
_NO_SUCH_PAGE: Final = "http-400"


def posts_address(url: str, *, page: int = 1, per_page: int | None = None) -> str:
    """Return the address of a page of posts with all that a teaser needs embedded."""
    parts = urlsplit(url)
    query = {"_embed": "1", **dict(parse_qsl(parts.query, keep_blank_values=True))}
    if per_page:
        query["per_page"] = str(per_page)
    if page > 1:
        query["page"] = str(page)
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


async def pages(
    fetcher: Fetcher, url: str, profile: SiteProfile, *, most: int = 1_000
) -> AsyncIterator[Found]:
    """Yield what every page of posts holds, newest first; a page without articles is left out.

    Raises SourceError as the fetcher and `read_posts` do.
    """
    last = most
    page = 1
    while page <= last:
        try:
            fetched = await fetcher.fetch(posts_address(url, page=page, per_page=_PER_PAGE))
        except SourceError as error:
            if page > 1 and error.kind == _NO_SUCH_PAGE:
                return
            raise
        if isinstance(fetched, NotModified):
            return
        last = min(last, _total(fetched) or last)
        if found := _read(fetched, profile):
            yield found
        page += 1


def _total(fetched: Fetched) -> int | None:
    told = fetched.headers.get("X-WP-TotalPages", "")
    return int(told[:9]) if told.isascii() and told.isdigit() else None


def _read(fetched: Fetched, profile: SiteProfile) -> Found | None:
    """Return what the page holds; None for posts that are no articles of the site."""
    try:
        return read_posts(
            fetched.body, content_type=fetched.content_type, url=fetched.url, profile=profile
        )
    except SourceError as error:
        if error.kind == "no-teasers":
            return None
        raise
