from datetime import datetime, timedelta

import aiohttp
import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.demo.newsroom import Newsroom, SiteArticle
from bot.demo.newsroom.card import Card
from bot.domain.topic import label, section


async def _page(http: aiohttp.ClientSession, path: str) -> LexborHTMLParser:
    async with http.get(path) as answer:
        assert answer.status == 200
        return LexborHTMLParser(await answer.text())


@pytest.mark.parametrize("folder", ["tag", "category"])
async def test_a_section_page_shows_exactly_its_own_articles(
    newsroom: Newsroom, http: aiohttp.ClientSession, folder: str
) -> None:
    page = await _page(http, f"/{folder}/economy/")

    shown = [node.text() for node in page.css("main .title-desktop a")]

    assert shown == [a.headline for a in newsroom.articles if a.is_in("economy")][:20]
    assert shown


async def test_a_teaser_reads_as_the_imitated_site_has_it(
    newsroom: Newsroom, http: aiohttp.ClientSession, noon: datetime
) -> None:
    article = newsroom.publish(
        SiteArticle(
            headline="A <quiet> line & a loud one",
            dek="What is said",
            authors=("Maeve O'Dunlin", "Zoë Lindqvist"),
            sections=(section("Economy"),),
            labels=(label("COLUMN"),),
            published=noon,
        )
    )

    page = await _page(http, "/tag/economy/")
    [teaser] = [node for node in page.css(".post") if article.path in (node.html or "")]

    assert " ".join(teaser.text(separator=" ").split()) == (
        "A <quiet> line & a loud one COLUMN A <quiet> line & a loud one What is said "
        "Maeve O'Dunlin | Zoë Lindqvist March 2, 2026"
    )
    assert [img.attributes["alt"] for img in teaser.css("img")] == [
        "A <quiet> line & a loud one",
        "Maeve O'Dunlin",
        "Zoë Lindqvist",
    ]


async def test_older_teasers_are_a_page_further(
    newsroom: Newsroom, http: aiohttp.ClientSession, noon: datetime
) -> None:
    for number in range(25):
        newsroom.publish(
            SiteArticle(
                headline=f"Letter {number}",
                sections=(section("Letters"),),
                published=noon - timedelta(minutes=number),
            )
        )

    first = await _page(http, "/tag/letters/")
    older = first.css(".pagination a")[0].attributes["href"] or ""
    second = await _page(http, older.removeprefix(newsroom.url))
    async with http.get("/tag/letters/page/3/") as beyond:
        assert beyond.status == 404

    shown = [node.text() for page in (first, second) for node in page.css("main .title-phone")]
    assert shown == [f"Letter {number}" for number in range(25)]


async def test_the_front_page_shows_the_newest_of_all_sections(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    front = await _page(http, "/")

    shown = [node.text() for node in front.css("main .title-desktop a")]
    assert shown == [article.headline for article in newsroom.articles[:20]]


async def test_popular_links_lead_to_articles_outside_the_list(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    page = await _page(http, "/tag/economy/")

    popular = [node.attributes["href"] for node in page.css("aside a")]

    assert set(popular) <= {newsroom.address(article) for article in newsroom.articles}
    assert len(popular) == 5


async def test_an_article_says_that_it_is_invented(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    article = newsroom.articles[3]

    page = await _page(http, article.path)

    assert [node.text() for node in page.css("h1")] == [article.headline]
    assert "is invented" in page.css(".invented")[0].text()


async def test_a_picture_is_drawn_once_and_for_all(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    path = newsroom.articles[0].picture_path
    async with http.get(path) as first, http.get(path) as second:
        pictures = (await first.read(), await second.read())

    assert first.content_type == "image/svg+xml"
    assert pictures[0] == pictures[1]
    assert newsroom.articles[0].sections[0].name.upper().split()[0].encode() in pictures[0]


@pytest.mark.parametrize(
    "path",
    ["/tag/nowhere/", "/pro/nothing/", "/pictures/none.svg", "/wp-admin", "/pro/"],
)
async def test_where_nothing_is_there_is_404(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as answer:
        assert answer.status == 404


async def test_the_site_is_for_reading(http: aiohttp.ClientSession) -> None:
    async with http.post("/feed/") as answer:
        assert answer.status == 405


async def test_robots_and_avatars_are_there(http: aiohttp.ClientSession) -> None:
    async with http.get("/robots.txt") as robots, http.get("/avatars/zoe-lindqvist.svg") as avatar:
        texts = (await robots.text(), await avatar.text())

    assert "User-agent: *" in texts[0]
    assert ">ZL<" in texts[1]


async def test_cards_are_for_the_sites_own_articles(newsroom: Newsroom) -> None:
    article = newsroom.articles[0]

    card = await newsroom.card_for(newsroom.address(article))

    assert card == Card(
        title=article.headline,
        description=article.dek,
        image=newsroom.url + article.picture_path,
    )
    assert await newsroom.card_for("http://elsewhere.invalid" + article.path) is None
    assert await newsroom.card_for(newsroom.url + "/about/") is None
