"""The real section page, in several layouts, as feed and as posts: all read the same."""

import aiohttp
import pytest
from aiohttp import web

from bot.domain.article import Teaser
from bot.domain.reading import Reading, SourceState
from bot.sources.fetch import Fetcher
from bot.sources.profile import SourceSpec
from bot.sources.profile_file import load_profile
from bot.sources.reader import SiteReader
from tests.aids.seed import SITE, SeedArticle, seed_articles
from tests.aids.seed_pages import LAYOUTS, Layout, feed, posts
from tests.aids.servers import Serve


@pytest.fixture
def articles() -> tuple[SeedArticle, ...]:
    return seed_articles()


async def read(
    serve: Serve, session: aiohttp.ClientSession, source_kind: str, body: bytes
) -> tuple[Teaser, ...]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    spec = SourceSpec.model_validate(
        {"kind": source_kind, "url": await serve(answer), "section": "foreign-relations"}
    )
    reading = await SiteReader(Fetcher(session, "x"), load_profile("nknews")).read(
        spec, SourceState()
    )
    assert isinstance(reading, Reading)
    return reading.teasers


def check(teasers: tuple[Teaser, ...], articles: tuple[SeedArticle, ...]) -> None:
    """All articles were read, to the letter and in order."""
    zone = load_profile("nknews").zone
    told = [
        SeedArticle(
            headline=teaser.headline,
            dek=teaser.dek,
            authors=tuple(author.name for author in teaser.authors),
            label=" ".join(label.name for label in teaser.labels),
            day=teaser.published.at.astimezone(zone).date()
            if teaser.published
            else articles[0].day,
        )
        for teaser in teasers
    ]
    assert told == list(articles)
    assert [teaser.url.partition("nknews.org")[2] for teaser in teasers] == [
        article.path for article in articles
    ]
    assert {teaser.sections[0].key for teaser in teasers} == {"foreign-relations"}
    assert all(teaser.published for teaser in teasers)


def test_the_seed_holds_ten_articles_with_their_labels(articles: tuple[SeedArticle, ...]) -> None:
    labels = [article.label for article in articles]

    assert len(articles) == 10
    assert (labels.count("COLUMN"), labels.count("NK PRO")) == (1, 2)
    assert "NK Pro" in {author for article in articles for author in article.authors}
    assert all(article.headline and article.dek for article in articles)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
async def test_every_layout_of_the_page_reads_the_same(
    serve: Serve,
    session: aiohttp.ClientSession,
    articles: tuple[SeedArticle, ...],
    layout: Layout,
) -> None:
    teasers = await read(serve, session, "page", layout(articles, SITE).encode())

    check(teasers, articles)
    assert not any(teaser.published.has_time for teaser in teasers if teaser.published)


async def test_the_feed_reads_the_same(
    serve: Serve, session: aiohttp.ClientSession, articles: tuple[SeedArticle, ...]
) -> None:
    check(await read(serve, session, "feed", feed(articles)), articles)


async def test_the_posts_read_the_same(
    serve: Serve, session: aiohttp.ClientSession, articles: tuple[SeedArticle, ...]
) -> None:
    check(await read(serve, session, "wordpress", posts(articles)), articles)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
async def test_a_part_of_the_page_reads_as_a_part(
    serve: Serve,
    session: aiohttp.ClientSession,
    articles: tuple[SeedArticle, ...],
    layout: Layout,
) -> None:
    """Few articles among many links beside them are still the page's own."""
    few = articles[:2]

    check(await read(serve, session, "page", layout(few, SITE).encode()), few)
