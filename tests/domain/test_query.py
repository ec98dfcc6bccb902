from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.query import Carries, Document, Fault, Phrase, Prefix, Query, answers, document
from bot.domain.query_parser import parse_query
from bot.domain.topic import TopicKind, author, label, section

SEOUL = ZoneInfo("Asia/Seoul")
TOPICS = (section("Foreign Relations"), label("NK PRO"), author("Chad O'Carroll"))
PUBLISHED = datetime(2024, 2, 10, tzinfo=UTC)
FOUND = document(
    "Sanctions won’t stop the Déjà-vu trade",
    "Kim Yo Jong warns of denuclearization talks",
    TOPICS,
    PUBLISHED,
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanction", True),  # another inflection
        ("SANCTIONS trade", True),  # all words, any case
        ("sanctions embargo", False),  # one is missing
        ("deja", True),  # without accents
        ('"kim yo jong"', True),
        ("“kim yo jong”", True),  # as phones type quotes
        ('"yo kim"', False),  # the order counts
        ('"trade kim"', False),  # a phrase does not reach from the headline into the dek
        ("kim-yo", True),  # joined words are a phrase
        ("denucl*", True),
        ("denuclearizat*", True),  # longer than the stem
        ("denuclearized*", False),
        ("-embargo", True),
        ("-sanctions", False),
        ("embargo OR trade", True),
        ("embargo | ban", False),
        ("sanctions embargo OR trade", True),  # OR joins only its neighbours
        ("embargo OR -missile", True),
        ("section:foreign-relations", True),
        ('section:"Foreign Relations" -label:nkpro', True),  # a key is a slug: nk-pro
        ('label:"NK PRO"', True),
        ("-label:nk-pro", False),
        ('author:"Chad O\'Carroll"', True),
        ("AUTHOR:chad-ocarroll", True),
        ("section:economy OR label:nk-pro", True),
        ("after:2024-01-31", True),
        ("after:2024-02", False),  # when all of February is over
        ("before:2024-03", True),
        ("before:2024-02-10", False),
        ("after:2023 before:2025", True),
        ("-before:2024", True),
    ],
)
def test_a_query_means_what_the_grammar_says(query: str, *, expected: bool) -> None:
    parsed = parse_query(query, SEOUL)

    assert parsed.problems == ()
    assert answers(parsed, FOUND) is expected


def test_a_day_is_a_day_of_the_site() -> None:
    late = document("x", "", (), datetime(2024, 3, 1, 14, 59, tzinfo=UTC))  # 23:59 in Seoul

    assert not answers(parse_query("after:2024-03-01", SEOUL), late)
    assert answers(parse_query("after:2024-03-01", UTC), late) is False
    assert answers(parse_query("before:2024-03-02", SEOUL), late)
    assert answers(parse_query("after:2024-02", SEOUL), late)


@pytest.mark.parametrize(
    "text", ["after:soon", "before:2024-13", "after:0000", "before:2024-02-30"]
)
def test_a_date_that_is_none_is_told_and_left_out(text: str) -> None:
    parsed = parse_query(f"trade {text}", SEOUL)

    assert [(problem.fault, problem.part) for problem in parsed.problems] == [(Fault.NO_DATE, text)]
    assert answers(parsed, FOUND)


@pytest.mark.parametrize("text", ["", "  ", "-", "OR", "( )", '""', "… – !", "OR OR |"])
def test_what_holds_no_word_asks_nothing(text: str) -> None:
    assert parse_query(text, SEOUL) == Query()


def test_a_query_of_a_thousand_words_is_cut_and_the_reader_told() -> None:
    parsed = parse_query(" ".join(f"w{n}" for n in range(1000)), SEOUL)

    assert len(parsed.groups) == 64
    assert [problem.fault for problem in parsed.problems] == [Fault.TOO_LONG]


def test_terms_are_read_as_values() -> None:
    parsed = parse_query("Kim-Yo nuc* label:COLUMN", SEOUL)

    terms = [literal.term for group in parsed.groups for literal in group]
    assert terms == [
        Phrase(("kim", "yo")),
        Prefix("nuc"),
        Carries(TopicKind.LABEL, "column"),
    ]


@given(st.text(), st.text(), st.text())
def test_no_text_whatever_makes_a_query_raise(query: str, headline: str, dek: str) -> None:
    found: Document = document(headline, dek, TOPICS, PUBLISHED)

    assert answers(parse_query(query, SEOUL), found) in (True, False)


#: What the grammar is made of: put together by chance, it gets further than noise does.
PIECES = st.sampled_from(
    ["sanctions", " ", '"', "“", "”", "-", "*", " OR ", "|", "(", ")", ":", "section:", 'author:"',
     "label:nk-pro", "after:2024-01", "before:", "2024-02-30", "김여정", "\u202e", "\u0301", "＊"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_mixture_of_its_own_parts_makes_a_query_raise(query: str) -> None:
    assert answers(parse_query(query, SEOUL), FOUND) in (True, False)


@given(st.from_regex(r"[a-z]{1,12}( [a-z]{1,12}){0,4}", fullmatch=True))
def test_every_article_is_found_by_its_own_headline(headline: str) -> None:
    found = document(headline, "", (), PUBLISHED)
    quoted = parse_query(f'"{headline}"', SEOUL)
    negated = parse_query(f'-"{headline}"', SEOUL)

    assert answers(quoted, found)
    assert not answers(negated, found)
