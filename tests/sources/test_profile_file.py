from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.sources.profile import SiteProfile
from bot.sources.profile_file import advice, bundled_profiles, load_profile, parse_profile


def faults_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        parse_profile(text.encode(), "site.toml")
    return caught.value.faults


@pytest.mark.parametrize("name", sorted(bundled_profiles()))
def test_every_bundled_profile_is_right_and_polite(name: str) -> None:
    profile = load_profile(name)

    assert advice(profile) == ()
    assert all(section.description for section in profile.sections)


def test_nk_news_is_bundled_with_its_main_sections() -> None:
    profile = load_profile("nknews")

    assert profile.is_article("https://www.nknews.org/2021/09/some-story/")
    assert profile.is_article("https://www.nknews.org/pro/some-story/")
    assert not profile.is_article("https://www.nknews.org/tag/foreign-relations/")
    assert profile.section("foreign-relations") is not None
    assert {"nk-pro", "column"} <= {part.key for part in profile.labels}


def test_a_profile_is_read_from_a_file(tmp_path: Path, profile_text: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(profile_text, encoding="utf-8")

    profile = load_profile(str(file))

    assert profile.name == "Tidewater Post"
    assert str(profile.zone) == "Asia/Seoul"
    assert [profile.interval(source) for source in profile.sources] == [
        timedelta(minutes=5),
        timedelta(minutes=15),
    ]
    assert [topic.name for topic in profile.topics] == ["Harbour", "Weather", "TIDE PRO", "COLUMN"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nknew", "did you mean 'nknews'?"),
        ("", "no site of this name"),
        ("no/such/file.toml", "No such file"),
        (".", "directory"),
    ],
)
def test_a_profile_that_is_not_there_is_told(name: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        load_profile(name)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Tidewater Post"', 'name = ""', "name: must not be empty"),
        ('name = "Tidewater Post"', "", "name: is missing"),
        ('name = "Tidewater Post"', "name = 3", "name: must be text, in quotes"),
        (
            'url = "https://www.tidewater.example/"',
            'url = "tidewater.example"',
            (
                "url: 'tidewater.example' is no web address: write it in full,"
                " with https:// or http://"
            ),
        ),
        (
            '"Asia/Seoul"',
            '"Asia/Soul"',
            "timezone: 'Asia/Soul' is no time zone: did you mean 'Asia/Seoul'?",
        ),
        (
            '"Asia/Seoul"',
            '"../x"',
            "timezone: '../x' is no time zone: write an IANA name such as 'Asia/Seoul'",
        ),
        (
            "article_url = '^https",
            "article_url = 'https",
            "article_url: must describe the whole address: begin it with ^ and end it with $",
        ),
        (
            "url = '/pro/'",
            "url = '(pro'",
            (
                "labels[0].url: '(pro' is no regular expression: missing ), unterminated subpattern"
                " at position 0"
            ),
        ),
        (
            "url = '/pro/'",
            "url = 3",
            "labels[0].url: 3 is no regular expression: write text in single quotes",
        ),
        (
            '"15m"',
            '"a while"',
            (
                "sources[1].poll_interval: 'a while' is no duration: write a whole number and s, m,"
                " h, d or w, such as 90s, 5m, 24h or 30d"
            ),
        ),
        (
            'poll_interval = "15m"',
            'least_interval = "6m"',
            "sources[1].least_interval: 6m is longer than its poll_interval, 5m",
        ),
        ('"15m"', '"0s"', "sources[1].poll_interval: '0s' is too short: at least 1s"),
        (
            '"15m"',
            "15",
            'sources[1].poll_interval: 15 is no duration: write text such as "5m"',
        ),
        (
            "poll_interval",
            "pol_interval",
            "sources[1].pol_interval: is no known key; did you mean 'poll_interval'?",
        ),
        (
            'kind = "feed"',
            'kind = "rss"',
            "sources[0].kind: 'rss' must be 'feed', 'page' or 'wordpress'",
        ),
        (
            'key = "harbour"',
            'key = "The Harbour"',
            (
                "sections[0].key: 'The Harbour' is no key: lower-case words joined by hyphens,"
                " such as 'the-harbour'"
            ),
        ),
        (
            'section = "harbour"',
            'section = "harbor"',
            "sources[1].section: there is no section 'harbor'; did you mean 'harbour'?",
        ),
        (
            'section = "harbour"',
            'section = "zzz"',
            "sources[1].section: there is no section 'zzz'; known are: harbour, weather",
        ),
        (
            'key = "weather"',
            'key = "harbour"',
            "sections[1].key: 'harbour' is that of sections[0] already",
        ),
        (
            'name = "Weather"',
            'name = "Weather"\nterms = "Harbour"',
            "sections[1].terms: 'Harbour' means 'harbour' already",
        ),
        (
            "https://www.tidewater.example/tag/harbour/",
            "https://www.tidewater.example/feed/",
            "sources[1].url: 'https://www.tidewater.example/feed/' is that of sources[0] already",
        ),
        (
            'kind = "feed"',
            'kind = "feed"\nselectors = {dek = "p"}',
            "sources[0].selectors: only a source of kind 'page' has selectors",
        ),
        (
            'section = "harbour"',
            'selectors = {dek = "p[["}',
            "sources[1].selectors.dek: 'p[[' is no CSS selector",
        ),
        (
            'section = "harbour"',
            'selectors = "p"',
            "sources[1].selectors: must be a table: write it as [sources.selectors]",
        ),
        (
            'name = "Tidewater Post"',
            'name = "T"\nlanguage = "English"',
            "language: 'English' is no language tag: write one such as 'en'",
        ),
    ],
)
def test_a_fault_names_file_and_key_and_what_would_be_right(
    profile_text: str, old: str, new: str, fault: str
) -> None:
    assert faults_of(profile_text.replace(old, new)) == (f"site.toml: {fault}",)


