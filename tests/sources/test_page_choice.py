import pytest

from bot.sources.profile import SiteProfile
from tests.aids.pages import BARE, DATED, NAMES, RICH, card, cards, read, told


@pytest.mark.parametrize(
    "beside",
    [
        f"<aside><h3>Most read</h3>{BARE}</aside>",
        f"<div class=x><h3>Most read</h3>{BARE}</div>",
        f"<div class=x><h3>Most read</h3>{DATED}</div>",
        f"<nav>{DATED}</nav>",
        f"<footer>{BARE}</footer>",
        f"<div role=complementary>{BARE}</div>",
        f"<header><div>{BARE}</div></header>",
        "<header><a href='/2024/01/old/'>Breaking: old</a></header>",
        f"<aside>{card('older', RICH)}{card('old', RICH)}</aside>",
        f"<aside>{card('heron', RICH)}</aside>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_articles_linked_beside_the_list_are_left_out(
    profile: SiteProfile, beside: str, first: bool
) -> None:
    main = f"<main><h1>Harbour</h1><p>All ships</p>{cards(RICH)}</main>"
    html = beside + main if first else main + beside

    found = read(html, profile)

    assert [teaser.headline for teaser in found.teasers] == list(NAMES)
    assert {teaser.dek for teaser in found.teasers} == {"Quiet night falls"}


def test_a_teaser_that_lacks_its_parts_counts_among_its_neighbours(profile: SiteProfile) -> None:
    html = f"<main>{cards(RICH)}{card('late', '<h2><a href=HREF>NAME</a></h2>')}</main>"

    assert [teaser.headline for teaser in read(html, profile).teasers] == [*NAMES, "late"]


def test_headers_within_teasers_are_no_margins(profile: SiteProfile) -> None:
    inner = RICH.replace("<h2>", "<header><h2>").replace("</h2>", "</h2></header>")

    assert len(read(cards(inner), profile).teasers) == len(NAMES)


@pytest.mark.parametrize("around", ["{}", "<main><h1>Harbour</h1><p>All ships</p>{}</main>"])
def test_a_page_with_one_article_is_read(profile: SiteProfile, around: str) -> None:
    html = around.format(card("heron", RICH)) + "<form><p>Our letter</p></form>"

    (teaser,) = read(html, profile).teasers

    assert told(teaser) == ("heron", "Quiet night falls", ["Ida Holm"], [], "2024-05-01")


def test_one_article_whose_parts_nothing_wraps_is_read(profile: SiteProfile) -> None:
    inner = RICH.replace("HREF", "/2024/08/heron/").replace("NAME", "heron")

    (teaser,) = read(f"<main><h1>Harbour</h1>{inner}<p>Next page</p></main>", profile).teasers

    assert told(teaser) == ("heron", "Quiet night falls", ["Ida Holm"], [], "2024-05-01")
