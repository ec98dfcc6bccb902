"""A user may ask twenty things at once, and then one a second."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flood import BURST, Bucket, Verdict, ask

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SERVED, SLOWED, PASSED_OVER = Verdict.SERVED, Verdict.SLOWED, Verdict.PASSED_OVER


def verdicts(*moments: float) -> list[Verdict]:
    """Return what happens to what is asked at these seconds."""
    bucket: Bucket | None = None
    found: list[Verdict] = []
    for second in moments:
        verdict, bucket = ask(bucket, NOON + timedelta(seconds=second))
        found.append(verdict)
    return found


def test_a_burst_is_served_then_told_once_then_passed_over() -> None:
    found = verdicts(*[0.0] * (BURST + 3))

    assert found == [SERVED] * BURST + [SLOWED, PASSED_OVER, PASSED_OVER]


@pytest.mark.parametrize(
    ("pause", "then"),
    [
        pytest.param(0.9, [PASSED_OVER, PASSED_OVER], id="not yet"),
        pytest.param(1.0, [SERVED, PASSED_OVER], id="one more"),
        pytest.param(19.0, [SERVED] * 19 + [PASSED_OVER], id="the same burst still"),
        pytest.param(20.0, [SERVED] * BURST + [SLOWED], id="another burst"),
        pytest.param(-5.0, [PASSED_OVER, PASSED_OVER], id="a clock that goes back"),
    ],
)
def test_it_calms_down_with_time(pause: float, then: list[Verdict]) -> None:
    burst = [0.0] * (BURST + 1)

    assert verdicts(*burst, *[pause] * len(then))[len(burst) :] == then


def test_one_a_second_is_served_for_ever() -> None:
    assert set(verdicts(*range(500))) == {SERVED}


@given(st.lists(st.floats(0, 30), max_size=80))
def test_nobody_gets_more_than_the_bucket_holds_and_what_drips_in(pauses: list[float]) -> None:
    moments = [sum(pauses[:end]) for end in range(1, len(pauses) + 1)]
    found = verdicts(*moments)
    served = [at for at, verdict in zip(moments, found, strict=True) if verdict is SERVED]

    for first in range(len(served)):
        for last in range(first, len(served)):
            assert last - first + 1 <= BURST + 1 + (served[last] - served[first])
    told = [at for at, verdict in zip(moments, found, strict=True) if verdict is SLOWED]
    assert all(later - earlier >= BURST - 1 for earlier, later in pairwise(told))
