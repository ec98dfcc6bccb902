"""Inline mode: what a person types, what the bot may answer, and what is sent of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.spec import Spec

Ask = Callable[..., Awaitable[Any]]
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
UNREADABLE = "Bad Request: can't parse inline query result: "


def result(number: object = 1, text: str = "<b>Cranes</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {
        "type": "article", "id": str(number), "title": f"Cranes {number}",
        "input_message_content": content, **more,
    }  # fmt: skip


async def asked(ask: Ask, server: StandIn, reader: Reader, text: str = "crane") -> str:
    """Type a text; return the query's id as the bot hears it."""
    server.world.ask_inline(reader.id, reader.chat_id, text)
    return str((await ask("getUpdates"))[-1]["inline_query"]["id"])


@pytest.mark.parametrize(
    ("kind", "chat_type"),
    [(None, "sender"), ("group", "group"), ("supergroup", "supergroup"), ("channel", "channel")],
)
async def test_what_is_typed_reaches_the_bot_from_any_chat(
    ask: Ask, server: StandIn, ada: Reader, spec: Spec, kind: str | None, chat_type: str
) -> None:
    here = ada.in_chat(getattr(server.world, kind)("Desk", admins=[ada.person])) if kind else ada
    server.world.ask_inline(ada.id, here.chat_id, "x" * 300, "2")
    [update] = await ask("getUpdates")
    query = update["inline_query"]

    assert spec.faults("Update", update) == []
    assert (query["query"], query["offset"]) == ("x" * 256, "2")
    assert (query["chat_type"], query["from"]["id"]) == (chat_type, ada.id)


async def test_a_chosen_result_is_a_message_of_the_persons_via_the_bot(
    ask: Ask, server: StandIn, ada: Reader, spec: Spec
) -> None:
    bo = server.reader("Bo")
    group = server.world.group("Desk", members=[ada.person, bo.person])
    typing = asyncio.create_task(ada.in_chat(group).type_inline("crane"))
    [update] = await ask("getUpdates", timeout=5)
    keyboard = {"inline_keyboard": [[{"text": "Open", "url": "https://x.org/1"}]]}
    await ask(
        "answerInlineQuery",
        inline_query_id=update["inline_query"]["id"],
        results=[
            result(1, reply_markup=keyboard, thumbnail_url="https://x.org/p.png"),
            result(2),
        ],
        next_offset="1",
        cache_time=5,
        is_personal=True,
        button={"text": "More", "start_parameter": "search"},
    )
    answer = await typing
    sent = await ada.in_chat(group).share(answer, "Cranes 1")
    heard = (await ask("getUpdates"))[-1]["message"]

    assert (answer.titles, answer.next_offset) == (["Cranes 1", "Cranes 2"], "1")
    assert (answer.cache_time, answer.is_personal) == (5, True)
    assert (answer.button or {})["start_parameter"] == "search"
    assert (sent.html, sent.labels, sent.sender) == (
        "<b>Cranes</b>",
        ["Open"],
        ada.person.as_user(),
    )
    assert heard["via_bot"]["username"] == "dekbot"
    assert spec.faults("Message", heard) == []
    assert server.violations == []


