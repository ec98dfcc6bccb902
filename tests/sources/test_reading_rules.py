"""What has not changed is read once more when the profile has."""

import pytest

from bot.domain.reading import Reading, SourceState, Unchanged
from bot.sources.fetch import Fetcher
from bot.sources.profile import Selectors, SiteProfile, SourceSpec
from bot.sources.profile_file import parse_profile
from bot.sources.reader import SiteReader
from tests.aids.servers import Serve
from tests.aids.shelf import Shelf, page

EMPTY = SourceState()

#: A change to the profile, and whether what is read may be another because of it.
CHANGES = [
    pytest.param(r"\d{4}/\d{2}/", r"\d{4}/\d\d/", True, id="what is an article"),
    pytest.param('["Port & Harbour"]', '["Ports"]', True, id="the terms of a section"),
    pytest.param('name = "Weather"', 'name = "Winds"', True, id="the name of a section"),
    pytest.param('["OUR COLUMN"]', '["COLUMNS"]', True, id="the text of a badge"),
    pytest.param('["Uncategorized"]', '["Other"]', True, id="terms that are no topic"),
    pytest.param('"Asia/Seoul"', '"Asia/Tokyo"', True, id="the zone of its dates"),
    pytest.param('"15m"', '"20m"', False, id="how often it is read"),
    pytest.param('name = "Tidewater Post"', 'name = "The Post"', False, id="the site's name"),
]


@pytest.mark.parametrize(("before", "after", "rereads"), CHANGES)
@pytest.mark.parametrize("headers", [{"ETag": '"1"'}, {}], ids=["304", "the same body"])
async def test_a_changed_profile_reads_once_more_what_has_not_changed(
    serve: Serve,
    fetcher: Fetcher,
    profile_text: str,
    headers: dict[str, str],
    before: str,
    after: str,
    *,
    rereads: bool,
) -> None:
    shelf = Shelf(page(3), **headers)
    source = SourceSpec(kind="page", url=await serve(shelf.answer), section="harbour")
    earlier = SiteReader(fetcher, parse_profile(profile_text.encode(), "site.toml"))
    changed = profile_text.replace(before, after)
    assert changed != profile_text
    later = SiteReader(fetcher, parse_profile(changed.encode(), "site.toml"))
    state = (await earlier.read(source, EMPTY)).state

    second = await later.read(source, state)
    third = await later.read(source, second.state)

    assert isinstance(second, Reading if rereads else Unchanged)
    assert isinstance(third, Unchanged)


@pytest.mark.parametrize(
    "changed", [{"section": "weather"}, {"selectors": Selectors(dek="p")}], ids=str
)
async def test_a_changed_source_reads_once_more_what_has_not_changed(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile, changed: dict[str, object]
) -> None:
    reader = SiteReader(fetcher, profile)
    shelf = Shelf(page(3), ETag='"1"')
    source = SourceSpec(kind="page", url=await serve(shelf.answer), section="harbour")
    state = (await reader.read(source, EMPTY)).state

    assert isinstance(await reader.read(source.model_copy(update=changed), state), Reading)
    assert isinstance(await reader.read(source, state), Unchanged)
