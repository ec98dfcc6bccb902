import pytest

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.sources.found import Found
from bot.sources.page import read_page, too_few, usual_count
from bot.sources.profile import Selectors, SiteProfile

SITE = "https://www.tidewater.example"
NAMES = ("heron", "fog", "crane", "buoy")


def read(html: str, profile: SiteProfile, selectors: Selectors | None = None) -> Found:
    url = f"{SITE}/tag/harbour/"
    body = f"<!doctype html><meta charset=utf-8><body>{html}".encode()
    return read_page(body, content_type="text/html", url=url, profile=profile, selectors=selectors)


def card(name: str, inner: str) -> str:
    return f"<div>{inner.replace('HREF', f'{SITE}/2024/08/{name}/').replace('NAME', name)}</div>"


def cards(inner: str) -> str:
    return "".join(card(name, inner) for name in NAMES)


def told(teaser: Teaser) -> tuple[str, str, list[str], list[str], str]:
    day = f"{teaser.published.at:%Y-%m-%d}" if teaser.published else ""
    authors = [author.name for author in teaser.authors]
    return teaser.headline, teaser.dek, authors, [label.key for label in teaser.labels], day


FULL = (
    "heron sails",
    "Fog lifts over the bay",
    ["Ida Holm", "Tam O'Dell"],
    ["column"],
    "2024-08-21",
)


@pytest.mark.parametrize(
    "inner",
    [
        """<p>COLUMN</p><h2><a href="HREF">NAME sails</a></h2><p>Fog lifts over the bay</p>
        <p>Ida Holm | Tam O'Dell August 21, 2024</p>""",
        """<h2><span>COLUMN</span> <a href="HREF">NAME sails</a></h2><div>Fog lifts over the bay
        </div><div><a href="/author/ida/">Ida Holm</a> and <a href="/author/tam/">Tam O'Dell</a>
        <time datetime="2024-08-21">Aug 21, 2024</time></div>""",
        """<a href="HREF"><img src="x.jpg" alt="NAME sails"></a><a href="HREF">NAME sails</a>
        <span class="badge">Column</span><span>Fog lifts over the bay</span>
        <span>Ida Holm</span><span>Tam O'Dell</span><span>21 August 2024</span>""",
        """<h3><a href="HREF"><em>NAME</em> sails</a></h3><div>COLUMN</div><h3><a href="HREF">NAME
        sails</a></h3><p>Fog lifts <a href="/tag/bay/">over</a> the bay</p><h3>NAME sails</h3>
        <div>Ida Holm</div><div>Tam O'Dell</div><div>Ida Holm | Tam O'Dell 2024-08-21</div>""",
        """<time datetime="2024-08-21T00:00:00+09:00">August 21, 2024</time>
        <b class="kicker">OUR COLUMN</b><h4><a href="HREF">NAME sails</a></h4>
        <p>Fog lifts over the bay</p><p>By Ida Holm, Tam O'Dell</p><p>3 min read</p>""",
        """<div>HARBOUR</div><div>COLUMN</div><a href="HREF"><h3>NAME sails</h3></a>
        <p>Fog lifts over the bay</p><ul><li class="author">Ida Holm</li>
        <li class="author">Tam O'Dell</li><li>Published on August 21, 2024</li></ul>
        <a href="HREF#comments">3 comments</a><a href="HREF">Read more</a>""",
        """<h2><a href="HREF">NAME sails</a></h2><p>COLUMN</p><p>Fog lifts over the bay</p>
        <img class="avatar" alt="Ida Holm" src="/a"><img class="avatar" alt="Tam O'Dell" src="/a">
        <p>August 21, 2024</p>""",
    ],
)
def test_the_order_of_the_parts_is_enough(profile: SiteProfile, inner: str) -> None:
    found = read(cards(inner), profile)

    assert len(found.teasers) == len(NAMES)
    assert told(found.teasers[0]) == FULL


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>A quiet night</p>", ("heron", "A quiet night", [], [], "")),
        ("<p>Ida Holm May 1, 2024</p>", ("heron", "", ["Ida Holm"], [], "2024-05-01")),
        ("<p>Ida Holm</p><p>May 1, 2024</p>", ("heron", "", ["Ida Holm"], [], "2024-05-01")),
        ("<p>May 1, 2024</p>", ("heron", "", [], [], "2024-05-01")),
        ("<p>By Ida Holm</p>", ("heron", "", ["Ida Holm"], [], "")),
        (
            "<p>Talks were last held on May 1, 2020</p><p>May 1, 2024</p>",
            ("heron", "Talks were last held on May 1, 2020", [], [], "2024-05-01"),
        ),
        (
            "<p>EXTRA</p><p>A quiet night</p><p>May 1, 2024</p>",
            ("heron", "A quiet night", [], [], "2024-05-01"),
        ),
        (
            "<div>A quiet night</div><div>Ida Holm · 2 hours ago</div>",
            ("heron", "A quiet night", [], [], ""),
        ),
        (
            "<p>A quiet night</p><div>Tide Pro</div><div>Tide Pro May 1, 2024</div>",
            ("heron", "A quiet night", ["Tide Pro"], [], "2024-05-01"),
        ),
        (
            "<p>Nobody sails; says <b>Ida</b>, <i>nobody</i></p><p>Ida Holm May 1, 2024</p>",
            ("heron", "Nobody sails; says Ida, nobody", ["Ida Holm"], [], "2024-05-01"),
        ),
    ],
)
def test_any_part_may_be_missing(
    profile: SiteProfile, inner: str, expected: tuple[str, str, list[str], list[str], str]
) -> None:
    found = read(cards(f"<h2><a href='HREF'>NAME</a></h2>{inner}"), profile)

    assert told(found.teasers[0]) == expected


def test_a_badge_that_the_profile_does_not_know_is_noted(profile: SiteProfile) -> None:
    html = cards("<h2><a href='HREF'>NAME</a></h2><p>EXTRA</p><p>Quiet night</p>")

    assert read(html, profile).notes == ("4 x the unknown badge 'EXTRA'",)


def test_a_section_named_on_the_teaser_is_one_of_its_sections(profile: SiteProfile) -> None:
    html = cards("<b>WEATHER</b><h2><a href='HREF'>NAME</a></h2><p>Quiet night falls</p>")

    (first, *_) = read(html, profile).teasers

    assert [section.key for section in first.sections] == ["weather"]
    assert first.dek == "Quiet night falls"


def test_a_page_of_bare_headlines_is_read(profile: SiteProfile) -> None:
    html = "<ul>" + "".join(
        f"<li><a href='/2024/08/{name}/'>{name} sails</a></li>" for name in NAMES
    )

    found = read(html, profile)

    assert [teaser.headline for teaser in found.teasers] == [f"{name} sails" for name in NAMES]
    assert all(teaser.dek == "" for teaser in found.teasers)


RICH = "<h2><a href='HREF'>NAME</a></h2><p>Quiet night falls</p><p>Ida Holm May 1, 2024</p>"
BARE = (
    "<ul><li><a href='/2024/01/old/'>Old</a></li><li><a href='/2024/01/older/'>Older</a></li></ul>"
)
DATED = BARE.replace("</a>", "</a> <span>May 1, 2020</span>")


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
    inner = f"<h2><a href='HREF'>{'long ' * 9_000}</a></h2><p>{'<b>deep' * 5_000}</p>"

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