@pytest.mark.parametrize(
    ("answer", "description"),
    [
        ({"results": [result(n) for n in range(51)]}, "Bad Request: RESULTS_TOO_MUCH"),
        ({"results": [result(), result()]}, "Bad Request: RESULT_ID_DUPLICATE"),
        ({"results": [result("")]}, "Bad Request: RESULT_ID_EMPTY"),
        ({"results": [result("é" * 33)]}, "Bad Request: RESULT_ID_INVALID"),
        ({"results": [result(title=" ")]}, "Bad Request: ARTICLE_TITLE_EMPTY"),
        (
            {"results": [result(thumbnail_url="ftp://x.org/p")]},
            "Bad Request: WEBDOCUMENT_URL_INVALID",
        ),
        ({"results": [7]}, UNREADABLE + "Inline query result must be an object"),
        (
            {"results": [result(type="photo")]},
            UNREADABLE + 'type "photo" is unsupported for the inline query result',
        ),
        (
            {"results": [result(text="<b>a")]},
            UNREADABLE
            + "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"results": [result(text="a" * 4097)]}, UNREADABLE + "Message is too long"),
        (
            {"results": [result(input_message_content={})]},
            UNREADABLE + 'Can\'t find field "message_text"',
        ),
        (
            {"results": [result(input_message_content="a")]},
            UNREADABLE + "Input message content must be an object",
        ),
        (
            {"results": [result(reply_markup={"inline_keyboard": [[{"text": "a"}]]})]},
            UNREADABLE + "Can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        ({"results": [], "next_offset": "é" * 33}, "Bad Request: NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": ""}}, "Bad Request: SWITCH_PM_TEXT_EMPTY"),
        ({"results": [], "button": {"text": "a"}}, "Bad Request: START_PARAM_EMPTY"),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "a b"}},
            "Bad Request: START_PARAM_INVALID",
        ),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "a" * 65}},
            "Bad Request: START_PARAM_INVALID",
        ),
        ({"results": [], "inline_query_id": "7"}, TOO_OLD),
    ],
)
async def test_an_answer_that_telegram_refuses_is_refused(
    ask: Ask, server: StandIn, ada: Reader, answer: dict[str, Any], description: str
) -> None:
    query_id = await asked(ask, server, ada)

    refusal = await ask("answerInlineQuery", **{"inline_query_id": query_id, **answer})

    assert refusal["description"] == description
    assert server.world.inline.answers == []


async def test_an_answer_comes_too_late(http: aiohttp.ClientSession) -> None:
    clock = [0.0]
    async with StandIn(callback_lifetime=15, clock=lambda: clock[0]) as server:
        ada = server.reader("Ada")
        query = server.world.ask_inline(ada.id, ada.id, "crane")
        clock[0] = 16.0
        url = f"{server.url}/bot{server.token}/answerInlineQuery"
        body = {"inline_query_id": query.id, "results": []}
        async with http.post(url, json=body) as response:
            assert (await response.json())["description"] == TOO_OLD


async def test_without_inline_mode_nothing_can_be_typed(http: aiohttp.ClientSession) -> None:
    async with StandIn(inline_mode=False) as server:
        ada = server.reader("Ada")
        with pytest.raises(ValueError, match="@BotFather"):
            server.world.ask_inline(ada.id, ada.id, "crane")
        async with http.get(f"{server.url}/bot{server.token}/getMe") as response:
            assert (await response.json())["result"]["supports_inline_queries"] is False


async def test_only_what_was_answered_can_be_sent(ask: Ask, server: StandIn, ada: Reader) -> None:
    query_id = await asked(ask, server, ada)
    await ask("answerInlineQuery", inline_query_id=query_id, results=[result()])

    for query, chosen in ((query_id, "2"), ("7", "1")):
        with pytest.raises(ValueError, match="no such result"):
            await server.world.share(ada.id, ada.id, query, chosen)


async def test_the_page_types_and_sends(
    ask: Ask, server: StandIn, http: aiohttp.ClientSession, ada: Reader
) -> None:
    room = f"{server.url}/chat/api/rooms/{ada.id}"

    async def post(path: str, **body: str) -> Any:
        async with http.post(f"{room}/{path}", json=body) as response:
            return {"status": response.status, **await response.json()}

    typing = asyncio.create_task(post("inline", text="crane"))
    [update] = await ask("getUpdates", timeout=5)
    query_id = update["inline_query"]["id"]
    await ask("answerInlineQuery", inline_query_id=query_id, results=[result(description="Three")])
    answer = await typing
    sent = await post("share", query_id=query_id, result_id="1")
    absent = await post("share", query_id=query_id, result_id="2")

    assert answer["results"] == [
        {"id": "1", "title": "Cranes 1", "description": "Three", "thumbnail_url": None}
    ]
    assert (answer["next_offset"], answer["button"]) == ("", None)
    assert (sent["html"], sent["via_bot"]) == ("<b>Cranes</b>", "dekbot")
    assert absent == {"status": 400, "error": "There is no such result."}
