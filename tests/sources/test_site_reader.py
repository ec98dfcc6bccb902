from pathlib import Path
from typing import Literal

import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.domain.reading import Reading, SourceState, Unchanged, Validators
from bot.sources.fetch import Fetcher
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.reader import SiteReader
from tests.aids.servers import Serve
from tests.aids.shelf import SITE, Shelf, page

EMPTY = SourceState()


@pytest.fixture
def reader(fetcher: Fetcher, profile: SiteProfile) -> SiteReader:
    return SiteReader(fetcher, profile)


async def test_a_pages_articles_belong_to_its_section(serve: Serve, reader: SiteReader) -> None:
    shelf = Shelf(page(3), ETag='"1"')
    source = SourceSpec(kind="page", url=await serve(shelf.answer), section="harbour")

    reading = await reader.read(source, EMPTY)

    assert isinstance(reading, Reading)
    assert [[topic.key for topic in teaser.sections] for teaser in reading.teasers] == [
        ["harbour"]
    ] * 3
    assert reading.state.validators == Validators(etag='"1"')
    assert reading.state.usual_count == 3


async def test_what_the_server_calls_unchanged_is_not_read(
    serve: Serve, reader: SiteReader
) -> None:
    shelf = Shelf(page(3), ETag='"1"')
    source = SourceSpec(kind="page", url=await serve(shelf.answer))
    first = await reader.read(source, EMPTY)

    second = await reader.read(source, first.state)

    assert second == Unchanged(state=first.state)
    assert len(shelf.asked) == 2


async def test_the_same_body_under_new_validators_is_unchanged(
    serve: Serve, reader: SiteReader
) -> None:
    shelf = Shelf(page(3), ETag='"1"')
    source = SourceSpec(kind="page", url=await serve(shelf.answer))
    first = await reader.read(source, EMPTY)
    shelf.headers = {"ETag": '"2"'}

    second = await reader.read(source, first.state)

    assert isinstance(second, Unchanged)
    assert second.state.validators.etag == '"2"'
    assert second.state.body_hash == first.state.body_hash


async def test_far_fewer_teasers_than_usual_are_an_error_until_they_stay(
    serve: Serve, reader: SiteReader
) -> None:
    shelf = Shelf(page(12))
    source = SourceSpec(kind="page", url=await serve(shelf.answer))
    state = (await reader.read(source, EMPTY)).state
    shelf.body = page(2)

    for _ in range(2):
        with pytest.raises(SourceError, match="2 articles instead of about 12") as caught:
            await reader.read(source, state)
        assert caught.value.kind == "too-few-teasers"
    reading = await reader.read(source, state)

    assert reading.state.usual_count == 2


async def test_a_feed_may_be_as_short_as_it_likes(serve: Serve, reader: SiteReader) -> None:
    item = f"<item><title>A</title><link>{SITE}/2024/08/a/</link></item>"
    shelf = Shelf(f"<rss version='2.0'><channel>{item}</channel></rss>")
    source = SourceSpec(kind="feed", url=await serve(shelf.answer), section="weather")

    reading = await reader.read(source, SourceState(usual_count=50))

    assert isinstance(reading, Reading)
    assert [topic.key for topic in reading.teasers[0].topics] == ["weather"]


JSON_FEED = '{"version": "https://jsonfeed.org/version/1", "items": [%s]}'


@pytest.mark.parametrize(
    ("kind", "filled", "emptied"),
    [
        (
            "feed",
            (
                "<rss version='2.0'><channel><item><title>A</title>"
                f"<link>{SITE}/2024/08/a/</link></item></channel></rss>"
            ),
            "<rss version='2.0'><channel><title>Nothing</title></channel></rss>",
        ),
        (
            "feed",
            JSON_FEED % f'{{"url": "{SITE}/2024/08/a/", "title": "A"}}',
            JSON_FEED % "",
        ),
        ("wordpress", f'[{{"link": "{SITE}/2024/08/a/", "title": "A"}}]', "[]"),
    ],
)
async def test_a_source_that_showed_articles_and_shows_none_is_an_error_as_long_as_that_lasts(
    serve: Serve, reader: SiteReader, kind: Literal["feed", "wordpress"], filled: str, emptied: str
) -> None:
    shelf = Shelf(emptied)
    source = SourceSpec(kind=kind, url=await serve(shelf.answer))
    never_filled = await reader.read(source, EMPTY)
    assert isinstance(never_filled, Reading)
    shelf.body = filled
    state = (await reader.read(source, never_filled.state)).state
    shelf.body = emptied

    for _ in range(4):
        with pytest.raises(SourceError, match="no article any more") as caught:
            await reader.read(source, state)
        assert caught.value.kind == "no-teasers"
    shelf.body = f"{filled} "
    assert isinstance(await reader.read(source, state), Reading)


async def test_posts_are_asked_for_with_all_that_a_teaser_needs(
    serve: Serve, reader: SiteReader
) -> None:
    shelf = Shelf(f'[{{"link": "{SITE}/2024/08/a/", "title": "A"}}]')
    url = await serve(shelf.answer)
    source = SourceSpec(kind="wordpress", url=f"{url}/wp-json/wp/v2/posts?categories=7")

    reading = await reader.read(source, EMPTY)

    assert isinstance(reading, Reading)
    assert reading.teasers[0].headline == "A"
    assert dict(shelf.asked[0].query) == {"_embed": "1", "categories": "7"}


async def test_a_source_that_has_moved_for_good_is_noted(serve: Serve, reader: SiteReader) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(text=page(1))

    url = await serve(answer)

    reading = await reader.read(SourceSpec(kind="page", url=f"{url}/old"), EMPTY)

    assert isinstance(reading, Reading)
    assert reading.notes == (f"the source has moved for good, to {url}/new",)


async def test_a_failed_reading_is_told_as_it_is(serve: Serve, reader: SiteReader) -> None:
    shelf = Shelf("<html>no feed</html>")

    with pytest.raises(SourceError) as caught:
        await reader.read(SourceSpec(kind="feed", url=await serve(shelf.answer)), EMPTY)

    assert caught.value.kind == "not-a-feed"


FEED = (
    "<!-- saved --><rss version='2.0'><channel><item><title>A 0</title>"
    f"<link>{SITE}/2024/08/a/</link>"
)
CANONICAL = f"<link rel=canonical href='{SITE}/tag/harbour/page/2/'>"
OPEN_GRAPH = f"<meta property='og:url' content='{SITE}/tag/harbour/'>"


@pytest.mark.parametrize(
    ("content", "sections"),
    [
        (FEED + "</item></channel></rss>", []),
        (f'<?xml version="1.0"?>\n{FEED}</item></channel></rss>', []),
        (f'[{{"link": "{SITE}/2024/08/a/", "title": "A 0"}}]', []),
        (
            (
                '{"version": "https://jsonfeed.org/version/1", "items": '
                f'[{{"url": "{SITE}/2024/08/a/", "title": "A 0"}}]}}'
            ),
            [],
        ),
        (page(2), []),
        (CANONICAL + page(2), ["harbour"]),
        (OPEN_GRAPH + page(2), ["harbour"]),
    ],
)
def test_a_saved_file_is_recognised(
    reader: SiteReader, tmp_path: Path, content: str, sections: list[str]
) -> None:
    file = tmp_path / "saved"
    file.write_text(content, encoding="utf-8")

    reading = reader.read_file(file)

    assert reading.teasers[0].headline == "A 0"
    assert [topic.key for topic in reading.teasers[0].sections] == sections


def test_a_file_that_is_not_there_is_told(reader: SiteReader, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        reader.read_file(tmp_path / "none.xml")
