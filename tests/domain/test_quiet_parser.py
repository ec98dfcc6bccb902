import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parse_fault import ParseFault
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet, stored_quiet


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("22:00-07:00", "22:00-07:00"),
        ("  22 – 7  ", "22:00-07:00"),  # an en dash, as phones make one
        ("from 10 p.m. to 7am", "22:00-07:00"),
        ("every day 22:00-07:00", "22:00-07:00"),
        ("Weekends", "weekends"),
        ("sat, sun", "weekends"),
        ("22:00-07:00 weekends", "weekends 22:00-07:00"),
        ("22:00-07:00, weekends", "22:00-07:00; weekends"),
        ("weekends, mon-fri 21:00-06:30", "weekdays 21:00-06:30; weekends"),
        ("mon-fri 21:00-06:30", "weekdays 21:00-06:30"),
        ("MON,wed 21-6", "mon,wed 21:00-06:00"),
        ("21-6 mon, wed", "mon,wed 21:00-06:00"),
        ("fri-mon 20-8", "mon,fri-sun 20:00-08:00"),
        ("12-13 and 22-7", "12:00-13:00; 22:00-07:00"),
        ("noon-13:00\n22-7", "12:00-13:00; 22:00-07:00"),
        ("sat 0-24", "sat"),
        ("22-24", "22:00-00:00"),
    ],
)
def test_quiet_hours_are_read_leniently_and_written_canonically(typed: str, canonical: str) -> None:
    assert str(parse_quiet(typed)) == canonical


@pytest.mark.parametrize("typed", ["off", " OFF ", "none", "no"])
def test_off_is_no_quiet_hours(typed: str) -> None:
    assert parse_quiet(typed) is None


@pytest.mark.parametrize(
    ("typed", "key", "part"),
    [
        ("", "empty", ""),
        (" , ", "empty", ","),
        ("22:00", "end-missing", "22:00"),
        ("22:00-25:00", "no-such-time", "25:00"),
        ("22:00-22:00", "no-length", "22:00-22:00"),
        ("22:00-", "not-understood", "22:00-"),
        ("-7", "not-understood", "-7"),
        ("mon-7", "not-understood", "mon-7"),
        ("weekends-mon 7-8", "not-understood", "weekends-mon"),
        ("mon 22-7 tue", "not-understood", "tue"),  # which days are meant?
        ("夜に", "not-understood", "夜に"),
        ("22-7 please", "not-understood", "please"),
        ("22-7 🌙", "not-understood", "🌙"),
        ("daily", "always", "daily"),
        ("0-12, 12-24", "always", "0-12, 12-24"),
        ("weekdays; weekends", "always", "weekdays; weekends"),
        (
            "1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9,9-10,10-11,11-12,12-13,13-14,14-15,15-16",
            "too-many",
            "1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9,9-10,10…",
        ),
        ("x" * 501, "too-long", "x" * 39 + "…"),
    ],
)
def test_a_fault_names_the_part_as_typed(typed: str, key: str, part: str) -> None:
    found = parse_quiet(typed)

    assert isinstance(found, ParseFault)
    assert (found.key, found.part) == (key, part)


WORDS = st.sampled_from(
    [
        "mon",
        "weekends",
        "22:00",
        "7",
        "-",
        ",",
        ";",
        "\n",
        "to",
        "and",
        "8am",
        "noon",
        "99",
        "x",
        " ",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_is_answered_and_what_is_understood_is_stored(text: str) -> None:
    found = parse_quiet(text)

    if isinstance(found, QuietHours):
        assert stored_quiet(str(found)) == found
    else:
        assert found is None or isinstance(found, ParseFault)


def test_only_canonical_text_is_stored() -> None:
    assert stored_quiet("") is None
    with pytest.raises(ValueError, match="no quiet hours"):
        stored_quiet("22:00")
