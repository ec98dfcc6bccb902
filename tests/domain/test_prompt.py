"""When a source is read of which somebody says that it has news."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.prompt import pause_before_next, prompted_at
from tests.conftest import NOW

SECONDS = st.integers(-100_000, 100_000).map(lambda number: NOW + timedelta(seconds=number))


@given(st.none() | SECONDS, st.none() | SECONDS)
def test_it_is_read_within_ten_seconds_unless_its_server_wishes_otherwise(
    begun_at: datetime | None, retry_at: datetime | None
) -> None:
    at = prompted_at(NOW, begun_at, retry_at)

    if at is None:
        assert retry_at
        assert retry_at > NOW
    else:
        assert NOW <= at <= NOW + timedelta(seconds=10)
        if begun_at is not None and begun_at <= NOW:
            assert at >= begun_at + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("failed", "pauses"), [(False, [15, 60]), (True, [15, 60, 240, 960, 3840])]
)
def test_it_is_read_again_a_few_times(pauses: list[int], *, failed: bool) -> None:
    told = [pause_before_next(number, failed=failed) for number in range(len(pauses) + 1)]

    assert told == [*(timedelta(seconds=pause) for pause in pauses), None]
