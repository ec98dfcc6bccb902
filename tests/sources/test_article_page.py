from datetime import UTC, datetime

import pytest
from multidict import CIMultiDict

from bot.domain.errors import SourceError
from bot.domain.reading import Validators
from bot.sources.article_page import read_article
from bot.sources.fetched import Fetched
from bot.sources.profile import SiteProfile

PROFILE = SiteProfile.model_validate(
    {
        "name": "Peninsula Wire",
        "url": "https://www.example.org/",
        "timezone": "Asia/Seoul",
        "article_url": r"^https://www\.example\.org/(pro/[a-z0-9-]+|\d{4}/\d{2}/[a-z0-9-]+)/?$",
        "sections": [{"key": "economy", "name": "Economy"}],
        "labels": [{"key": "nk-pro", "name": "NK PRO", "url": "/pro/"}],
    }
)


def page(head: str, url: str = "https://www.example.org/pro/cranes/") -> Fetched:
    return Fetched(
        body=f"<html><head>{head}</head><body><p>Nobody's business</p></body></html>".encode(),
        content_type="text/html; charset=utf-8",
        url=url,
        validators=Validators(),
        headers=CIMultiDict(),
    )


def test_the_head_of_an_articles_page_tells_all_that_an_alert_needs() -> None:
    told = read_article(
        page(
            """
            <meta property="og:title" content="Cranes &amp; ‘ships’ stand idle | Peninsula Wire">
            <meta property="og:description" content="Three ports report less">
            <meta name="author" content="Ada Lindqvist and Beom O'Neill">
            <meta property="article:section" content="Economy">
            <meta property="article:published_time" content="2026-03-04T05:06:07+00:00">
            <meta property="og:image" content="/crane.jpg">
            """
        ),
        PROFILE,
    )

    assert told.headline == "Cranes & ‘ships’ stand idle"
    assert told.dek == "Three ports report less"
    assert [topic.key for topic in told.topics] == [
        "economy",
        "nk-pro",
        "ada-lindqvist",
        "beom-oneill",
    ]
    assert told.published is not None
    assert told.published.at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert told.picture == "https://www.example.org/crane.jpg"


def test_a_bare_title_is_enough() -> None:
    told = read_article(page("<title>Cranes stand idle</title>"), PROFILE)

    assert (told.headline, told.dek, told.published) == ("Cranes stand idle", "", None)


@pytest.mark.parametrize(
    "fetched",
    [page(""), page("<title>Home</title>", url="https://www.example.org/about/")],
    ids=["no headline", "moved to what is no article"],
)
def test_a_page_that_is_no_article_is_a_fault_that_names_it(fetched: Fetched) -> None:
    with pytest.raises(SourceError, match=fetched.url):
        read_article(fetched, PROFILE)
