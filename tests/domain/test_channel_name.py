import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel_name import Unclear, parse_channel


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("@wire", "@wire"),
        ("wire", "@wire"),
        ("Peninsula_Wire_2", "@Peninsula_Wire_2"),
        ("https://t.me/wire", "@wire"),
        ("http://www.t.me/wire/", "@wire"),
        ("telegram.me/wire/12?single", "@wire"),
        ("https://t.me/s/wire", "@wire"),  # the preview in a browser
        ("https://t.me/c/1234567890/7", -1001234567890),
        ("-1001234567890", -1001234567890),
        ("<@wire>.", "@wire"),
        ("https://t.me/+AbC-d", Unclear.INVITATION),
        ("t.me/joinchat/AbC", Unclear.INVITATION),
        ("", Unclear.NO_NAME),
        ("two words", Unclear.NO_NAME),
        ("@abc", Unclear.NO_NAME),  # a name has four letters at least
        ("@1wire", Unclear.NO_NAME),
        ("1234567890", Unclear.NO_NAME),  # a person's id
        ("-1234567890", Unclear.NO_NAME),  # a group's
        ("https://example.org/wire", Unclear.NO_NAME),
        ("https://t.me/", Unclear.NO_NAME),
        ("t.me/c/wire", Unclear.NO_NAME),
        ("@wire\u0660\u0661", Unclear.NO_NAME),  # digits of another script
    ],
)
def test_a_channel_is_read_from_what_people_write(typed: str, meant: str | int | Unclear) -> None:
    assert parse_channel(typed) == meant


@given(st.text())
def test_any_text_is_read_as_a_name_an_id_or_neither(typed: str) -> None:
    meant = parse_channel(typed)

    assert isinstance(meant, Unclear | int) or (meant.startswith("@") and meant.isascii())
