"""The table of faults is whole: nothing that Telegram may answer is left out."""

import pytest

from tests.aids.faults import rows_of_answers, rows_of_deliveries, rows_of_upkeep
from tests.aids.faults.catalogue import FAULTS, Family, answers
from tests.aids.faults.drivers import DRIVERS
from tests.aids.faults.row import Call
from tests.aids.faults.table import ELSEWHERE, TABLE
from tests.aids.faults.wordings import ERRORS, wordings


def test_every_kind_of_call_has_a_row_for_every_family_or_a_reason() -> None:
    every = {(call, family) for call in Call for family in Family}

    assert TABLE.keys() | ELSEWHERE.keys() == every
    assert TABLE.keys() & ELSEWHERE.keys() == set()
    assert DRIVERS.keys() == set(Call)


def test_no_kind_of_call_has_rows_in_two_places() -> None:
    pieces = (rows_of_deliveries.ROWS, rows_of_answers.ROWS, rows_of_upkeep.ROWS)

    assert len(TABLE) == sum(map(len, pieces))


def test_every_refusal_on_the_list_is_in_the_table() -> None:
    if not ERRORS.exists():
        pytest.skip("the list of refusals is shared beside the repository")
    listed = wordings(ERRORS.read_text(encoding="utf-8"))

    assert answers() == listed
    assert len(listed) > 30


def test_a_new_line_on_the_list_would_be_missed() -> None:
    line = "| 403 | `Forbidden: bot was shouted at by the {user,group}` · `Forbidden: sulks` |"

    assert wordings(line) == {
        "403 bot was shouted at by the user",
        "403 bot was shouted at by the group",
        "403 sulks",
    }
    assert not wordings(line) & answers()


def test_no_family_but_the_one_without_a_server_is_empty() -> None:
    assert [family for family, faults in FAULTS.items() if not faults] == [Family.UNREACHABLE]
