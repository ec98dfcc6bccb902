import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.naming import find_topics
from bot.domain.topic import author, label, section

TOPICS = [
    section("Foreign Relations"),
    section("Nuclear & Missiles"),
    section("Opinion"),
    label("OPINION"),
    label("NK PRO"),
    author("Chad O'Carroll"),
    author("Zoë Ångström"),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("foreign relations", ["Foreign Relations"]),
        ("FOREIGN-RELATIONS", ["Foreign Relations"]),
        ("nkpro", ["NK PRO"]),
        ("zoe angstrom", ["Zoë Ångström"]),
        ("chad ocarroll", ["Chad O'Carroll"]),
        ("author: Chad O’Carroll", ["Chad O'Carroll"]),
        ("opinion", ["Opinion", "OPINION"]),  # ambiguous: both are told
        ("label:opinion", ["OPINION"]),
        ("nuclear and missiles", []),
    ],
)
def test_names_are_matched_leniently(typed: str, names: list[str]) -> None:
    (named,) = find_topics(typed, TOPICS)

    assert [topic.name for topic in named.topics] == names


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("foriegn relation", "Foreign Relations"),
        ("missiles", "Nuclear & Missiles"),
        ("o'caroll", "Chad O'Carroll"),
        ("relations", "Foreign Relations"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(typed: str, suggested: str) -> None:
    (named,) = find_topics(typed, TOPICS)

    assert named.topics == ()
    assert suggested in [topic.name for topic in named.suggestions]


def test_commas_part_names() -> None:
    found = find_topics("nk pro, foreign relations,, nonsense", TOPICS)

    assert [[topic.name for topic in named.topics] for named in found] == [
        ["NK PRO"],
        ["Foreign Relations"],
        [],
    ]


def test_nothing_typed_names_nothing() -> None:
    assert find_topics("  \n ", TOPICS) == []


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    for named in find_topics(text, TOPICS):
        assert set(named.topics) <= set(TOPICS)
        assert not (named.topics and named.suggestions)
