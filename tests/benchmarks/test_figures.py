"""What is noted, and what is promised of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Goal, Notes, percentile

VALUES = st.lists(st.floats(0, 1e9), min_size=1, max_size=50)


@given(VALUES)
def test_a_figure_holds_every_value_and_its_median_lies_between(values: list[float]) -> None:
    notes = Notes()
    for value in values:
        notes.add("time", value, "s")

    (figure,) = notes.figures
    assert figure.values == values
    assert figure.least <= figure.median <= figure.greatest


def test_figures_stand_in_the_order_in_which_they_first_came() -> None:
    notes = Notes()
    for what in ("b", "a", "b", "c"):
        notes.add(what, 1, "")

    assert [figure.what for figure in notes.figures] == ["b", "a", "c"]


def test_a_figure_keeps_the_goal_that_it_first_had() -> None:
    notes = Notes()
    notes.add("lost", 0, "", at_most=0)
    notes.add("lost", 1, "", at_most=5)
    notes.add("found", 1, "")

    assert [figure.goal for figure in notes.figures] == [Goal(at_most=0), None]


@pytest.mark.parametrize(
    ("goal", "median", "is_met"),
    [
        (Goal(at_most=0), 0, True),  # 0 is a bound, not the lack of one
        (Goal(at_most=0), 1, False),
        (Goal(at_least=3), 3, True),
        (Goal(at_least=3), 2.9, False),
        (Goal(at_least=1, at_most=2), 3, False),
        (Goal(at_least=1, at_most=2), 0, False),
        (Goal(), 1e9, True),
    ],
)
def test_a_goal_is_met_up_to_its_bounds(goal: Goal, median: float, *, is_met: bool) -> None:
    assert goal.is_met(median) is is_met


@given(VALUES, st.floats(0, 1))
def test_a_percentile_is_one_of_the_values_and_few_exceed_it(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)

    assert found in values
    assert sum(value > found for value in values) <= (1 - share) * len(values) + 1e-6


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.5)
