"""The demo newsroom: a small news site of invented articles, served over HTTP.

Feed, section pages, WordPress's REST interface, articles and their pictures. Tests publish,
correct and withdraw what they like, look up what was asked for, and prescribe broken answers.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Self
from urllib.parse import urlsplit

from aiohttp import web
from multidict import CIMultiDictProxy

from bot.demo.newsroom.archive import Archive
from bot.demo.newsroom.article import SiteArticle
from bot.demo.newsroom.card import Card
from bot.demo.newsroom.script import Scripted, play
from bot.demo.newsroom.views import Views

_KEPT_REQUESTS: Final = 10_000
_TITLE: Final = "Peninsula Wire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that the newsroom got."""

    path: str
    #: Path and query, as sent.
    target: str
    headers: CIMultiDictProxy[str]


def wall_clock() -> datetime:
    return datetime.now(UTC)


class Newsroom:
    """The site, from `async with` on at `url`; port 0 takes any free one."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        articles: Iterable[SiteArticle] = (),
        title: str = _TITLE,
        hub: str | None = None,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        """With `hub`, the feed names one; telling it of news is left to whoever publishes."""
        self._host, self._port, self._title, self._now = host, port, title, now
        self._hub = hub
        self._archive = Archive()
        self._requests: deque[Asked] = deque(maxlen=_KEPT_REQUESTS)
        self._scripts: dict[str, deque[tuple[Scripted, int | None]]] = {}
        self._listeners: list[Callable[[Asked], None]] = []
        self._runner: web.AppRunner | None = None
        for article in articles:
            self._archive.add(article, article.changed)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._overhear)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The site's address, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def articles(self) -> Sequence[SiteArticle]:
        """All articles, newest first."""
        return tuple(self._archive.articles)

    @property
    def requests(self) -> Sequence[Asked]:
        """The latest requests, oldest first."""
        return tuple(self._requests)

    def asked(self, path: str) -> Sequence[Asked]:
        """Return the requests for one path."""
        return tuple(request for request in self._requests if request.path == path)

    def listen(self, listener: Callable[[Asked], None]) -> None:
        """Call the listener for each request, before it is answered."""
        self._listeners.append(listener)

    def address(self, article: SiteArticle) -> str:
        """Return where the article stands."""
        return self.url + article.path

    def publish(self, article: SiteArticle) -> SiteArticle:
        """Publish the article; returns it as it stands, with a slug of its own."""
        return self._archive.add(article, self._now())

    def correct(self, article: SiteArticle, **changes: Any) -> SiteArticle:
        """Change fields of what stands on the site, at the same address; returns the new state.

        Only a piece that becomes NK PRO, or ceases to be one, moves.
        """
        corrected = replace(article, **changes, modified=self._now())
        return self._archive.replace(article, corrected)

    def withdraw(self, article: SiteArticle) -> None:
        """Take the article off the site: gone from lists, 404 at its address."""
        self._archive.remove(article, self._now())

    def answer(self, path: str, *, times: int | None = 1, **script: Any) -> None:
        """Prescribe the next `times` answers at this path; None until `restore`.

        `path` may carry a query, then it is meant exactly. The fields are those of `Scripted`.
        What is prescribed later comes after what was prescribed before.
        """
        self._scripts.setdefault(path, deque()).append((Scripted(**script), times))

    def restore(self, path: str | None = None) -> None:
        """Forget what is prescribed for the path, or for all."""
        if path is None:
            self._scripts.clear()
        else:
            self._scripts.pop(path, None)

    async def card_for(self, url: str) -> Card | None:
        """Return the link card of one of the site's articles; None for any other address."""
        parts = urlsplit(url)
        article = self._archive.by_path(parts.path)
        if article is None or parts.netloc != urlsplit(self.url).netloc:
            return None
        picture = self.url + article.picture_path
        return Card(title=article.headline, description=article.dek, image=picture)

    async def _overhear(self, request: web.Request) -> web.StreamResponse:
        """Note the request and answer it, as prescribed where something is."""
        asked = Asked(path=request.path, target=request.path_qs, headers=request.headers)
        self._requests.append(asked)
        for listener in self._listeners:
            listener(asked)
        views = Views(self._archive, title=self._title, url=self.url, hub=self._hub)
        script = self._next_script(request.path_qs) or self._next_script(request.path)
        if script is None:
            return views.answer(request)
        return await play(script, request, views.answer(request))

    def _next_script(self, path: str) -> Scripted | None:
        queue = self._scripts.get(path)
        if not queue:
            return None
        script, times = queue.popleft()
        if times is None:
            queue.appendleft((script, None))
        elif times > 1:
            queue.appendleft((script, times - 1))
        return script
