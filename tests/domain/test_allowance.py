"""How often something may happen, whoever wishes it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.allowance import Allowance, Pace

#: Seconds between two wishes.
GAPS = st.lists(st.one_of(st.just(0.0), st.floats(0, 60)), max_size=60)
PACES = st.builds(
    Pace, burst=st.integers(1, 8), every=st.floats(0.1, 20), pause=st.sampled_from([0.0, 2.0])
)


def granted(pace: Pace, gaps: list[float]) -> list[float]:
    """Return when each of these wishes is granted, all of them being waited for in turn."""
    allowance, now, moments = Allowance(pace=pace), 0.0, []
    for gap in gaps:
        now = max(now + gap, allowance.free_at())
        allowance = allowance.used(now)
        moments.append(now)
    return moments


@given(pace=PACES, gaps=GAPS)
def test_no_stretch_of_time_has_more_than_the_burst_and_what_it_regains(
    pace: Pace, gaps: list[float]
) -> None:
    moments = granted(pace, gaps)

    for first, start in enumerate(moments):
        for count, end in enumerate(moments[first:], start=1):
            assert count <= pace.burst + (end - start) / pace.every + 1e-6
    assert all(after - before >= pace.pause - 1e-6 for before, after in pairwise(moments))


@given(pace=PACES, idle=st.floats(0, 1_000))
def test_whoever_has_waited_long_enough_waits_no_longer(pace: Pace, idle: float) -> None:
    """A burst at once, a long rest, and there is a whole burst again."""
    at_once = Pace(burst=pace.burst, every=pace.every)
    moments = granted(at_once, [0.0] * at_once.burst)
    rest = at_once.burst * at_once.every + idle
    again = granted(at_once, [0.0] * at_once.burst + [rest] + [0.0] * (at_once.burst - 1))

    assert moments == pytest.approx([0.0] * at_once.burst)
    assert again[at_once.burst :] == pytest.approx([rest] * at_once.burst)


def test_after_a_rest_that_is_ordered_nothing_comes_before_its_end() -> None:
    allowance = Allowance(pace=Pace(burst=5, every=1.0)).used(0.0).resting(30.0)

    assert allowance.free_at() == 30.0
    assert allowance.resting(20.0).free_at() == 30.0
