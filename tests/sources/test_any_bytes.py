"""Whatever a server sends, a reader reads it or says what is wrong with it."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import SourceError
from bot.sources.feed import read_feed
from bot.sources.found import Found
from bot.sources.page import read_page
from bot.sources.profile_file import parse_profile
from bot.sources.saved import read_saved
from bot.sources.wordpress import read_posts
from tests.aids.examples import examples

SITE = "https://www.tidewater.example"
PROFILE = parse_profile(
    rf"""
name = "T"
url = "{SITE}/"
article_url = '^https?://(www\.)?tidewater\.example/\d{{4}}/\d{{2}}/[a-z0-9-]+/?$'
[[sources]]
kind = "feed"
url = "{SITE}/feed/"
""".encode(),
    "t.toml",
)
LINK = f"{SITE}/2024/08/a/"

#: Scraps of the formats: put together by chance, they get further into a reader than noise does.
SCRAPS = st.sampled_from(
    [
        b'<?xml version="1.0" encoding="utf-16"?>',
        b'<rss version="2.0"><channel>',
        b"<item>",
        b"<title>T</title>",
        b"<link>" + LINK.encode() + b"</link>",
        b"</item>",
        b"<links>x</links><tags/><authors>y</authors>",
        b"</channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>',
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;&#0;&#xD800;&nbsp;",
        b"<pubDate>Mon, 99 Foo 0000</pubDate>",
        b"<![CDATA[",
        b"]]>",
        b"<a href='" + LINK.encode() + b"'>",
        b"<a href='http://[::1'>",
        b"</a>",
        b"<div>",
        b"</div>",
        b"<time datetime='9999-12-31T23:59:59-12:00'>",
        b"<img srcset=',' alt='x'>",
        b"Ida Holm May 1, 2024",
        b"<noscript><table><select>",
        b'{"version":"https://jsonfeed.org/version/1","items":[',
        b'[{"link":"' + LINK.encode() + b'","title":{"rendered":"x\\ud800"},"date":"1-1-1"}',
        b"]}",
        b"]",
        b"\x00\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)
BODIES = st.one_of(st.binary(max_size=200), st.lists(SCRAPS, max_size=14).map(b"".join))
Read = Callable[[bytes], Found]


@pytest.mark.parametrize(
    "read",
    [
        lambda body: read_feed(body, content_type="", url=SITE, profile=PROFILE),
        lambda body: read_page(body, content_type="", url=SITE, profile=PROFILE),
        lambda body: read_posts(body, content_type="", url=SITE, profile=PROFILE),
        lambda body: read_saved(body, profile=PROFILE),
    ],
    ids=["feed", "page", "posts", "saved"],
)
@settings(max_examples=examples(75))
@given(body=BODIES)
def test_nothing_but_a_source_error_is_raised(read: Read, body: bytes) -> None:
    with contextlib.suppress(SourceError):
        assert all(teaser.headline and teaser.url for teaser in read(body).teasers)
