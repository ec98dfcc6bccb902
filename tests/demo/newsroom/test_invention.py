import asyncio
import re
import tomllib
from datetime import datetime, timedelta

import pytest

from bot.demo.newsroom import Invention, Newsroom, Publisher, SiteArticle, profile_text
from bot.demo.newsroom.article import SECTIONS, address_slug
from bot.domain.topic import label, section


def _many(noon: datetime, seed: int, count: int) -> list[SiteArticle]:
    invention = Invention(seed)
    return [invention.article(noon) for _ in range(count)]


def test_a_seed_is_a_story(noon: datetime) -> None:
    assert _many(noon, 1, 50) == _many(noon, 1, 50)
    assert _many(noon, 1, 50) != _many(noon, 2, 50)


def test_headlines_do_not_repeat_and_have_no_open_slots(noon: datetime) -> None:
    articles = _many(noon, 3, 600)

    assert len({article.slug for article in articles}) == 600
    assert not [a for a in articles if re.search(r"[{}]|\s\s", a.headline + a.dek)]


def test_the_articles_are_as_varied_as_the_site_that_is_imitated(noon: datetime) -> None:
    articles = _many(noon, 4, 400)

    assert {topic for article in articles for topic in article.sections} == set(SECTIONS)
    assert {len(article.authors) for article in articles} == {1, 2, 3}
    assert {topic.key for article in articles for topic in article.labels} == {
        "nk-pro",
        "column",
        "opinion",
        "podcast",
    }
    assert all(article.dek for article in articles)


def test_the_past_is_in_order_and_past(noon: datetime) -> None:
    past = [article.published for article in Invention(5).past(40, until=noon)]

    assert past == sorted(past)
    assert past[-1] < noon


def test_pro_articles_have_an_address_of_their_own(noon: datetime) -> None:
    late = noon.replace(day=31, hour=20)
    plain = SiteArticle(headline="Maeve O'Dunlin\u2019s \u2018day\u2019", published=late)
    pro = SiteArticle(headline="Ärger", published=late, labels=(label("NK PRO"),))

    # It is April in Seoul already.
    assert (plain.path, pro.path) == ("/2026/04/maeve-odunlins-day/", "/pro/arger/")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("한국", "article"),
        ("word " * 30, "-".join(["word"] * 16)),
        ("x" * 100, "x" * 80),
    ],
)
def test_slugs_are_short_and_plain(headline: str, slug: str) -> None:
    assert address_slug(headline) == slug


async def test_the_same_headline_twice_gets_two_addresses(noon: datetime) -> None:
    newsroom = Newsroom()
    piece = SiteArticle(headline="Again", published=noon, sections=(section("Letters"),))

    slugs = [newsroom.publish(piece).slug for _ in range(3)]

    assert slugs == ["again", "again-2", "again-3"]


async def test_the_publisher_tells_of_each_article(noon: datetime) -> None:
    newsroom, lines = Newsroom(), asyncio.Queue[str]()
    publisher = Publisher(
        newsroom, Invention(6), interval=0.001, on_event=lines.put_nowait, now=lambda: noon
    )
    async with publisher, asyncio.timeout(5):
        first = [await lines.get() for _ in range(3)]
    count = len(newsroom.articles)
    await asyncio.sleep(0)

    told = [line.split("  ")[-1] for line in first]
    assert set(told) <= {article.headline for article in newsroom.articles}
    assert first[0].startswith("published  ")
    assert len(newsroom.articles) == count


def test_the_profile_is_toml_that_knows_the_sites_addresses(noon: datetime) -> None:
    url = "http://127.0.0.1:8080"

    profile = tomllib.loads(profile_text(url, poll_interval="1s"))

    pattern = re.compile(profile["article_url"])
    articles = Invention(8).past(80, until=noon + timedelta(days=1))
    assert all(pattern.fullmatch(url + article.path) for article in articles)
    assert not pattern.fullmatch(url + "/tag/economy/")
    assert profile["sources"][0] == {"kind": "feed", "url": f"{url}/feed/"}
    assert {source["section"] for source in profile["sources"][1:]} <= {
        entry["key"] for entry in profile["sections"]
    }
