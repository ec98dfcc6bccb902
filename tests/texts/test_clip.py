"""Cleaning, measuring and cutting foreign text."""

from collections.abc import Callable

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.clip import ELLIPSIS, clean, clip, is_blank, isolated, prefix, units, width
from tests.aids.prose import prose

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(prose, st.integers(1, 400), st.sampled_from([units, width]))
def test_a_clipped_text_keeps_to_the_limit_and_whole_graphemes(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    text = clean(text)

    clipped = clip(text, limit, measure)

    assert measure(clipped) <= limit
    if clipped != text:
        kept = clipped.removesuffix(ELLIPSIS)
        ends = {0, *(grapheme.end() for grapheme in regex.finditer(r"\X", text))}
        assert clipped.endswith(ELLIPSIS)
        assert text.startswith(kept)
        assert ends & {len(kept), len(kept) + 1}


@pytest.mark.parametrize(
    ("text", "wide"), [("Ports", 5), ("항만", 4), ("港 a", 4), ("\u2713 x", 3), ("\U0001f515", 2)]
)
def test_a_letter_of_hangul_is_as_wide_as_two_latin_ones(text: str, wide: int) -> None:
    assert width(text) == wide


@given(prose, st.integers(0, 100))
def test_a_prefix_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    found = prefix(text, limit)

    assert text.startswith(found)
    assert units(found) <= limit


def test_a_cut_falls_between_words_where_one_ends_nearby() -> None:
    assert clip("three ports report fewer ships", 20) == "three ports report" + ELLIPSIS


def test_a_cut_right_behind_a_word_keeps_the_word() -> None:
    assert clip("three ports report fewer", 19) == "three ports report" + ELLIPSIS


def test_a_word_that_fills_the_text_is_cut_in_itself() -> None:
    assert clip("a" * 50, 10) == "a" * 9 + ELLIPSIS


def test_a_family_is_not_torn_apart() -> None:
    assert clip(f"ab{FAMILY}cdefgh", 9) == "ab" + ELLIPSIS


@given(prose)
def test_clean_text_is_one_line_without_controls_or_surrogates(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == " ".join(cleaned.split())
    assert not regex.search(r"[\p{Cc}\p{Cs}]", cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \u200b\u00a0", True),
        ("\u3164", True),
        ("\u0301", True),
        ("a\u200b", False),
        ("\U0001f600", False),
    ],
)
def test_text_that_shows_nothing_is_blank(text: str, *, blank: bool) -> None:
    assert is_blank(text) is blank


def test_right_to_left_text_is_kept_apart_and_other_text_left_alone() -> None:
    assert isolated("\u05e9\u05dc\u05d5\u05dd") == "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
    assert isolated("Harbour") == "Harbour"
