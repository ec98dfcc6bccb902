import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import SourceError
from bot.sources.feed import read_feed
from bot.sources.found import Found
from bot.sources.profile import SiteProfile

SITE = "https://www.tidewater.example"
ITEM = f"""<item><title>Ferry &#8216;Heron&#8217; waits</title>
<link>{SITE}/2024/08/heron/?utm_source=rss&amp;utm_medium=feed</link>
<dc:creator><![CDATA[Ida Holm]]></dc:creator><dc:creator><![CDATA[Tam O&#8217;Dell]]></dc:creator>
<pubDate>Wed, 21 Aug 2024 05:05:00 +0000</pubDate>
<category><![CDATA[Port & Harbour]]></category><category>Night Ferries</category>
<category>Columns</category><category>Uncategorized</category>
<guid isPermaLink="false">{SITE}/?p=7</guid>
<description><![CDATA[<p>Fog keeps her in &amp; the crew ashore</p>
<p>The post <a href="x">Ferry</a> appeared first on <a href="y">Tidewater</a>.</p>]]></description>
<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>
<media:content url="{SITE}/heron.jpg" medium="image"/></item>"""


def rss(*items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>T</title>{''.join(items)}</channel></rss>"
    ).encode()


def item(slug: str = "a", title: str = "A", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{SITE}/2024/08/{slug}/</link>{more}</item>"


def read(body: bytes, profile: SiteProfile, content_type: str = "application/rss+xml") -> Found:
    return read_feed(body, content_type=content_type, url=f"{SITE}/feed/", profile=profile)


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


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("euc-kr", "text/xml"),
        ("euc-kr", "text/xml; charset=utf-8"),
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-16", "text/xml"),
    ],
)
def test_another_or_a_lying_charset_is_seen_through(
    profile: SiteProfile, encoding: str, content_type: str
) -> None:
    body = rss(item(title="부산항의 안개")).decode().replace("UTF-8", encoding).encode(encoding)

    assert read(body, profile, content_type).teasers[0].headline == "부산항의 안개"


def test_characters_that_xml_forbids_do_not_cost_the_feed(profile: SiteProfile) -> None:
    found = read(rss(item(title="A\x0b\x1f")), profile)

    assert found.teasers[0].headline == "A"
    assert found.notes == ()


def test_a_feed_cut_off_is_read_as_far_as_it_goes_and_noted(profile: SiteProfile) -> None:
    found = read(rss(item(), item("b", "B"))[:-40], profile)

    assert found.teasers[0].headline == "A"
    assert found.notes[0].startswith("the XML is broken")


def test_a_feed_without_entries_is_no_fault(profile: SiteProfile) -> None:
    assert read(rss(), profile) == Found(teasers=())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!doctype html><html><body>Sorry</body></html>", "not-a-feed"),
        (b"<html><head><link type='application/rss+xml'></head><rss/></html>", "not-a-feed"),
        (b"hello", "not-a-feed"),
        (b"<sitemap><channel/></sitemap>", "not-a-feed"),
        (b"<rss version='2.0'><channel><item", "broken-feed"),
        (b"{", "broken-feed"),
        (rss("<item><title>Ad</title><link>https://ads.example/</link></item>"), "no-teasers"),
    ],
)
def test_what_is_no_feed_has_a_kind_and_a_sentence(
    profile: SiteProfile, body: bytes, kind: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(body, profile)

    assert caught.value.kind == kind
    assert str(caught.value).endswith(".")


def test_entities_do_not_grow_without_end(profile: SiteProfile) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY e0 "haha">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)
    )
    body = rss(item(title="A &e11;"), item("b", "B"), head=bomb + "]>")

    with contextlib.suppress(SourceError):
        assert all(len(teaser.headline) < 20_000 for teaser in read(body, profile).teasers)


def test_external_entities_are_not_opened(profile: SiteProfile, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret", encoding="utf-8")
    head = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'

    found = read(rss(item(title="A &x;"), head=head), profile)

    assert "secret" not in found.teasers[0].headline
