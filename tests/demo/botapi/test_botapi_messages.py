"""Sending, editing and deleting: what is accepted, refused and kept."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.demo.botapi import Reader, StandIn

Ask = Callable[..., Awaitable[Any]]
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_a_message_comes_back_as_it_was_understood(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    question = await ada.say("/latest")
    sent = await ask(
        "sendMessage",
        chat_id=ada.id,
        text=" <b>Wire</b> &amp; 🏟 ",
        parse_mode="HTML",
        link_preview_options={"is_disabled": True},
        disable_notification=True,
        reply_parameters={"message_id": question.id},
        reply_markup=keyboard({"text": "Go", "callback_data": "1"}),
    )

    assert sent["text"] == "Wire & 🏟"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert sent["reply_to_message"]["message_id"] == question.id
    assert sent["chat"] == {"id": ada.id, "type": "private", "first_name": "Ada"}
    assert sent["from"]["is_bot"] is True
    assert ada.last.silent
    assert ada.last.preview == {"is_disabled": True}
    assert ada.last.labels == ["Go"]
    assert server.sent == [ada.last]
    assert server.violations == []


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🏟" * 2049}, "message is too long"),
        ({"text": "a" * 32769}, "text is too long"),
        ({"text": "a", "parse_mode": "RTF"}, "unsupported parse_mode"),
        (
            {"text": "é<br>", "parse_mode": "html"},
            'can\'t parse entities: Unsupported start tag "br" at byte offset 2',
        ),
        (
            {"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "x"}]},
            "entity URL 'x' is invalid: Wrong HTTP URL",
        ),
        ({"entities": ["x"]}, "can't parse MessageEntity: expected an Object"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": "@nowhere"}, "chat not found"),
        ({"message_thread_id": 5}, "message thread not found"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"reply_markup": "x"}, "object expected as reply markup"),
        (
            {"reply_markup": keyboard({"text": "Go", "callback_data": "é" * 33})},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"reply_markup": keyboard({"text": "Go", "callback_data": ""})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"reply_markup": keyboard({"callback_data": "1"})},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"reply_markup": keyboard({"text": 1, "callback_data": "1"})},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"reply_markup": keyboard("x")},  # type: ignore[arg-type]
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"reply_markup": keyboard(*[{"text": "Go", "callback_data": "1"}] * 101)},
            "reply markup is too long",
        ),
        (
            {"reply_markup": keyboard({"text": "Go", "url": "ftp://x.org"})},
            "inline keyboard button URL 'ftp://x.org' is invalid: Unsupported URL protocol",
        ),
        ({"reply_markup": {"inline_keyboard": 1}}, 'field "inline_keyboard" must be of type Array'),
        (
            {"reply_markup": {"inline_keyboard": [1]}},
            'field "inline_keyboard" must be an Array of Arrays',
        ),
    ],
)
async def test_a_message_is_refused_in_telegrams_words(
    ask: Ask, ada: Reader, parameters: dict[str, Any], description: str
) -> None:
    refusal = await ask("sendMessage", **{"chat_id": ada.id, "text": "a", **parameters})

    assert refusal == {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: {description}",
    }
    assert ada.messages == []


async def test_the_longest_message_and_keyboard_are_accepted(ask: Ask, ada: Reader) -> None:
    buttons = [{"text": "Go", "callback_data": "é" * 32}] * 100
    sent = await ask(
        "sendMessage", chat_id=ada.id, text="🏟" * 2048, reply_markup=keyboard(*buttons)
    )

    assert sent["text"] == "🏟" * 2048


async def test_other_markup_than_buttons_is_accepted_and_not_shown(ask: Ask, ada: Reader) -> None:
    await ask("sendMessage", chat_id=ada.id, text="a", reply_markup={"remove_keyboard": True})
    await ask("sendMessage", chat_id=ada.id, text="b", reply_markup={"inline_keyboard": [[]]})

    assert [message.markup for message in ada.messages] == [None, None]


async def test_a_mention_needs_a_person_whom_the_bot_knows(ask: Ask, ada: Reader) -> None:
    text = f'<a href="tg://user?id={ada.id}">Ada</a> <a href="tg://user?id=5">Bo</a>'
    sent = await ask("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")

    assert [(e["type"], e["user"]["id"]) for e in sent["entities"]] == [("text_mention", ada.id)]


async def test_given_entities_stand_in_for_markup(ask: Ask, ada: Reader) -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 2, "length": 9},  # beyond the text
    ]
    sent = await ask("sendMessage", chat_id=ada.id, text="🏟a", entities=entities)

    assert sent["entities"] == entities[:1]


async def test_an_edit_changes_the_message_once(ask: Ask, ada: Reader) -> None:
    sent = await ask("sendMessage", chat_id=ada.id, text="old")
    about = {"chat_id": ada.id, "message_id": sent["message_id"]}
    new = {"text": "<i>new</i>", "parse_mode": "HTML"}
    edited = await ask("editMessageText", **about, **new)
    again = await ask("editMessageText", **about, **new)

    assert edited["text"] == "new"
    assert edited["edit_date"] >= edited["date"]
    assert again["description"] == NOT_MODIFIED
    assert (await ada.next_edit()).text == "new"
    assert ada.last.edits == 1


async def test_the_buttons_alone_can_be_changed(ask: Ask, ada: Reader) -> None:
    sent = await ask("sendMessage", chat_id=ada.id, text="a")
    about = {"chat_id": ada.id, "message_id": sent["message_id"]}
    markup = keyboard({"text": "Go", "callback_data": "1"})
    with_buttons = await ask("editMessageReplyMarkup", **about, reply_markup=markup)
    again = await ask("editMessageReplyMarkup", **about, reply_markup=markup)
    without = await ask("editMessageReplyMarkup", **about)

    assert with_buttons["reply_markup"] == markup
    assert again["description"] == NOT_MODIFIED
    assert "reply_markup" not in without


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"message_id": 999}, "message to edit not found"),
        ({}, "message identifier is not specified"),
        ({"message_id": 1}, "message can't be edited"),
        ({"inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
    ],
)
async def test_only_the_bots_messages_that_are_there_can_be_edited(
    ask: Ask, ada: Reader, parameters: dict[str, Any], description: str
) -> None:
    await ada.say("mine")
    refusal = await ask("editMessageText", chat_id=ada.id, text="a", **parameters)

    assert refusal["description"] == f"Bad Request: {description}"


async def test_a_deleted_message_is_gone(ask: Ask, ada: Reader) -> None:
    sent = await ask("sendMessage", chat_id=ada.id, text="a")
    about = {"chat_id": ada.id, "message_id": sent["message_id"]}
    deleted = await ask("deleteMessage", **about)
    again = await ask("deleteMessage", **about)
    edit = await ask("editMessageText", **about, text="b")

    assert deleted is True
    assert again["description"] == "Bad Request: message to delete not found"
    assert edit["description"] == "Bad Request: message to edit not found"
    assert ada.messages == []


async def test_others_messages_in_a_group_are_not_the_bots_to_delete(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    group = server.world.group("Desk", members=[ada.person])
    said = server.world.say(ada.id, group.id, "/hi")
    refusal = await ask("deleteMessage", chat_id=group.id, message_id=said.id)

    assert refusal["description"] == "Bad Request: message can't be deleted"


async def test_typing_needs_an_action(ask: Ask, ada: Reader) -> None:
    assert await ask("sendChatAction", chat_id=ada.id, action="typing") is True
    refusal = await ask("sendChatAction", chat_id=ada.id)

    assert refusal["description"] == "Bad Request: wrong parameter action in request"
