"""The real section page, served over HTTP: exactly what it tells reaches who follows it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.demo.botapi import Reader
from bot.demo.fast_clock import FastClock
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.seed import SITE, SeedArticle, seed_articles
from tests.aids.seed_pages import LAYOUTS, Layout, feed, one_headline, three_headlines
from tests.aids.servers import start_server
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

BUNDLED = Path(__file__).resolve().parents[2] / "bot" / "sources" / "sites" / "nknews.toml"
#: Ten minutes a second: more than three alerts within a minute would come as one.
_SPEED = 600
#: What stood on the site before, invented.
OLDER = SeedArticle(
    headline="Nothing much happens between capitals",
    dek="Several envoys stay at home",
    authors=("Ida Holm",),
    label="",
    day=date(2021, 8, 20),
)


@dataclass(slots=True)
class SeedSite:
    """Shows the articles that are out, newest first, as a section page and as a feed."""

    out: list[SeedArticle] = field(default_factory=lambda: [OLDER])
    layout: Layout = three_headlines
    #: Grows where the page's bytes change and its articles do not.
    edition: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/feed/":
            return web.Response(body=feed(self.out), content_type="application/rss+xml")
        page = f"{self.layout(self.out, SITE)}<!-- {self.edition} -->"
        return web.Response(text=page, content_type="text/html", charset="utf-8")

    def publish(self, article: SeedArticle) -> None:
        self.out.insert(0, article)


@dataclass(frozen=True, slots=True)
class Seed:
    site: SeedSite
    url: str
    #: As they came out, the oldest first.
    articles: tuple[SeedArticle, ...]

    def profile(self, *kinds: str) -> str:
        """Return the bundled profile with these sources instead of its own."""
        head = BUNDLED.read_text(encoding="utf-8").partition("[[sources]]")[0]
        sources = {
            "feed": f'[[sources]]\nkind = "feed"\nurl = "{self.url}/feed/"\n',
            "page": f'[[sources]]\nkind = "page"\nurl = "{self.url}/tag/foreign-relations/"\n'
            'section = "foreign-relations"\n',
        }
        return head + "".join(sources[kind] for kind in kinds)


@pytest.fixture
async def seed() -> AsyncIterator[Seed]:
    articles = seed_articles()[::-1]
    site = SeedSite()
    runner, url = await start_server(site.answer)
    yield Seed(site, url, articles)
    await runner.cleanup()


async def publish_one_by_one(play: Play, seed: Seed) -> Reader:
    """Publish all, each when the one before has arrived; return who got all of them."""
    control = await play.subscriber("Foreign Relations", first_name="Control")
    for article in seed.articles:
        seed.site.publish(article)
        assert article.headline in (await play.alert(control)).text
    return control


async def read_again(play: Play, readings: int) -> None:
    """Return when a source has said something for more than so many times."""
    await until(lambda: len(play.events("source_read")) > readings, seconds=PATIENCE)


def told(reader: Reader) -> list[str]:
    """Return the alerts that the reader got."""
    return [message.text for message in reader.messages if "Open" in message.labels]


def alert_on(article: SeedArticle, time: str = "") -> str:
    kicker = " · ".join(filter(None, ("FOREIGN RELATIONS", article.label)))
    authors = " and ".join(article.authors)
    day = f"{article.day.day} {'Sept' if article.day.month == 9 else 'Aug'} {article.day.year}"
    return f"{kicker}\n{article.headline}\n{article.dek}\n{authors} · {day}{time}"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
async def test_who_mutes_nk_pro_gets_exactly_the_eight_others_whatever_the_page_looks_like(
    opened: OpenPlay, seed: Seed, layout: Layout
) -> None:
    seed.site.layout = layout
    async with opened(profile=lambda _: seed.profile("page"), clock=FastClock(_SPEED)) as play:
        reader = await play.subscriber("Foreign Relations")
        await reader.ask("/mute NK PRO")
        control = await publish_one_by_one(play, seed)
        await play.settled(18)

    wanted = [alert_on(article) for article in seed.articles if article.label != "NK PRO"]
    assert len(wanted) == 8
    assert told(reader) == wanted
    assert told(control) == [alert_on(article) for article in seed.articles]


async def test_the_feed_tells_the_same_and_the_time_with_it(opened: OpenPlay, seed: Seed) -> None:
    async with opened(profile=lambda _: seed.profile("feed"), clock=FastClock(_SPEED)) as play:
        reader = await play.subscriber("Foreign Relations")
        await reader.ask("/mute NK PRO")
        await publish_one_by_one(play, seed)
        await play.settled(18)

    wanted = [alert_on(one, ", 12:00") for one in seed.articles if one.label != "NK PRO"]
    assert told(reader) == wanted


async def test_page_and_feed_together_alert_once_and_so_does_the_same_page_again(
    opened: OpenPlay, seed: Seed
) -> None:
    async with opened(
        profile=lambda _: seed.profile("feed", "page"), clock=FastClock(_SPEED)
    ) as play:
        control = await publish_one_by_one(play, seed)
        for layout in (one_headline, three_headlines):
            seed.site.layout = layout
            seed.site.edition += 1
            await read_again(play, len(play.events("source_read")))
        await play.settled(10)
        both = {event["source"] for event in play.events("source_read") if event["teasers"] == 11}

    assert both == {f"{seed.url}/feed/", f"{seed.url}/tag/foreign-relations/"}
    assert len(told(control)) == 10


async def test_search_finds_what_is_there(opened: OpenPlay, seed: Seed) -> None:
    seed.site.out[:0] = seed.articles[::-1]
    async with opened(profile=lambda _: seed.profile("page"), clock=FastClock(_SPEED)) as play:
        reader = await play.subscriber()
        found = await reader.ask("/search sanctions")
        again = await reader.ask('/search label:column author:"gareth johnson" after:2021-09-02')
        nothing = await reader.ask("/search sanctions -denuclearize")

    wanted = [one for one in seed.articles if "sanction" in f"{one.headline} {one.dek}".lower()]
    assert [one.headline for one in wanted] == [
        line.removeprefix("1. ") for line in found.text.splitlines() if line.startswith("1. ")
    ]
    assert "2. " not in found.text
    assert "1. When North Korea shined at the ‘Olympics of the Left’" in again.text
    assert "Nothing found" in nothing.text
