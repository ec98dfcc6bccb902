from calendar import timegm
from datetime import datetime, timedelta

import aiohttp
import feedparser
import pytest

from bot.demo.newsroom import Newsroom, SiteArticle
from bot.domain.topic import label, section


async def _feed(http: aiohttp.ClientSession) -> feedparser.FeedParserDict:
    async with http.get("/feed/") as answer:
        return feedparser.parse(await answer.read())


async def test_the_feed_holds_what_stands_on_the_site(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    feed = await _feed(http)

    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [a.headline for a in newsroom.articles]
    assert [entry.link for entry in feed.entries] == [
        newsroom.address(article) for article in newsroom.articles
    ]


async def test_an_item_carries_dek_terms_authors_and_time(
    newsroom: Newsroom, http: aiohttp.ClientSession, noon: datetime
) -> None:
    newsroom.publish(
        SiteArticle(
            headline="Tea & <b>sympathy</b>: \u2018not now\u2019, says Ångström",
            dek="Three ]]> marks & a <dek>",
            authors=("Maeve O'Dunlin", "Anaïs Fournel-Roy"),
            sections=(section("Nuclear & Missiles"),),
            labels=(label("NK PRO"),),
            published=noon,
        )
    )

    entry = (await _feed(http)).entries[0]

    assert entry.link == f"{newsroom.url}/pro/tea-b-sympathy-b-not-now-says-angstrom/"
    assert entry.title == "Tea & <b>sympathy</b>: \u2018not now\u2019, says Ångström"
    assert entry.summary == "<p>Three ]]&gt; marks &amp; a &lt;dek&gt;</p>"
    assert [tag.term for tag in entry.tags] == ["Nuclear & Missiles", "NK Pro"]
    assert entry.author == "Maeve O'Dunlin and Anaïs Fournel-Roy"
    assert timegm(entry.published_parsed) == noon.timestamp()


async def test_the_feed_ends_after_its_300_newest(
    newsroom: Newsroom, http: aiohttp.ClientSession, noon: datetime
) -> None:
    for number in range(300):
        newsroom.publish(
            SiteArticle(headline=f"Bulletin {number}", published=noon + timedelta(minutes=number))
        )

    titles = [entry.title for entry in (await _feed(http)).entries]

    assert titles == [f"Bulletin {number}" for number in reversed(range(300))]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
async def test_who_has_the_feed_gets_304_until_something_is_published(
    newsroom: Newsroom, http: aiohttp.ClientSession, noon: datetime, ours: str, theirs: str
) -> None:
    async with http.get("/feed/") as first:
        known = {ours: first.headers[theirs]}
    async with http.get("/feed/", headers=known) as second:
        again = (second.status, await second.read())
    newsroom.publish(SiteArticle(headline="Something happened", published=noon))
    async with http.get("/feed/", headers=known) as third:
        after = third.status

    assert (again, after) == ((304, b""), 200)


async def test_the_feed_travels_compressed_to_who_can_read_that(
    http: aiohttp.ClientSession,
) -> None:
    async with http.get("/feed/", headers={"Accept-Encoding": "gzip"}) as answer:
        body = await answer.read()

    assert answer.headers["Content-Encoding"] == "gzip"
    assert body.startswith(b"<?xml")


async def test_a_correction_changes_the_headline_and_keeps_the_address(
    newsroom: Newsroom, http: aiohttp.ClientSession
) -> None:
    article = newsroom.articles[0]
    newsroom.correct(article, headline="Corrected")

    entry = (await _feed(http)).entries[0]

    assert (entry.title, entry.link) == ("Corrected", newsroom.address(article))


async def test_what_is_withdrawn_is_gone(newsroom: Newsroom, http: aiohttp.ClientSession) -> None:
    article = newsroom.articles[0]
    newsroom.withdraw(article)

    links = [entry.link for entry in (await _feed(http)).entries]
    async with http.get(article.path) as page:
        status = page.status

    assert newsroom.address(article) not in links
    assert (status, len(links)) == (404, 59)
