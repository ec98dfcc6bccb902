import pytest

from bot.domain.errors import SourceError
from bot.sources.page import read_page, too_few, usual_count
from bot.sources.profile import Selectors, SiteProfile
from tests.aids.pages import BARE, NAMES, RICH, SITE, card, cards, read, told


@pytest.mark.parametrize(
    ("picture", "address"),
    [
        ("<img src='/a.jpg'>", f"{SITE}/a.jpg"),
        ("<img src='data:image/gif;base64,R0' data-src='/a.jpg'>", f"{SITE}/a.jpg"),
        ("<img srcset='/s.jpg 300w, /l.jpg 900w'>", f"{SITE}/s.jpg"),
        ("<img src='data:x'><noscript><img src='/a.jpg'></noscript>", f"{SITE}/a.jpg"),
        ("<img class='avatar' src='/ida.jpg'><img src='/a.jpg?w=3'>", f"{SITE}/a.jpg?w=3"),
        ("<img src='data:x'>", None),
        ("<noscript>no</noscript>", None),
    ],
)
def test_lazy_pictures_are_found(profile: SiteProfile, picture: str, address: str | None) -> None:
    found = read(cards(f"<a href='HREF'>{picture}</a><a href='HREF'>NAME</a>"), profile)

    assert found.teasers[0].picture == address


def test_a_picture_alone_tells_the_headline(profile: SiteProfile) -> None:
    found = read(cards("<a href='HREF'><img src='/a.jpg' alt='NAME sails'></a>"), profile)

    assert found.teasers[0].headline == "heron sails"


def test_links_without_any_text_are_noted(profile: SiteProfile) -> None:
    found = read(cards(RICH) + card("silent", "<a href='HREF'><img src='/a.jpg'></a>"), profile)

    assert len(found.teasers) == len(NAMES)
    assert "1 x a link to an article without a headline" in found.notes


def test_the_pages_own_base_counts(profile: SiteProfile) -> None:
    html = f"<head><base href='{SITE}/2024/08/'></head>" + "".join(
        f"<p><a href='{name}/'>{name}</a></p>" for name in NAMES
    )

    assert read(html, profile).teasers[0].url == f"{SITE}/2024/08/heron/"


def test_selectors_override_what_was_read(profile: SiteProfile) -> None:
    inner = """<a href="HREF"><p class="h">Really NAME</p></a><b class="l">tide pro</b>
    <p class="x">Not this</p><p class="d">But this</p>
    <p class="b">Sandy Brand, May 2, 2024</p><h2>Nor this</h2>"""
    selectors = Selectors(teaser="div", headline=".h", label=".l", dek=".d", byline=".b")

    found = read(cards(inner), profile, selectors)

    expected = ("Really heron", "But this", ["Sandy Brand"], ["tide-pro"], "2024-05-02")
    assert told(found.teasers[0]) == expected
    assert len(found.teasers) == len(NAMES)
    assert found.notes == ()


def test_selectors_that_find_nothing_are_noted(profile: SiteProfile) -> None:
    selectors = Selectors(headline=".no", label=".no", dek=".no", byline=".none")

    found = read(cards("<p>COLUMN</p>" + RICH), profile, selectors)

    assert told(found.teasers[0]) == ("heron", "", [], [], "2024-05-01")
    assert "the selector for dek (.no) finds nothing" in found.notes


def test_a_time_element_within_the_selected_byline_counts(profile: SiteProfile) -> None:
    inner = RICH + "<p class=b>Jo Ek <time datetime='2024-06-01T10:00:00Z'>June</time></p>"

    (first, *_) = read(cards(inner), profile, Selectors(byline=".b")).teasers

    assert first.published is not None
    assert first.published.at.isoformat() == "2024-06-01T10:00:00+00:00"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("", "no-teasers"),
        ("<p>Under construction</p>", "no-teasers"),
        (f"<nav>{BARE}</nav>", "no-teasers"),
        ("<a href='/2024/08/a/'><img></a>", "no-teasers"),
        ("<div>" * 3_000 + "<a href='/2024/08/a/'>A</a>", "no-teasers"),
    ],
)
def test_a_page_without_teasers_is_an_error(profile: SiteProfile, html: str, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(html, profile)

    assert caught.value.kind == kind


def test_an_empty_answer_is_an_error(profile: SiteProfile) -> None:
    with pytest.raises(SourceError) as caught:
        read_page(b" \n", content_type="", url=SITE, profile=profile)

    assert caught.value.kind == "empty"


def test_a_text_of_any_length_is_clipped_somewhere(profile: SiteProfile) -> None:
    inner = f"<h2><a href='HREF'>{'long ' * 9_000}</a></h2><p>{'deep ' * 5_000}</p>"

    (first, *_) = read(cards(inner), profile).teasers

    assert len(first.headline) <= 10_000


@pytest.mark.parametrize(
    ("count", "usual", "answer"),
    [(1, None, False), (1, 3, False), (7, 20, False), (6, 20, True), (1, 4, True), (20, 4, False)],
)
def test_a_third_of_the_usual_is_too_few(count: int, usual: int | None, answer: bool) -> None:
    assert too_few(count, usual) is answer


@pytest.mark.parametrize(
    ("count", "usual", "after"), [(10, None, 10), (20, 10, 20), (8, 12, 11), (10, 10, 10)]
)
def test_the_usual_rises_at_once_and_falls_slowly(
    count: int, usual: int | None, after: int
) -> None:
    assert usual_count(count, usual) == after
