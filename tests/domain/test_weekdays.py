import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timetable import read_timetable
from bot.domain.weekdays import WEEKEND, days_between, format_weekdays, parse_group, parse_weekday


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("mon", 0),
        ("Monday", 0),
        ("mondays", 0),
        ("TUES", 1),
        ("tue.", 1),
        ("we", 2),
        ("weds", 2),
        ("thurs", 3),
        ("su", 6),
        ("s", None),  # Saturday or Sunday
        ("mons", None),
        ("month", None),
        ("", None),
    ],
)
def test_a_word_of_two_letters_or_more_names_a_day(word: str, day: int | None) -> None:
    assert parse_weekday(word) == day


def test_some_words_name_several_days() -> None:
    assert parse_group(" Weekends ") == WEEKEND
    assert parse_group("monday") is None


def test_days_between_go_over_the_weeks_end() -> None:
    assert days_between(4, 0) == {4, 5, 6, 0}
    assert days_between(2, 2) == {2}


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ({0, 1, 2, 3, 4}, "weekdays"),
        ({5, 6}, "weekends"),
        (set(range(7)), "daily"),
        ({0, 1, 2, 4}, "mon-wed,fri"),
        ({0, 1}, "mon,tue"),
        ({0, 6}, "mon,sun"),
    ],
)
def test_days_are_written_shortly(days: set[int], text: str) -> None:
    assert format_weekdays(frozenset(days)) == text


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_what_is_written_reads_back_the_same(days: frozenset[int]) -> None:
    entries = read_timetable(format_weekdays(days), days_alone=True)

    assert isinstance(entries, list)
    assert [entry.days for entry in entries] == [days]
