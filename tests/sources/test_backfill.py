import json
from collections.abc import Sequence

import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.sources.backfill import pages, posts_address
from bot.sources.fetch import Fetcher
from bot.sources.profile import SiteProfile
from tests.aids.servers import Handler, Serve

SITE = "https://www.tidewater.example"


def wordpress(pages_of_links: Sequence[Sequence[str]], *, totals: bool = True) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        page = int(request.query.get("page", "1"))
        if page > len(pages_of_links) or request.query["per_page"] != "100":
            return web.json_response({"code": "rest_post_invalid_page_number"}, status=400)
        posts = [{"link": f"{SITE}{path}", "title": path} for path in pages_of_links[page - 1]]
        headers = {"X-WP-TotalPages": str(len(pages_of_links))} if totals else {}
        return web.Response(
            text=json.dumps(posts), content_type="application/json", headers=headers
        )

    return answer


PAST = [["/2024/08/c/", "/2024/08/b/"], ["/about/"], ["/2023/01/a/"]]


@pytest.mark.parametrize("totals", [True, False])
async def test_every_page_of_the_past_is_read_once(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile, totals: bool
) -> None:
    url = await serve(wordpress(PAST, totals=totals))

    read = [found async for found in pages(fetcher, url, profile)]

    assert [[teaser.headline for teaser in found.teasers] for found in read] == [PAST[0], PAST[2]]


async def test_no_more_pages_are_read_than_wanted(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile
) -> None:
    url = await serve(wordpress(PAST))

    read = [found async for found in pages(fetcher, url, profile, most=1)]

    assert len(read) == 1


@pytest.mark.parametrize(("answer", "kind"), [("{}", "not-posts"), ("[", "broken-json")])
async def test_a_site_without_posts_is_told(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile, answer: str, kind: str
) -> None:
    async def say(request: web.Request) -> web.Response:
        return web.Response(text=answer)

    with pytest.raises(SourceError) as caught:
        _ = [found async for found in pages(fetcher, await serve(say), profile)]

    assert caught.value.kind == kind


async def test_a_refusal_of_the_first_page_is_told(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile
) -> None:
    with pytest.raises(SourceError, match="HTTP 400"):
        _ = [found async for found in pages(fetcher, await serve(wordpress([])), profile)]


def test_an_address_keeps_its_own_parameters() -> None:
    url = posts_address(f"{SITE}/wp-json/wp/v2/posts?per_page=20&_embed=author", page=3)

    assert url == f"{SITE}/wp-json/wp/v2/posts?_embed=author&per_page=20&page=3"