def test_all_faults_are_told_at_once(profile_text: str) -> None:
    text = profile_text.replace("Asia/Seoul", "Nowhere").replace('"15m"', '"x"')

    assert len(faults_of(text)) == 2


def test_a_profile_without_sources_is_refused(profile_text: str) -> None:
    text = profile_text[: profile_text.index("[[sources]]")]

    assert faults_of(text) == (
        (
            "site.toml: sources: there is none to read; give at least one [[sources]] with kind and"
            " url"
        ),
    )


def test_sections_must_be_tables(profile_text: str) -> None:
    text = 'sections = "Harbour"\n' + profile_text[: profile_text.index("[[sections]]")]

    assert faults_of(text) == ("site.toml: sections: must be a table: write it as [[sections]]",)


def test_what_is_no_toml_is_told_with_its_place() -> None:
    (fault,) = faults_of("name = \nx = 1")

    assert fault.startswith("site.toml: this is no TOML")
    assert "line 1" in fault


def test_what_is_no_utf_8_is_told_with_its_place() -> None:
    with pytest.raises(ConfigurationError, match="byte 1 is no UTF-8"):
        parse_profile(b"#\xff", "site.toml")


def test_haste_and_pages_without_a_section_are_advised_against(profile_text: str) -> None:
    text = profile_text.replace('"15m"', '"2s"').replace('section = "harbour"', "")

    hasty, sectionless = advice(parse_profile(text.encode(), "site.toml"))

    assert "is read every 2s" in hasty
    assert "without a section" in sectionless


def test_an_interval_that_overrides_the_profiles_is_what_is_judged(profile_text: str) -> None:
    hasty = parse_profile(profile_text.replace('"15m"', '"2s"').encode(), "site.toml")

    assert advice(hasty, timedelta(minutes=5)) == ()
    (told,) = advice(hasty, timedelta(seconds=20))
    assert told.startswith("DEKBOT_POLL_INTERVAL: every source is read every 20s:")


def test_the_least_interval_is_the_sources_own_or_the_profiles(profile_text: str) -> None:
    text = profile_text.replace('"15m"', '"15m"\nleast_interval = "20s"')
    profile = parse_profile(text.replace("url =", 'least_interval = "2m"\nurl =', 1).encode(), "x")

    assert [profile.least(one) for one in profile.sources] == [
        timedelta(minutes=2),
        timedelta(seconds=20),
    ]
    (hasty,) = advice(profile)
    assert "is read every 20s" in hasty


def test_a_made_profile_takes_ready_values(profile: SiteProfile) -> None:
    again = SiteProfile.model_validate(profile.model_dump())

    assert again == profile
