from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_times import format_time, parse_time


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("8", time(8)),
        ("8:00", time(8)),
        ("08.00", time(8)),
        ("0800", time(8)),
        ("18h30", time(18, 30)),
        ("18h", time(18)),
        ("18 : 30", time(18, 30)),
        ("8am", time(8)),
        ("8 a.m.", time(8)),
        ("6:30PM", time(18, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("24:00", time(0)),
        ("evening", time(18)),
        ("24:01", None),
        ("8:60", None),
        ("13pm", None),
        ("0am", None),
        ("800", None),  # not told from a slip of the hand
        ("8:5", None),
        ("-8", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, clock: time | None) -> None:
    assert parse_time(text) == clock


@given(st.builds(time, st.integers(0, 23), st.integers(0, 59)))
def test_what_is_written_reads_back_the_same(clock: time) -> None:
    assert parse_time(format_time(clock)) == clock


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = parse_time(text)

    assert found is None or found.tzinfo is None
