"""Which address shows what, and conditional requests."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from aiohttp import web

from bot.demo.newsroom.archive import Archive
from bot.demo.newsroom.feed import FEED_LENGTH, feed_xml
from bot.demo.newsroom.pages import PAGE_LENGTH, Frame, article_page, front_page, section_page
from bot.demo.newsroom.pictures import avatar_svg, picture_svg
from bot.demo.newsroom.wordpress import posts_answer

_HTML: Final = "text/html; charset=UTF-8"
_SVG: Final = "image/svg+xml"
_ROBOTS: Final = b"User-agent: *\nDisallow: /wp-admin/\n"
_POPULAR: Final = 5
#: Smaller bodies gain nothing from compression.
_COMPRESSED_FROM: Final = 1_000


class Views:
    """Answers requests from the archive as it is now."""

    def __init__(self, archive: Archive, *, title: str, url: str, hub: str | None = None) -> None:
        self._archive, self._title, self._url, self._hub = archive, title, url, hub
        self._routes: tuple[tuple[str, Callable[..., web.Response]], ...] = (
            (r"/", self._front),
            (r"/feed/?", self._feed),
            (r"/(?:tag|category)/([^/]+)(?:/page/(\d+))?/?", self._section),
            (r"/wp-json/wp/v2/posts/?", self._posts),
            (r"/pictures/([a-z0-9-]+)\.svg", self._picture),
            (r"/avatars/(.+)\.svg", self._avatar),
            (r"/robots\.txt", self._robots),
            (r"/.+", self._article),
        )

    def answer(self, request: web.Request) -> web.Response:
        """Return the answer: 404 where nothing is, 405 for anything but reading."""
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        for pattern, view in self._routes:
            if found := re.fullmatch(pattern, request.path):
                return view(request, *found.groups())
        return _not_found()

    def _front(self, request: web.Request) -> web.Response:
        return self._page(request, front_page(self._frame(), self._archive.articles))

    def _feed(self, request: web.Request) -> web.Response:
        xml = feed_xml(
            self._archive.articles[:FEED_LENGTH],
            title=self._title,
            url=self._url,
            changed=self._archive.changed,
            hub=self._hub,
        )
        kind = "application/rss+xml; charset=UTF-8"
        return _conditional(request, xml, kind, self._archive.changed)

    def _section(self, request: web.Request, key: str, number: str | None) -> web.Response:
        topic, articles = self._archive.topic(key), self._archive.in_section(key)
        page = int(number or 1)
        if topic is None or (page - 1) * PAGE_LENGTH >= max(len(articles), 1):
            return _not_found()
        return self._page(request, section_page(self._frame(), topic, articles, page))

    def _posts(self, request: web.Request) -> web.Response:
        posts = posts_answer(self._archive.articles, request.query, url=self._url)
        return web.Response(
            status=posts.status,
            body=posts.body,
            headers={"Content-Type": "application/json; charset=UTF-8", **posts.totals},
        )

    def _article(self, request: web.Request) -> web.Response:
        article = self._archive.by_path(request.path)
        if article is None:
            return _not_found()
        return self._page(request, article_page(self._frame(), article))

    def _picture(self, request: web.Request, slug: str) -> web.Response:
        article = self._archive.by_slug(slug)
        if article is None:
            return _not_found()
        return _conditional(request, picture_svg(article), _SVG, article.published)

    def _avatar(self, request: web.Request, key: str) -> web.Response:
        return _conditional(request, avatar_svg(key), _SVG, self._archive.changed)

    def _robots(self, request: web.Request) -> web.Response:
        return _conditional(request, _ROBOTS, "text/plain; charset=UTF-8", self._archive.changed)

    def _page(self, request: web.Request, html: str) -> web.Response:
        return _conditional(request, html.encode(), _HTML, self._archive.changed)

    def _frame(self) -> Frame:
        """Popular are the oldest of the newest: pages of other sections show them too."""
        popular = self._archive.articles[:PAGE_LENGTH][-_POPULAR:]
        return Frame(title=self._title, url=self._url, popular=popular)


def _conditional(
    request: web.Request, body: bytes, content_type: str, changed: datetime
) -> web.Response:
    """Return the body, or 304 to who has it already (RFC 9110: an ETag goes before a date)."""
    moment = changed.astimezone(UTC).replace(microsecond=0)
    etag = hashlib.sha256(body).hexdigest()[:32]
    headers = {"ETag": f'"{etag}"', "Last-Modified": format_datetime(moment, usegmt=True)}
    if request.if_none_match is not None:
        known = any(tag.value in (etag, "*") for tag in request.if_none_match)
    else:
        since = request.if_modified_since
        known = since is not None and since >= moment
    if known:
        return web.Response(status=304, headers=headers)
    answer = web.Response(body=body, headers={"Content-Type": content_type, **headers})
    if len(body) >= _COMPRESSED_FROM:
        answer.enable_compression()
    return answer


def _not_found() -> web.Response:
    body = b"<!doctype html><title>Not found</title><h1>Nothing is here</h1>"
    return web.Response(status=404, body=body, headers={"Content-Type": _HTML})
