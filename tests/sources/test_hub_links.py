"""Which hub a feed names, in every form in which it may."""

import json
from collections.abc import Sequence

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hub import HubLink
from bot.domain.reading import Reading, SourceState, Unchanged
from bot.sources.fetch import Fetcher
from bot.sources.hub_links import Links, hub_of, links_of_header
from bot.sources.profile import SiteProfile, SourceSpec
from bot.sources.reader import SiteReader
from tests.aids.servers import Serve
from tests.aids.shelf import Shelf

HUB = "https://hub.example/"
OWN = "https://www.tidewater.example/feed/"
LINK = HubLink(hub=HUB, topic=OWN)
ARTICLE = "https://www.tidewater.example/2026/03/tide/"
ATOM = "http://www.w3.org/2005/Atom"
ITEM = f"<item><title>Tide</title><link>{ARTICLE}</link></item>"
LINKS = f'<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" href="{OWN}"/>'

RSS = f'<rss version="2.0" xmlns:atom="{ATOM}"><channel>{LINKS}{ITEM}</channel></rss>'
RSS_OTHER_PREFIX = RSS.replace("atom:", "a10:").replace(":atom", ":a10")
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    f' xmlns="http://purl.org/rss/1.0/" xmlns:atom="{ATOM}">'
    f"<channel>{LINKS}</channel>{ITEM}</rdf:RDF>"
)
ATOM_FEED = (
    f'<feed xmlns="{ATOM}">{LINKS.replace("atom:", "")}<link href="https://e.example/"/>'
    f'<entry><title>Tide</title><link href="{ARTICLE}"/></entry></feed>'
)
PLAIN = RSS.replace(LINKS, "")


def json_feed(**more: object) -> str:
    item = {"id": "1", "url": ARTICLE, "title": "Tide"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item], **more})


JSON_HUBS = [{"type": "rssCloud", "url": "https://c.example"}, {"type": "WebSub", "url": HUB}]
HEADERS = [f'<{HUB}>; rel="hub"', f'<{OWN}>; rel="self"']

FORMS = [
    pytest.param(RSS, [], LINK, id="RSS"),
    pytest.param(RSS_OTHER_PREFIX, [], LINK, id="RSS with another prefix"),
    pytest.param(RDF, [], LINK, id="RDF"),
    pytest.param(ATOM_FEED, [], LINK, id="Atom"),
    pytest.param(json_feed(hubs=JSON_HUBS, feed_url=OWN), [], LINK, id="JSON Feed"),
    pytest.param(json_feed(hubs=[{"type": 7}, 8], feed_url=[]), [], None, id="JSON of odd types"),
    pytest.param(PLAIN, HEADERS, LINK, id="two headers"),
    pytest.param(PLAIN, [", ".join(HEADERS)], LINK, id="one header"),
    pytest.param(json_feed(), HEADERS, LINK, id="header of a JSON feed"),
    pytest.param(
        RSS,
        [f'<https://other.example/>; rel="hub", <{OWN}?x>; rel=self'],
        HubLink(hub="https://other.example/", topic=f"{OWN}?x"),
        id="the header counts first",
    ),
    pytest.param(RSS, ['<https://b.example/>; rel="next"'], LINK, id="a header of other links"),
    pytest.param(
        PLAIN, [f'<{HUB}>;rel="hub preconnect"', f"<{OWN}>; REL=Self"], LINK, id="spelt otherwise"
    ),
    pytest.param(PLAIN, [HEADERS[0]], None, id="a hub, and no own address"),
    pytest.param(PLAIN, [], None, id="none"),
    pytest.param(
        RSS.replace(LINKS, "").replace("<item>", f"<item>{LINKS}"), [], None, id="of an entry only"
    ),
    pytest.param(
        PLAIN, [f'<{HUB}>; rel="hub"; anchor="/x"', HEADERS[1]], None, id="of something else"
    ),
]


@pytest.mark.parametrize(("body", "headers", "link"), FORMS)
async def test_a_hub_is_found_in_every_form(
    serve: Serve,
    fetcher: Fetcher,
    profile: SiteProfile,
    body: str,
    headers: Sequence[str],
    link: HubLink | None,
) -> None:
    async def answer(_: web.Request) -> web.Response:
        response = web.Response(text=body, content_type="text/plain")
        for line in headers:
            response.headers.add("Link", line)
        return response

    source = SourceSpec(kind="feed", url=await serve(answer))
    reading = await SiteReader(fetcher, profile).read(source, SourceState())

    assert isinstance(reading, Reading)
    assert reading.hub == link


async def test_what_has_not_changed_says_nothing_of_hubs(
    serve: Serve, fetcher: Fetcher, profile: SiteProfile
) -> None:
    """A 304 has no body; what was found stays as it was."""
    source = SourceSpec(kind="feed", url=await serve(Shelf(RSS, ETag='"1"').answer))
    reader = SiteReader(fetcher, profile)

    first = await reader.read(source, SourceState())
    second = await reader.read(source, first.state)

    assert isinstance(first, Reading)
    assert first.hub == LINK
    assert isinstance(second, Unchanged)


@pytest.mark.parametrize(
    ("hubs", "hub"),
    [
        (["http://a.example/", "https://b.example/"], "https://b.example/"),
        (["/hub"], "https://www.tidewater.example/hub"),
        (["ftp://a.example/", "javascript:x", "", "https://[", HUB], HUB),
        (["https://a.example:0/", "https://a:b@c.example/", HUB], HUB),
        (["https://a.example/ x", "https://a.example/" + "x" * 3000, HUB], HUB),
        (["https://a.example/#part"], "https://a.example/"),
    ],
)
def test_only_what_can_be_asked_over_the_web_is_a_hub(hubs: list[str], hub: str) -> None:
    found = hub_of(Links(hubs=tuple(hubs), selves=("/feed/",)), Links(), OWN)

    assert found == HubLink(hub=hub, topic=OWN)


@given(st.text(st.sampled_from('<>;,="rel hub\t\\x'), max_size=200) | st.text())
def test_no_header_whatever_makes_it_stumble(value: str) -> None:
    hub_of(links_of_header([value]), Links(), OWN)


@pytest.mark.parametrize(
    "part", ["<a>;", "<a>; rel", '<a>; rel="', "<a" + " " * 99, "<a>;b=" + " " * 9]
)
def test_a_long_header_is_read_to_its_limit(part: str) -> None:
    """No header keeps the bot busy: what is far too long is a matter of a moment."""
    links_of_header([part * 100_000])
