import contextlib
from pathlib import Path

import pytest

from bot.domain.errors import SourceError
from bot.sources.found import Found
from bot.sources.profile import SiteProfile
from tests.aids.feeds import item, read, rss


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


@pytest.mark.parametrize(
    "name",
    ["links", "tags", "authors", "media_content", "media_thumbnail", "summary_detail", "author",
     "title_detail", "published_parsed", "content", "enclosures"],
)  # fmt: skip
def test_an_element_named_like_a_part_of_the_parser_costs_no_entry(
    profile: SiteProfile, name: str
) -> None:
    """Found by fuzzing."""
    found = read(rss(item(more=f"<{name}>x</{name}>"), item("b", "B")), profile)

    assert [teaser.headline for teaser in found.teasers] == ["A", "B"]
