import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import (
    LAST_PLACE,
    Preferences,
    match,
    reason_bits,
    reasons_from_bits,
    stays_owed,
)
from bot.domain.topic import Topic, section
from tests.aids.articles import ADA, COLUMN, ECONOMY, FOREIGN, PRO

ARTICLE = (FOREIGN, PRO, ADA)


def preferences(follows: tuple[Topic, ...] = (), mutes: tuple[Topic, ...] = ()) -> Preferences:
    return Preferences(
        follows=frozenset(topic.identity for topic in follows),
        mutes=frozenset(topic.identity for topic in mutes),
    )


def test_every_followed_topic_is_a_reason_in_the_articles_order() -> None:
    found = match(ARTICLE, preferences(follows=(ADA, FOREIGN, ECONOMY)))

    assert found is not None
    assert found.reasons == (FOREIGN, ADA)


def test_a_mute_beats_every_follow() -> None:
    assert match(ARTICLE, preferences(follows=(FOREIGN, ADA), mutes=(PRO,))) is None


def test_what_is_not_followed_is_not_sent() -> None:
    assert match(ARTICLE, preferences(follows=(ECONOMY,), mutes=(COLUMN,))) is None


def test_further_topics_widen_the_audience_only_by_their_own_followers() -> None:
    widened = (*ARTICLE, ECONOMY)

    assert match(widened, preferences(follows=(FOREIGN,)), further=3) is None
    assert match(widened, preferences(follows=(ECONOMY,)), further=3) is not None


def test_an_early_mute_forbids_a_further_topic_too() -> None:
    widened = (*ARTICLE, ECONOMY)

    assert match(widened, preferences(follows=(ECONOMY,), mutes=(PRO,)), further=3) is None


def test_a_withdrawn_topic_brings_nothing_and_forbids_nothing() -> None:
    withdrawn = frozenset({PRO.identity})

    assert match(ARTICLE, preferences(follows=(PRO,)), withdrawn=withdrawn) is None
    found = match(ARTICLE, preferences(follows=(ADA,), mutes=(PRO,)), withdrawn=withdrawn)
    assert found is not None
    assert found.reasons == (ADA,)


@pytest.mark.parametrize(
    ("follows", "mutes", "expected"),
    [
        ((PRO,), (), True),  # it brought the article, and is followed still
        ((), (PRO,), False),
        ((ADA,), (PRO,), True),  # what it no longer carries forbids nothing
        ((PRO,), (ADA,), False),
        ((FOREIGN,), (), False),  # withdrawn, and not what brought it
        ((ECONOMY,), (), False),
    ],
)
def test_what_a_withdrawn_topic_brought_stays_owed_while_it_is_followed(
    follows: tuple[Topic, ...], mutes: tuple[Topic, ...], *, expected: bool
) -> None:
    wanted = stays_owed(
        ARTICLE,
        preferences(follows=follows, mutes=mutes),
        frozenset({PRO.identity}),
        withdrawn=frozenset({PRO.identity, FOREIGN.identity}),
    )

    assert wanted is expected


@given(st.lists(st.booleans(), max_size=LAST_PLACE))
def test_reasons_survive_as_bits(chosen: list[bool]) -> None:
    topics = [section(f"s{n}") for n in range(len(chosen))]
    reasons = tuple(topic for topic, wanted in zip(topics, chosen, strict=True) if wanted)

    assert reasons_from_bits(topics, reason_bits(topics, reasons)) == reasons


def test_the_bits_of_an_article_with_a_hundred_topics_fit_the_database() -> None:
    topics = [section(f"s{n}") for n in range(100)]

    assert 0 < reason_bits(topics, topics) < 2**63
