import pytest

from bot.sources.profile import SiteProfile

PLAIN_URL = "https://tidewater.example/2024/08/ships/"


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        (["Harbour"], ["harbour"]),
        (["PORT AND HARBOUR"], ["port-and-harbour"]),
        (["port  &  harbour"], ["harbour"]),
        (["Fisheries", "Harbour", "fisheries"], ["fisheries", "harbour"]),
        (["Uncategorized", "uncategorized"], []),
        (["Columns", "Tide Pro"], []),
        (["", "!?", "x" * 61], []),
        (["어업"], ["어업"]),
    ],
)
def test_terms_mean_sections(profile: SiteProfile, terms: list[str], keys: list[str]) -> None:
    assert [topic.key for topic in profile.vocabulary.sections_for(terms)] == keys


def test_a_found_section_keeps_the_first_spelling(profile: SiteProfile) -> None:
    (found,) = profile.vocabulary.sections_for(["Night Ferries", "night ferries"])

    assert found.name == "Night Ferries"


def test_a_configured_section_brings_its_name_and_description(profile: SiteProfile) -> None:
    (found,) = profile.vocabulary.sections_for(["Port & Harbour"])

    assert (found.name, found.description) == ("Harbour", "Ships and those who wait for them")


@pytest.mark.parametrize(
    ("url", "terms", "badges", "keys"),
    [
        (PLAIN_URL, [], [], []),
        ("https://tidewater.example/pro/ships/", [], [], ["tide-pro"]),
        (PLAIN_URL, ["tide pro"], [], ["tide-pro"]),
        (PLAIN_URL, [], ["Our Column"], ["column"]),
        (PLAIN_URL, ["Columns"], ["TIDE PRO"], ["tide-pro", "column"]),
        (PLAIN_URL, ["Our Column"], ["Columns"], []),
    ],
)
def test_address_terms_and_badges_mark_labels(
    profile: SiteProfile, url: str, terms: list[str], badges: list[str], keys: list[str]
) -> None:
    found = profile.vocabulary.labels_for(url, terms, badges)

    assert [topic.key for topic in found] == keys


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://tidewater.example/2024/08/ships", "http://tidewater.example/2024/08/ships"),
        (PLAIN_URL + "?utm_source=rss#top", PLAIN_URL),
        (PLAIN_URL + "amp/", PLAIN_URL),
        ("https://tidewater.example/tag/harbour/", None),
        ("https://elsewhere.example/2024/08/ships/", None),
        ("mailto:desk@tidewater.example", None),
        ("https://[", None),
    ],
)
def test_an_articles_address_is_told_from_others(
    profile: SiteProfile, url: str, address: str | None
) -> None:
    assert profile.article_address(url) == address
    assert profile.is_article(url) == (address is not None)
