from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duration import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("24h", timedelta(days=1)),
        ("30d", timedelta(days=30)),
        ("2w", timedelta(weeks=2)),
        (" 5 M ", timedelta(minutes=5)),
    ],
)
def test_a_number_and_a_unit_name_a_duration(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "1.5h", "5m30s", "5 minutes", "٥m٥"])
def test_anything_else_is_refused_with_an_example_of_what_is_right(text: str) -> None:
    with pytest.raises(ValueError, match="such as 90s, 5m, 24h or 30d"):
        parse_duration(text)


def test_more_than_a_century_is_refused() -> None:
    with pytest.raises(ValueError, match="century"):
        parse_duration("999999999w")


@given(st.integers(min_value=0, max_value=3_000_000_000))
def test_what_is_written_reads_back_the_same(seconds: int) -> None:
    duration = timedelta(seconds=seconds)

    assert parse_duration(format_duration(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "text"),
    [(timedelta(minutes=90), "90m"), (timedelta(hours=48), "2d"), (timedelta(), "0s")],
)
def test_the_greatest_unit_without_a_rest_is_written(duration: timedelta, text: str) -> None:
    assert format_duration(duration) == text
