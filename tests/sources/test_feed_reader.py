from datetime import UTC, datetime

import pytest

from bot.sources.profile import SiteProfile
from tests.aids.feeds import ITEM, SITE, item, read, rss


def test_an_rss_item_is_read_in_full(profile: SiteProfile) -> None:
    (teaser,) = read(rss(ITEM), profile).teasers

    assert teaser.url == f"{SITE}/2024/08/heron/"
    assert teaser.headline == "Ferry ‘Heron’ waits"
    assert teaser.dek == "Fog keeps her in & the crew ashore"
    assert [author.name for author in teaser.authors] == ["Ida Holm", "Tam O’Dell"]
    assert [section.key for section in teaser.sections] == ["harbour", "night-ferries"]
    assert [label.key for label in teaser.labels] == ["column"]
    assert teaser.picture == f"{SITE}/heron.jpg"
    assert teaser.published is not None
    assert teaser.published.at == datetime(2024, 8, 21, 5, 5, tzinfo=UTC)
    assert teaser.published.has_time


def test_the_full_text_is_never_the_dek(profile: SiteProfile) -> None:
    body = rss(item(more="<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>"))

    (teaser,) = read(body, profile).teasers

    assert teaser.dek == ""


def test_a_guid_that_is_the_articles_address_stands_in_for_a_missing_link(
    profile: SiteProfile,
) -> None:
    body = rss(f"<item><title>A</title><guid>{SITE}/2024/08/a/</guid></item>")

    assert read(body, profile).teasers[0].url == f"{SITE}/2024/08/a/"


def test_the_original_link_goes_before_a_proxys(profile: SiteProfile) -> None:
    body = rss(
        "<item><title>A</title><link>https://feeds.example/~r/1</link>"
        f"<feedburner:origLink>{SITE}/2024/08/a/</feedburner:origLink></item>"
    )

    assert read(body, profile).teasers[0].url == f"{SITE}/2024/08/a/"


def test_entries_that_are_no_articles_are_noted(profile: SiteProfile) -> None:
    body = rss(
        item(),
        item("b", title=""),
        "<item><title>No link</title></item>",
        "<item><title>Ad</title><link>https://ads.example/1</link></item>",
        "<item><title>Ad</title><link>https://ads.example/2</link></item>",
    )

    found = read(body, profile)

    assert [teaser.headline for teaser in found.teasers] == ["A"]
    assert found.notes == (
        "1 x an entry without title",
        "1 x an entry without link",
        "2 x an entry whose link is no article's",
    )


def test_the_same_article_twice_is_one_teaser(profile: SiteProfile) -> None:
    body = rss(item(), item(title="A again").replace("https://www.", "http://"))

    assert [teaser.headline for teaser in read(body, profile).teasers] == ["A"]


@pytest.mark.parametrize(
    ("element", "names"),
    [
        (
            "<dc:creator>Ida Holm, Tam Dell and Jo Ek</dc:creator>",
            ["Ida Holm", "Tam Dell", "Jo Ek"],
        ),
        ("<author>desk@tidewater.example (Ida Holm)</author>", ["Ida Holm"]),
        ("<author>desk@tidewater.example</author>", []),
        ("<dc:creator></dc:creator>", []),
    ],
)
def test_authors_are_parted(profile: SiteProfile, element: str, names: list[str]) -> None:
    (teaser,) = read(rss(item(more=element)), profile).teasers

    assert [author.name for author in teaser.authors] == names


def test_a_time_without_zone_is_the_sites(profile: SiteProfile) -> None:
    (teaser,) = read(
        rss(item(more="<pubDate>Wed, 21 Aug 2024 14:05:00</pubDate>")), profile
    ).teasers

    assert teaser.published is not None
    assert teaser.published.at.astimezone(UTC).hour == 5


def test_no_time_at_all_is_none(profile: SiteProfile) -> None:
    (teaser,) = read(rss(item(more="<pubDate>today</pubDate>")), profile).teasers

    assert teaser.published is None


def test_an_enclosed_picture_is_the_picture(profile: SiteProfile) -> None:
    sound = '<enclosure url="/a.mp3" type="audio/mpeg" length="1"/>'
    picture = '<enclosure url="/a.jpg" type="image/jpeg" length="1"/>'

    (teaser,) = read(rss(item(more=sound + picture)), profile).teasers

    assert teaser.picture == f"{SITE}/a.jpg"


def test_atom_is_read(profile: SiteProfile) -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
    <entry><title type="html">Fog &amp;amp; ferries</title>
    <link rel="alternate" href="/2024/08/fog/"/><id>tag:x</id>
    <author><name>Ida Holm</name></author><author><name>Tam Dell</name></author>
    <category term="weather" label="Weather"/><updated>2024-08-21T05:05:00Z</updated>
    <summary>Nobody sails</summary></entry></feed>"""

    (teaser,) = read(body, profile).teasers

    assert (teaser.headline, teaser.dek) == ("Fog & ferries", "Nobody sails")
    assert teaser.url == f"{SITE}/2024/08/fog/"
    assert [author.name for author in teaser.authors] == ["Ida Holm", "Tam Dell"]
    assert [section.key for section in teaser.sections] == ["weather"]
    assert teaser.published is not None
    assert teaser.published.at == datetime(2024, 8, 21, 5, 5, tzinfo=UTC)


def test_rdf_is_read(profile: SiteProfile) -> None:
    body = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>
    <item><title>A</title><link>{SITE}/2024/08/a/</link></item></rdf:RDF>""".encode()

    assert [teaser.headline for teaser in read(body, profile).teasers] == ["A"]
