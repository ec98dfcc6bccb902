import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.errors import SourceError
from bot.sources.feed import read_feed
from bot.sources.profile import SiteProfile
from bot.sources.wordpress import read_posts

SITE = "https://www.tidewater.example"


def json_feed(*items: Any, **more: Any) -> bytes:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items, **more}
    return json.dumps(feed).encode()


def post(**changes: Any) -> dict[str, Any]:
    return {
        "link": f"{SITE}/2024/08/heron/",
        "date": "2024-08-21T14:05:00",
        "date_gmt": "2024-08-21T05:05:00",
        "title": {"rendered": "Ferry &#8216;Heron&#8217; waits"},
        "excerpt": {"rendered": "<p>Fog &amp; no wind [&hellip;]</p>\n"},
        "_embedded": {
            "author": [{"name": "Ida Holm"}],
            "wp:term": [
                [{"name": "Port &amp; Harbour", "taxonomy": "category"}],
                [{"name": "Columns", "taxonomy": "post_tag"}],
                [{"name": "hidden", "taxonomy": "post_format"}],
            ],
            "wp:featuredmedia": [{"source_url": "/heron.jpg"}],
        },
        **changes,
    }


def posts(*values: Any) -> bytes:
    return json.dumps(values).encode()


def test_a_json_feed_is_read(profile: SiteProfile) -> None:
    body = json_feed(
        {
            "id": "1",
            "url": f"{SITE}/pro/heron/",
            "title": "Ferry waits",
            "summary": "Fog & no wind",
            "content_html": "<p>The whole text</p>",
            "date_published": "2024-08-21T14:05:00+09:00",
            "authors": [{"name": "Ida Holm"}, {"name": "Tam Dell"}],
            "tags": ["Harbour", 3],
            "image": f"{SITE}/heron.jpg",
        }
    )

    (teaser,) = read_feed(body, content_type="application/json", url=SITE, profile=profile).teasers

    assert (teaser.headline, teaser.dek) == ("Ferry waits", "Fog & no wind")
    assert [topic.key for topic in teaser.topics] == ["harbour", "tide-pro", "ida-holm", "tam-dell"]
    assert teaser.picture == f"{SITE}/heron.jpg"
    assert teaser.published is not None
    assert teaser.published.at == datetime(2024, 8, 21, 5, 5, tzinfo=UTC)


def test_version_1_has_one_author_and_the_feeds_own_stands_in(profile: SiteProfile) -> None:
    body = json_feed(
        {"url": f"{SITE}/2024/08/a/", "title": "A", "author": {"name": "Tam Dell"}},
        {"id": f"{SITE}/2024/08/b/", "title": "B"},
        {"url": f"{SITE}/about/", "title": "C"},
        {"url": f"{SITE}/2024/08/d/", "title": None},
        "nonsense",
        author={"name": "The Desk"},
    )

    found = read_feed(body, content_type="", url=SITE, profile=profile)

    assert [teaser.authors[0].name for teaser in found.teasers] == ["Tam Dell", "The Desk"]
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"items": []}', "not-a-feed"),
        (b'{"version": "https://jsonfeed.org/version/1"', "broken-feed"),
        (b'{"a":' * 100_000, "broken-feed"),
    ],
)
def test_json_that_is_no_feed_is_told(profile: SiteProfile, body: bytes, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_feed(body, content_type="", url=SITE, profile=profile)

    assert caught.value.kind == kind


def test_a_post_is_read_in_full(profile: SiteProfile) -> None:
    (teaser,) = read_posts(posts(post()), content_type="", url=SITE, profile=profile).teasers

    assert teaser.url == f"{SITE}/2024/08/heron/"
    assert (teaser.headline, teaser.dek) == ("Ferry ‘Heron’ waits", "Fog & no wind…")
    assert [topic.key for topic in teaser.topics] == ["harbour", "column", "ida-holm"]
    assert teaser.picture == f"{SITE}/heron.jpg"
    assert teaser.published is not None
    assert teaser.published.at == datetime(2024, 8, 21, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "changes",
    [
        {"coauthors": [{"display_name": "Ida Holm"}, {"display_name": "Tam Dell"}]},
        {"authors": [{"name": "Ida Holm"}, {"name": "Tam Dell"}]},
        {
            "_embedded": {
                "author": [{"name": "Ida Holm"}],
                "wp:term": [
                    [
                        {"name": "Ida Holm", "taxonomy": "author"},
                        {"name": "Tam Dell", "taxonomy": "author"},
                    ]
                ],
            }
        },
        {"_embedded": {"author": [{"name": "Ida Holm"}, {"code": "x"}, {"name": "Tam Dell"}]}},
    ],
)
def test_all_authors_of_a_post_are_found(profile: SiteProfile, changes: dict[str, Any]) -> None:
    (teaser,) = read_posts(
        posts(post(**changes)), content_type="", url=SITE, profile=profile
    ).teasers

    assert [author.name for author in teaser.authors] == ["Ida Holm", "Tam Dell"]
    assert "ida-holm" not in [section.key for section in teaser.sections]


def test_the_sites_own_time_stands_in_for_a_missing_one(profile: SiteProfile) -> None:
    body = posts(post(date_gmt="0000-00-00T00:00:00"))

    (teaser,) = read_posts(body, content_type="", url=SITE, profile=profile).teasers

    assert teaser.published is not None
    assert teaser.published.at == datetime(2024, 8, 21, 5, 5, tzinfo=UTC)


def test_bare_posts_are_read_and_others_noted(profile: SiteProfile) -> None:
    bare = {"link": f"{SITE}/2024/08/a/", "title": "A", "_embedded": [], "excerpt": 3}
    body = posts(bare, {"link": f"{SITE}/about/", "title": "B"}, post(title=None), 7)

    found = read_posts(body, content_type="", url=SITE, profile=profile)

    assert [(each.headline, each.dek, each.published) for each in found.teasers] == [
        ("A", "", None)
    ]
    assert found.notes == ("1 x a post whose link is no article's", "1 x a post without title")


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"", "empty", "sent nothing"),
        (b"<html>", "not-posts", "not JSON"),
        (b"[", "broken-json", "broken JSON"),
        (b'{"code":"rest_no_route","message":"No route was found"}', "not-posts", "No route"),
        (b"{}", "not-posts", "a JSON object"),
        (posts({"link": "https://ads.example/"}), "no-teasers", "1 x"),
    ],
)
def test_what_is_no_list_of_posts_is_told(
    profile: SiteProfile, body: bytes, kind: str, told: str
) -> None:
    with pytest.raises(SourceError, match=told) as caught:
        read_posts(body, content_type="application/json", url=SITE, profile=profile)

    assert caught.value.kind == kind
