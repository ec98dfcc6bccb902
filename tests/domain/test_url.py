import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.url import clean_url, url_key

SPELLINGS = [
    "https://www.example.org/2026/03/a-b/",
    "http://www.example.org/2026/03/a-b/",
    "https://example.org/2026/03/a-b",
    "https://EXAMPLE.org:443/2026/03/a-b/",
    "https://www.example.org/2026/03/a-b/amp/",
    "https://amp.example.org/2026/03/a-b/",
    "https://www.example.org/2026/03/a-b/?amp",
    "https://www.example.org/2026/03/a-b/?utm_source=rss&utm_medium=feed&fbclid=1",
    "https://www.example.org/2026/03/a-b/#comments",
    " https://www.example.org/2026/03/%61-b/ ",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_every_spelling_of_an_address_has_one_key(url: str) -> None:
    assert url_key(url) == "example.org/2026/03/a-b"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2026/03/a-c/",  # another slug
        "https://example.org/?p=7",  # WordPress' short form is told apart by its number
        "https://example.com/2026/03/a-b/",  # another site
        "https://example.org:8443/2026/03/a-b/",  # another server
    ],
)
def test_other_articles_have_other_keys(url: str) -> None:
    assert url_key(url) != "example.org/2026/03/a-b"


def test_readers_get_the_address_without_what_tracks_them() -> None:
    cleaned = clean_url("https://www.example.org/a/?utm_source=x&page=2#top")

    assert cleaned == "https://www.example.org/a/?page=2"


def test_a_host_that_is_only_www_keeps_it() -> None:
    assert url_key("https://www.org/a") == "www.org/a"


@pytest.mark.parametrize(
    "url",
    ["", "/a", "ftp://example.org/a", "javascript:alert(1)", "https://", "https://[::1", "x:y"],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        clean_url(url)


@given(st.text(), st.text())
def test_cleaning_is_done_after_one_go(path: str, query: str) -> None:
    try:
        once = clean_url(f"https://example.org/{path}?{query}")
    except ValueError:
        return

    assert clean_url(once) == once
    assert url_key(once) == url_key(f"https://example.org/{path}?{query}")
