"""Teasers that mention other articles: "Related: …", or a link within the dek."""

import pytest

from bot.domain.article import Teaser
from bot.sources.profile import SiteProfile
from tests.aids.pages import NAMES, card, cards, read, told

PLAIN = """<h2><a href='HREF'>NAME sails</a></h2>{middle}<p>Fog lifts over the bay</p>{between}
<p>Ida Holm May 1, 2024</p>{end}"""
WRAPPED = """{middle}<div><h3><a href='HREF'>NAME sails</a></h3><div><p>Fog lifts over the bay</p>
{between}</div><footer><p>Ida Holm May 1, 2024</p></footer></div>{end}"""
LINKED = """<a href='HREF'><h3>NAME sails</h3></a>{middle}<div>Fog lifts over the bay</div>{between}
<div><a href='/author/ida/'>Ida Holm</a> <time datetime='2024-05-01'>May 1, 2024</time></div>{end}
"""
PICTURED = """<div><a href='HREF'><img src='/a.jpg' alt='NAME sails'></a></div><div>
<h2><a href='HREF'>NAME sails</a></h2>{middle}<p>Fog lifts over the bay</p>{between}
<div>Ida Holm</div><div>May 1, 2024</div>{end}</div>"""

OLD = "<a href='/2023/01/old-NAME/'>An old story on the NAME</a>"
OLDER = "<a href='/2022/01/older/'>An older story</a>"
RELATED = [
    f"<p>Related: {OLD}</p>",
    f"<div class=x><span>See also</span> <strong>{OLD}</strong></div>",
    f"<div><p>Related</p><ul><li>{OLD}</li><li>{OLDER}</li></ul></div>",
    f"<ul><li>{OLD}</li><li>{OLDER}</li></ul>",
    f"<aside>{OLD}</aside>",
    OLD,
]


def without_related(layout: str) -> str:
    return layout.format(middle="", between="", end="")


@pytest.mark.parametrize("layout", [PLAIN, WRAPPED, LINKED, PICTURED])
@pytest.mark.parametrize("related", RELATED)
@pytest.mark.parametrize("place", ["middle", "between", "end"])
def test_mentions_of_others_change_nothing_in_a_teaser(
    profile: SiteProfile, layout: str, related: str, place: str
) -> None:
    places = {"middle": "", "between": "", "end": "", place: related}
    html = f"<main><h1>Harbour</h1>{cards(layout.format(**places))}</main>"
    plain = f"<main><h1>Harbour</h1>{cards(without_related(layout))}</main>"

    found = read(html, profile)

    assert [told(teaser) for teaser in found.teasers] == [
        (f"{name} sails", "Fog lifts over the bay", ["Ida Holm"], [], "2024-05-01")
        for name in NAMES
    ]
    assert found.teasers == read(plain, profile).teasers


def headlines(teasers: tuple[Teaser, ...]) -> list[str]:
    return [teaser.headline for teaser in teasers]


def test_a_single_card_among_others_may_mention_something(profile: SiteProfile) -> None:
    rich = without_related(PLAIN)
    html = cards(rich) + card("late", PLAIN.format(middle="", between=RELATED[0], end=""))

    found = read(f"<main>{html}</main>", profile)

    assert headlines(found.teasers) == [f"{name} sails" for name in (*NAMES, "late")]
    assert found.teasers[-1].dek == "Fog lifts over the bay"
    assert found.notes == ("1 x a teaser that mentions other articles",)


@pytest.mark.parametrize("layout", [PLAIN, WRAPPED, LINKED, PICTURED])
def test_a_link_within_the_dek_is_part_of_its_words(profile: SiteProfile, layout: str) -> None:
    dek = f"<p>The fog that {OLD} once hid has lifted from the bay</p>"
    inner = layout.replace("<p>Fog lifts over the bay</p>", dek)
    inner = inner.replace("<div>Fog lifts over the bay</div>", dek)

    found = read(f"<main>{cards(without_related(inner))}</main>", profile)

    assert headlines(found.teasers) == [f"{name} sails" for name in NAMES]
    assert {teaser.dek for teaser in found.teasers} == {
        f"The fog that An old story on the {name} once hid has lifted from the bay"
        for name in NAMES
    }


def test_what_is_mentioned_is_a_teaser_where_it_has_one(profile: SiteProfile) -> None:
    mention = "<p>Related: <a href='/2024/08/fog/'>fog sails</a></p>"
    html = cards(PLAIN.format(middle="", between=mention, end=""))

    found = read(f"<main>{html}</main>", profile)

    assert headlines(found.teasers) == [f"{name} sails" for name in NAMES]
    assert {teaser.dek for teaser in found.teasers} == {"Fog lifts over the bay"}


GRID = "<div class=row>" + cards(without_related(PLAIN)) + "</div>"


def test_rows_of_several_cards_are_no_cards(profile: SiteProfile) -> None:
    again = GRID.replace("/2024/08/", "/2024/07/").replace(" sails", " lands")

    found = read(f"<main>{GRID}{again}</main>", profile)

    assert headlines(found.teasers) == [
        *(f"{name} sails" for name in NAMES),
        *(f"{name} lands" for name in NAMES),
    ]


def test_stories_below_a_leading_one_are_teasers_where_they_tell_as_much(
    profile: SiteProfile,
) -> None:
    """Columns, each with a heading and below it stories without: more than mentioned."""
    below = """<div><p><a href='/2024/07/below-NAME/'>NAME lands</a></p>
    <p>Fog falls over the bay that was lifted</p><p>Ida Holm May 1, 2024</p></div>"""
    columns = cards(PLAIN.format(middle="", between="", end=below))

    found = read(f"<main>{columns}</main>", profile)

    assert {f"{name} lands" for name in NAMES} <= set(headlines(found.teasers))
