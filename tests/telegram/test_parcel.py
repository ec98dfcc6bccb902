"""Letters as the bodies of requests."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.subscriber import Address
from bot.telegram.parcel import changed_message, new_message
from bot.texts.letter import Button, Call, Letter, Preview

LETTER = Letter(
    html="<b>Ärger</b> & \u202e“so”",
    rows=((Button(text="Open", url="https://example.org/a"),),),
    preview=Preview.LARGE,
    preview_url="https://example.org/a",
)
CONTENT = {
    "text": LETTER.html,
    "parse_mode": "HTML",
    "link_preview_options": {"prefer_large_media": True, "url": "https://example.org/a"},
    "reply_markup": {"inline_keyboard": [[{"text": "Open", "url": "https://example.org/a"}]]},
}


def sent(address: Address, letter: Letter, *, paid: bool = False) -> Any:
    return json.loads(new_message(address, letter, paid=paid).json)


def test_a_message_carries_the_letter_and_its_chat() -> None:
    assert sent(Address(chat_id=-1007), LETTER) == {"chat_id": -1007, **CONTENT}


def test_a_chat_s_own_part_changes_nothing_of_what_the_next_chat_gets() -> None:
    """The rest is written once: two chats, with everything that one may have and without."""
    address = Address(chat_id=-5, thread_id=9)
    other = Letter(
        html=LETTER.html,
        rows=LETTER.rows,
        preview=LETTER.preview,
        preview_url=LETTER.preview_url,
        silent=True,
        reply_to=3,
    )

    assert sent(address, other, paid=True) == {
        "chat_id": -5,
        "message_thread_id": 9,
        "reply_parameters": {"message_id": 3, "allow_sending_without_reply": True},
        "disable_notification": True,
        "allow_paid_broadcast": True,
        **CONTENT,
    }
    assert sent(Address(chat_id=6), LETTER) == {"chat_id": 6, **CONTENT}


def test_a_change_names_the_message_and_leaves_out_what_only_new_ones_have() -> None:
    letter = Letter(html="x", silent=True, reply_to=3)

    assert json.loads(changed_message(Address(chat_id=6, thread_id=9), 7, letter).json) == {
        "chat_id": 6,
        "message_id": 7,
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


@given(
    chat=st.integers(-(2**52), 2**52),
    html=st.text(),
    labels=st.lists(st.text(min_size=1), max_size=3),
    preview=st.sampled_from(Preview),
    url=st.none() | st.text(min_size=1),
)
def test_whatever_a_letter_says_comes_out_as_it_was(
    chat: int, html: str, labels: list[str], preview: Preview, url: str | None
) -> None:
    buttons = tuple(Button(text=one, call=Call(action="why", arguments=(1,))) for one in labels)
    letter = Letter(html=html, rows=(buttons,), preview=preview, preview_url=url)
    told = sent(Address(chat_id=chat), letter)

    assert (told["chat_id"], told["text"]) == (chat, html)
    keyboard = told.get("reply_markup", {"inline_keyboard": [[]]})["inline_keyboard"]
    assert [button["text"] for button in keyboard[0]] == labels
    if preview is not Preview.NONE:
        assert told["link_preview_options"].get("url") == url
