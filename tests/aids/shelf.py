"""A site on loopback that serves one body, for tests of the reader."""

from aiohttp import web

SITE = "https://www.tidewater.example"


class Shelf:
    """A site that serves one body, and counts."""

    def __init__(self, body: str = "", **headers: str) -> None:
        self.body = body
        self.headers = headers
        self.asked: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if self.headers and request.headers.get("If-None-Match") == self.headers.get("ETag"):
            return web.Response(status=304)
        return web.Response(text=self.body, headers=self.headers)


def page(count: int) -> str:
    """Return a section page with this many teasers."""
    return "<main>" + "".join(
        f"<article><h2><a href='{SITE}/2024/08/a{n}/'>A {n}</a></h2><p>Quiet night falls</p>"
        "<p>Ida Holm May 1, 2024</p></article>"
        for n in range(count)
    )
