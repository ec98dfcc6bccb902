import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.porter import stem
from bot.domain.topic import fold, slug
from bot.domain.words import inflected, stems, words

#: The two words on which SQLite's stemmer and the paper differ.
_DIFFERING = {"eed", "ies"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sanctions", "sanction"),
        ("sanctioned", "sanction"),
        ("denuclearization", "denuclear"),
        ("relational", "relat"),
        ("hopping", "hop"),
        ("falling", "fall"),
        ("happy", "happi"),
        ("agreed", "agre"),
        ("yearly", "yearli"),
        ("controlling", "control"),
        ("us", "us"),  # shorter words stay
        ("김여정", "김여정"),  # other scripts stay
        ("covid19", "covid19"),  # digits stay
    ],
)
def test_words_are_stemmed_as_porter_says(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(st.lists(st.from_regex(r"[a-z]{1,14}", fullmatch=True), min_size=1, max_size=30))
def test_english_stems_are_those_of_sqlites_own_stemmer(typed: list[str]) -> None:
    """The index could have used `porter unicode61`; for English nothing is lost by not doing so."""
    typed = [word for word in typed if word not in _DIFFERING]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
        connection.execute("INSERT INTO t VALUES (?)", [" ".join(typed)])
        theirs = {term for (term,) in connection.execute("SELECT term FROM v")}

    assert {stem(word) for word in typed} == theirs


def test_words_are_runs_of_letters_and_digits_without_case_and_accents() -> None:
    assert words("Déjà-vu: O'Neill’s “$5bn” plan_B, 김여정!") == [
        "deja", "vu", "o", "neill", "s", "5bn", "plan", "b", "김여정",
    ]  # fmt: skip


def test_only_inflected_words_are_listed_beside_their_stems() -> None:
    assert inflected("Talks stall, talks resume") == ["talks", "resume"]
    assert stems("Talks stall, talks resume") == ["talk", "stall", "talk", "resum"]


@given(st.text())
def test_folding_and_slugs_are_done_after_one_go(text: str) -> None:
    assert slug(slug(text)) == slug(text)
    assert words(" ".join(words(text))) == words(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Chad O'Carroll", "chad-ocarroll"),
        ("Chad O’Carroll", "chad-ocarroll"),
        ("US-DPRK  Relations", "us-dprk-relations"),
        ("Nuclear & Missiles", "nuclear-missiles"),
        ("Kim Jong-un / 김정은", "kim-jong-un-김정은"),
        ("…", ""),
    ],
)
def test_a_slug_is_what_wordpress_makes_of_a_name(name: str, key: str) -> None:
    assert slug(name) == key
