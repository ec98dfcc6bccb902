"""What a button carries."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.calls import MOST_BYTES, StaleButtonError, decode, encode
from bot.texts.letter import Call

ACTIONS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
STRINGS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", "'", "''1", "12", "-5", ":", "%", "%3A", "%25", "%253A", "'12", "1:a"]
)
ARGUMENTS = st.lists(STRINGS | st.integers(-(10**12), 10**12), max_size=4).map(tuple)
CALLS = st.builds(Call, action=ACTIONS, arguments=ARGUMENTS, on=st.none() | st.integers(0, 10**15))


@given(CALLS)
def test_what_is_encoded_is_decoded_again_with_its_types(call: Call) -> None:
    try:
        data = encode(call)
    except ValueError:  # too long; how long is too long is tested below
        return
    decoded = decode(data)

    assert decoded == call
    assert [type(one) for one in decoded.arguments] == [type(one) for one in call.arguments]
    assert len(data.encode()) <= MOST_BYTES


@given(st.text(max_size=80) | st.text("1:a'%35A-0", max_size=12))
def test_any_text_is_a_call_in_its_one_spelling_or_stale(data: str) -> None:
    try:
        call = decode(data)
    except StaleButtonError:
        return

    assert encode(call) == data


def test_the_format_is_readable() -> None:
    call = Call(action="follow", arguments=("section", "foreign-relations", 3, "3", "a:b"))

    assert encode(call) == "1:follow:section:foreign-relations:3:'3:a%3Ab"
    assert encode(Call(action="settings", on=57)) == "1@57:settings"


def test_every_time_zone_fits_for_a_channel_among_a_thousand_million() -> None:
    """The longest that any button carries."""
    for name in available_timezones():
        assert encode(Call(action="zone-set", arguments=(name,), on=10**9))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "1",  # no action
        "1:",
        "0:follow",  # another version
        "2:follow",
        "1@:follow",
        "1@07:follow",  # an id has one spelling
        "1@-7:follow",
        "1@7@8:follow",
        "1@" + "9" * 30 + ":follow",
        "follow:1",
        "1:Follow",
        "1:follow:007",  # an integer has one spelling
        "1:follow:%41",  # an escape that is never written
        "1:follow:" + "9" * 6000,
        "1:follow:" + "ä" * 30,
        "1:follow:\ud800",
    ],
)
def test_what_was_never_encoded_is_stale(data: str) -> None:
    with pytest.raises(StaleButtonError):
        decode(data)


def test_sixty_four_bytes_fit_and_no_more() -> None:
    fits = Call(action="a", arguments=("ä" * 30,))

    assert len(encode(fits).encode()) == MOST_BYTES
    with pytest.raises(ValueError, match="64 bytes"):
        encode(Call(action="a", arguments=("ä" * 30 + "b",)))


@pytest.mark.parametrize("action", ["", "A", "1a", "a:b", "ä"])
def test_an_action_is_a_plain_lower_case_name(action: str) -> None:
    with pytest.raises(ValueError, match="name"):
        encode(Call(action=action))
