import pytest

from bot.sources.profile import SiteProfile
from tests.aids.pages import NAMES, cards, read, told

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
