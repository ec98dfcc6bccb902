from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.demo.newsroom import Newsroom

POSTS = "/wp-json/wp/v2/posts"


async def _posts(http: aiohttp.ClientSession, query: str) -> tuple[int, Any, dict[str, str]]:
    async with http.get(f"{POSTS}?{query}") as answer:
        return answer.status, await answer.json(), dict(answer.headers)


async def test_pages_add_up_to_the_whole_site(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    links: list[str] = []
    for page in (1, 2, 3):
        _, posts, headers = await _posts(http, f"_embed&per_page=25&page={page}")
        links += [post["link"] for post in posts]

    assert (headers["X-WP-Total"], headers["X-WP-TotalPages"]) == ("60", "3")
    assert links == [newsroom.address(article) for article in newsroom.articles]


async def test_a_post_embeds_authors_terms_and_picture(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    _, posts, _ = await _posts(http, "_embed&per_page=60")
    for post, article in zip(posts, newsroom.articles, strict=True):
        embedded = post["_embedded"]
        terms = [term["slug"] for group in embedded["wp:term"] for term in group]

        assert [author["name"] for author in embedded["author"]] == list(article.authors)
        assert terms == [topic.key for topic in (*article.sections, *article.labels)]
        assert embedded["wp:featuredmedia"][0]["source_url"].endswith(article.picture_path)
        written = datetime.fromisoformat(post["date"]).replace(tzinfo=ZoneInfo("Asia/Seoul"))
        assert written == article.published.replace(microsecond=0)


async def test_nothing_is_embedded_unasked(http: aiohttp.ClientSession) -> None:
    _, posts, _ = await _posts(http, "")

    assert len(posts) == 10
    assert not any("_embedded" in post for post in posts)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("per_page=101", "rest_invalid_param"),
        ("per_page=ten", "rest_invalid_param"),
        ("page=0", "rest_invalid_param"),
        ("page=7", "rest_post_invalid_page_number"),
    ],
)
async def test_refusals_are_wordpress_own(
    http: aiohttp.ClientSession, query: str, code: str
) -> None:
    status, body, _ = await _posts(http, query)

    assert (status, body["code"]) == (400, code)
