from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fingerprint import Fingerprint, fingerprint, form
from bot.domain.likeness import RULES, Archive, likeness
from tests.aids.threads import archive_of

NEW = Archive(frequency=lambda _: 0, total=0)
WIRE = archive_of([])
HEADLINE = "Dredger sinks near Unpo lighthouse"


def test_a_name_alone_is_not_a_story() -> None:
    one = fingerprint("Minister Cho Un-bi Han opens dam", "")
    other = fingerprint("Singer meets Cho Un-bi Han", "")
    found = likeness(one, other, NEW)

    assert set(found.shared_terms) == {"cho", "un", "bi", "han"}
    assert found.telling == 1
    assert not found.is_story()


def test_other_sections_make_articles_less_alike() -> None:
    one = fingerprint(HEADLINE, "", ["economy"])

    assert likeness(one, fingerprint(HEADLINE, "", ["economy", "society"]), NEW).score == (
        pytest.approx(1)
    )
    assert likeness(one, fingerprint(HEADLINE, "", ["society"]), NEW).score < 1
    assert likeness(one, fingerprint(HEADLINE, ""), NEW).score == pytest.approx(1)


def test_common_terms_say_less_than_rare_ones() -> None:
    archive = Archive(frequency=lambda term: 900 if term == "missil" else 2, total=1_000)
    common = likeness(fingerprint("missile dam", ""), fingerprint("missile pier", ""), archive)
    rare = likeness(fingerprint("dredger dam", ""), fingerprint("dredger pier", ""), archive)

    assert common.score < RULES.least_score < rare.score
    assert (common.evidence, rare.evidence) == (0, 2)


@pytest.mark.parametrize(
    ("one", "other", "is_story"),
    [
        (
            "North Korea fires two missiles toward East Sea",
            "North Korea fires missile into sea",
            False,
        ),
        (
            "North Korea fires two missiles from Unpo",
            "UN meets over missiles fired from Unpo",
            True,
        ),
        ("Minister visits Moscow for talks", "Foreign minister in Moscow for trade talks", False),
        ("Minister Ozawa visits Moscow for talks", "Talks in Moscow end, Ozawa flies home", True),
    ],
)
def test_words_of_the_kind_of_event_alone_are_no_story(
    one: str, other: str, is_story: bool
) -> None:
    found = likeness(fingerprint(one, ""), fingerprint(other, ""), NEW)

    assert found.score > RULES.least_score
    assert found.is_story() == is_story


def test_a_likeness_beyond_doubt_needs_more_than_one_telling_word() -> None:
    first = fingerprint("Dredger sinks near Unpo lighthouse", "")
    sure = likeness(first, fingerprint("Unpo dredger raised", ""), NEW)
    launch = fingerprint("Two missiles fired from Unpo airfield", "")
    unsure = likeness(launch, fingerprint("Missile fired from Unpo hit water", ""), NEW)

    assert (sure.telling, sure.is_story(), sure.is_sure()) == (2, True, True)
    assert (unsure.telling, unsure.is_story(), unsure.is_sure()) == (1, True, False)
    assert not likeness(first, first, NEW).is_sure(replace(RULES, sure_score=1.1))


def test_the_words_that_decided_are_told_the_weightiest_first() -> None:
    first = fingerprint("New pier at Pukgang shipyard", "Dredging near a dock, diplomats think")
    second = fingerprint("Pukgang pier nears completion", "Cranes stand beside the dock")
    found = likeness(first, second, NEW)

    assert found.shared_terms[0] == "pukgang"
    assert set(found.shared_terms) == first.terms & second.terms


def test_what_is_of_the_series_does_not_count() -> None:
    dek = "Host Jo Smitha talks with a miner about coal and winter"
    one = fingerprint("Peninsula Podcast: Life after coal – Episode 7", dek)
    other = fingerprint("Peninsula Podcast: A dam too far – Episode 12", dek)
    alone = fingerprint("A dam too far for Peninsula", dek)

    assert likeness(one, other, NEW).shared_terms == ()
    assert likeness(one, alone, NEW).score > RULES.least_score


def test_figures_of_two_months_are_two_stories() -> None:
    january = fingerprint("Rice prices stable in January", "Price in three cities near 5,800 won")
    february = fingerprint("Rice prices jump in February", "Price in three cities near 7,000 won")
    undated = fingerprint("Rice prices jump", "Price in three cities near 7,000 won")

    assert likeness(january, february, NEW).score == 0
    assert likeness(january, undated, NEW).score > RULES.least_score


TEXTS = st.lists(
    st.sampled_from(
        ["Unpo", "dredger", "sinks", "Ryu Han", "pier.", "dam", "to", "7", "‘ice’", "June", "May:"]
    ),
    max_size=8,
).map(" ".join)
PRINTS = st.builds(fingerprint, TEXTS, TEXTS, st.sets(st.sampled_from(["economy", "society"])))


@given(PRINTS, PRINTS)
def test_likeness_is_the_same_whichever_comes_first(one: Fingerprint, other: Fingerprint) -> None:
    found = likeness(one, other, WIRE)

    assert found == likeness(other, one, WIRE)
    assert 0 <= found.score <= 1
    assert (found.score > 0) == bool(found.shared_terms)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_like_itself_or_has_no_terms(headline: str, dek: str) -> None:
    one = fingerprint(headline, dek)

    # A headline with several parts is of one series with itself.
    assert likeness(one, one, NEW).score == pytest.approx(1) or not one.terms - form(one, one)
