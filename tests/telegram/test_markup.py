"""Buttons under a message."""

import pytest

from bot.telegram.markup import markup, raw_markup
from bot.texts.letter import Button, Call, Rows

OPEN = Button(text="Open", url="https://site.example/a")
MUTE = Button(text="Mute", call=Call(action="mute", arguments=(7,)))


def test_buttons_open_addresses_or_carry_calls() -> None:
    rows: Rows = ((OPEN, MUTE), (MUTE,))
    keyboard = markup(rows)

    assert keyboard is not None
    assert keyboard.to_dict() == raw_markup(rows)
    assert raw_markup(rows) == {
        "inline_keyboard": [
            [
                {"text": "Open", "url": "https://site.example/a"},
                {"text": "Mute", "callback_data": "1:mute:7"},
            ],
            [{"text": "Mute", "callback_data": "1:mute:7"}],
        ]
    }


@pytest.mark.parametrize("rows", [(), ((),)])
def test_without_buttons_there_is_no_keyboard(rows: Rows) -> None:
    assert markup(rows) is None
    assert raw_markup(rows) is None


@pytest.mark.parametrize(
    "button",
    [Button(text="nothing"), Button(text="both", url="https://a.example", call=Call(action="a"))],
)
def test_a_button_does_exactly_one_thing(button: Button) -> None:
    with pytest.raises(ValueError, match=button.text):
        raw_markup(((button,),))
