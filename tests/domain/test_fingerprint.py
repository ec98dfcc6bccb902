import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fingerprint import as_written, fingerprint, form
from bot.domain.words import stems


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Envoy meets Ryu Han in Unpo", [{"ryu", "han"}, {"unpo"}]),
        ("Ryu Han meets envoy", [{"ryu", "han"}]),
        ("UNICEF sends doses", [{"unicef"}]),
        ("Doses sent. Nurses wait for more", []),
        ("Every Word Has Its Capital Here", []),  # capitals say nothing
        ("‘Neither thaw nor freeze’", []),
        ("", []),
    ],
)
def test_names_are_words_with_capitals_inside_sentences(text: str, names: list[set[str]]) -> None:
    assert [set(name) for name in fingerprint(text, "").names] == names


def test_numbers_and_words_of_any_news_are_no_terms() -> None:
    assert fingerprint("Official says 212 were aboard in 2026", "").terms == {"aboard"}


def test_only_the_headline_dates_an_article_by_its_months() -> None:
    assert fingerprint("Trade in January", "Up since March").months == {"january"}
    assert fingerprint("Trade may fall", "").months == set()


PODCAST = ("Peninsula Podcast: Life after coal – Episode 7", "Host Jo Smitha talks with a miner")
NEXT = ("Peninsula Podcast: A dam too far – Episode 12", "Host Jo Smitha talks with an engineer")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (PODCAST, NEXT, "peninsula podcast episode host jo smitha talks with"),
        (("Dam leaks: Seoul", ""), ("Envoy leaves: Seoul", ""), "seoul"),
        (("Unpo ferry | Photos", "On deck"), ("Photos", "On deck"), ""),  # one part is no series
        (("Unpo ferry sinks", "On deck"), ("Unpo ferry raised", "On deck"), ""),
        (("A: 7", ""), ("B: 7", ""), ""),  # a number is no name
        (("Ferry-borne unit", ""), ("Train-borne unit", ""), ""),  # a hyphen parts nothing
    ],
)
def test_a_series_is_told_by_the_parts_of_its_headlines(
    one: tuple[str, str], other: tuple[str, str], shared: str
) -> None:
    found = form(fingerprint(*one), fingerprint(*other))

    assert found == form(fingerprint(*other), fingerprint(*one)) == set(stems(shared))


def test_terms_are_shown_as_the_article_writes_them() -> None:
    terms = fingerprint("Toppled destroyers at Ch'ong-song pier", "").terms
    text = "Destroyer of Ch'ong-song, toppled, is upright; destroyers float"

    assert as_written(["destroy", "song", "toppl", "pier"], text) == [
        "Destroyer",
        "Ch'ong-song",
        "toppled",
    ]
    assert {"destroy", "song", "toppl", "pier"} <= terms


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_terms_can_be_shown_each_word_once(headline: str, dek: str) -> None:
    terms = sorted(fingerprint(headline, dek).terms)
    shown = as_written(terms, f"{headline} {dek}")

    assert len(shown) == len(set(shown)) <= len(terms)
    assert all(word in f"{headline} {dek}" for word in shown)
