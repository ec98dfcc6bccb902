"""The codes by which a chat's settings are fetched, and how often one may guess."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guesses import GUESSING_WINDOW, MOST_GUESSES, recent_guesses, waits_until
from bot.domain.move_code import code_hash, new_code, read_code, written

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def code_by(picks: Sequence[int]) -> str:
    left = list(picks)
    return new_code(lambda letters: letters[left.pop() % len(letters)])


@given(st.lists(st.integers(0, 31), min_size=12, max_size=12))
def test_a_code_is_read_as_it_was_written_however_it_is_typed(picks: list[int]) -> None:
    code = code_by(picks)
    shown = written(code)

    assert read_code(shown) == code
    assert read_code(shown.lower()) == code
    assert read_code(f" {shown} ".replace("-", " \u2013 ")) == code
    assert read_code(shown.replace("0", "O").replace("1", "l")) == code


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert written("7QX4M2KD90TB") == "7QX4-M2KD-90TB"


@pytest.mark.parametrize(
    "typed", ["", "home", "7QX4-M2KD-90T", "7QX4-M2KD-90TBB", "7QX4-M2KD-90TÜ"]
)
def test_what_is_no_code_is_not_read_as_one(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    code = read_code(typed)

    assert code is None or len(code) == 12


def test_what_is_kept_of_a_code_is_another_for_each_holder() -> None:
    kept = {code_hash("7QX4M2KD90TB", holder) for holder in (None, 1, 2)}

    assert len(kept) == 3
    assert not any("7QX4" in one for one in kept)


def test_five_wrong_guesses_are_enough_for_a_quarter_of_an_hour() -> None:
    wrong: tuple[datetime, ...] = ()
    for minute in range(MOST_GUESSES):
        assert waits_until(wrong, NOON + timedelta(minutes=minute)) is None
        wrong = recent_guesses((*wrong, NOON + timedelta(minutes=minute)), NOON)

    assert waits_until(wrong, NOON + timedelta(minutes=5)) == NOON + GUESSING_WINDOW
    assert waits_until(wrong, NOON + GUESSING_WINDOW) is None
