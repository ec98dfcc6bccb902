import pytest

from bot.domain.errors import SourceError
from bot.sources.feed import read_feed
from bot.sources.markup import is_sane, parse_html
from bot.sources.page import read_page
from bot.sources.profile import SiteProfile

SITE = "https://www.tidewater.example"
LINK = f"<h2><a href='{SITE}/2024/08/a/'>A</a></h2>"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>one" * 9_000,
        "<ul>" + "<li>one" * 9_000,
        "<div><b>x</b></div>" * 9_000,
        "</div>" * 9_000 + "<div>" * 100,
        "<br><img src='x'>" * 9_000,
        "<svg>" + '<path d="M0 0"/>' * 9_000 + "</svg>",
    ],
)
def test_long_pages_are_sane(html: str) -> None:
    assert is_sane(html)


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000, "<DIV/>" * 100_000, "<div></p>" * 100_000, "<font a=1>" * 1_000]
)
def test_pages_made_to_choke_on_are_not(html: str) -> None:
    assert not is_sane(html)
    with pytest.raises(SourceError, match="no browser could show"):
        parse_html(html)


@pytest.mark.parametrize(
    "filling",
    [
        "<p>" + "<span>a</span>" * 20_000,
        "<p>" + "x<em>y</em>" * 20_000,
        "<p>" + "!" * 500_000 + "a",
        "<p>" + "The post (@ January 1, 2020 by Continue reading " * 10_000,
        "<p>a</p>" * 20_000,
        f"<div><a href='{SITE}/2024/08/a/'>x</a></div>" * 20_000,
        "".join(
            f"<div><h2><a href='{SITE}/2024/08/b{n}/'>x</a></h2><p>{'Fog ' * 50}"
            + f"<a href='{SITE}/2024/08/c/'>y</a>" * (1_000 if n < 2 else 9)
            + "</div>"
            for n in range(2_000)
        ),
    ],
)
def test_a_page_swollen_by_anything_is_still_read(profile: SiteProfile, filling: str) -> None:
    """Whatever takes time in proportion to a square would take minutes here."""
    body = (LINK + filling).encode()

    found = read_page(body, content_type="", url=SITE, profile=profile)

    assert found.teasers[0].headline == "A"


def test_a_dek_made_to_choke_on_is_read_without_its_markup(profile: SiteProfile) -> None:
    dek = "<div>" * 20_000 + "Fog &amp; wind"
    body = (
        f"<rss version='2.0'><channel><item><title>A</title><link>{SITE}/2024/08/a/</link>"
        f"<description><![CDATA[{dek}]]></description></item></channel></rss>"
    ).encode()

    (teaser,) = read_feed(body, content_type="", url=SITE, profile=profile).teasers

    assert teaser.dek == "Fog & wind"
