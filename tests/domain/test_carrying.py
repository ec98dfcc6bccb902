"""What an article carries after any row of readings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.carrying import IMPORTED, Retelling, ToldTopic, carried, retold
from bot.domain.topic import Topic, TopicKind
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, PRO

OWNER, OTHER = 1, 2
TOPICS = (ECONOMY, FOREIGN, PRO, COLUMN, ADA, BEOM)
#: Who speaks, and what they tell.
readings = st.lists(
    st.tuples(
        st.sampled_from([OWNER, OWNER, OTHER, IMPORTED]),
        st.lists(st.sampled_from(TOPICS), unique=True),
    ),
    max_size=8,
)


def told(*topics: Topic, by: int = OWNER, withdrawn: bool = False) -> tuple[ToldTopic, ...]:
    return tuple(ToldTopic(topic=one, source_id=by, withdrawn=withdrawn) for one in topics)


def after(before: tuple[ToldTopic, ...], topics: list[Topic], by: int) -> tuple[ToldTopic, ...]:
    """Return what is told of the article, in its places, once the source has told these topics."""
    change = retold(before, topics, by) if by == OWNER else Retelling()
    kept = change.carried(before)
    known = {one.topic for one in before}
    further = [one for one in topics if one not in known]
    return (
        *(replace(one, withdrawn=one.topic not in kept) for one in before),
        *told(*further, by=by),
    )


@pytest.mark.parametrize(
    ("before", "topics", "withdrawn"),
    [
        (told(ADA), [BEOM], (ADA,)),
        (told(PRO), [COLUMN], (PRO,)),
        (told(ADA, PRO), [BEOM], (ADA,)),  # nothing is said about labels
        (told(ADA, PRO), [ECONOMY], ()),
        (told(ECONOMY), [FOREIGN], ()),
        (told(ADA, by=OTHER), [BEOM], ()),
        (told(ADA, by=IMPORTED), [BEOM], (ADA,)),
        (told(ADA, BEOM), [BEOM], (ADA,)),
        (told(ADA, withdrawn=True), [BEOM], ()),  # once is enough
    ],
)
def test_the_owner_withdraws_what_it_tells_others_of_the_same_kind_instead(
    before: tuple[ToldTopic, ...], topics: list[Topic], withdrawn: tuple[Topic, ...]
) -> None:
    assert retold(before, topics, OWNER) == Retelling(withdrawn=withdrawn)


def test_the_owner_restores_whatever_it_tells_again() -> None:
    before = (*told(ADA, withdrawn=True), *told(PRO, by=OTHER, withdrawn=True), *told(BEOM))

    change = retold(before, [ADA, PRO], OWNER)

    assert change == Retelling(withdrawn=(BEOM,), restored=(ADA, PRO))
    assert carried(before) == (BEOM,)
    assert change.carried(before) == (ADA, PRO)


@given(readings=readings, last=st.lists(st.sampled_from(TOPICS), unique=True))
def test_after_the_owners_reading_its_word_stands_whatever_came_before(
    readings: list[tuple[int, list[Topic]]], last: list[Topic]
) -> None:
    state: tuple[ToldTopic, ...] = ()
    for source, topics in readings:
        state = after(state, topics, source)
    places = [one.topic for one in state]

    state = after(state, last, OWNER)

    now = carried(state)
    kinds = {one.kind for one in last} - {TopicKind.SECTION}
    others = {one.topic for one in state if one.source_id == OTHER}
    assert set(last) <= set(now)
    assert {one for one in now if one.kind in kinds} - set(last) <= others
    assert [one.topic for one in state][: len(places)] == places
    assert after(state, last, OWNER) == state


@given(readings=readings, topics=st.lists(st.sampled_from(TOPICS), unique=True))
def test_other_sources_only_ever_add(
    readings: list[tuple[int, list[Topic]]], topics: list[Topic]
) -> None:
    state: tuple[ToldTopic, ...] = ()
    for source, told_then in readings:
        state = after(state, told_then, source)

    now = carried(after(state, topics, OTHER))

    assert now[: len(carried(state))] == carried(state)
    withdrawn = {one.topic for one in state if one.withdrawn}
    assert set(now) - set(carried(state)) == set(topics) - set(carried(state)) - withdrawn
