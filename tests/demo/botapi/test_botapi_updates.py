"""How the bot hears of things: long polls, confirmed offsets, presses."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.updates import Updates

Ask = Callable[..., Coroutine[Any, Any, Any]]
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
GO = {"inline_keyboard": [[{"text": "Go on", "callback_data": "1"}, {"text": "x", "url": "x.org"}]]}


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_offset_confirms_what_came_before_and_the_rest_comes_again(
    ask: Ask, ada: Reader
) -> None:
    for text in "abc":
        await ada.say(text)
    first = await ask("getUpdates")
    again = await ask("getUpdates", limit=2)
    rest = await ask("getUpdates", offset=first[0]["update_id"] + 1)
    last = await ask("getUpdates", offset=-1)
    none = await ask("getUpdates", offset=first[-1]["update_id"] + 1)

    assert [update["message"]["text"] for update in first] == ["a", "b", "c"]
    assert ids(again) == ids(first)[:2]
    assert ids(rest) == ids(first)[1:]
    assert ids(last) == ids(first)[2:]
    assert none == []


async def test_a_poll_waits_until_something_happens(ask: Ask, ada: Reader, server: StandIn) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=30))
    await server.world.updates.polled.wait()
    await ada.say("/start")
    updates = await poll

    assert updates[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_poll_in_which_nothing_happens_ends_in_time() -> None:
    updates = Updates()

    assert await updates.poll(0, 100, 0.001) == []
    assert not updates.polled.is_set()


async def test_the_older_of_two_polls_is_refused(ask: Ask, ada: Reader, server: StandIn) -> None:
    older = asyncio.create_task(ask("getUpdates", timeout=30))
    await server.world.updates.polled.wait()
    newer = asyncio.create_task(ask("getUpdates", timeout=30))
    refusal = await older
    await server.world.updates.polled.wait()
    await ada.say("a")

    assert refusal["error_code"] == 409
    assert refusal["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len(await newer) == 1


async def test_a_poll_ends_with_the_stand_in(http: aiohttp.ClientSession) -> None:
    async with StandIn() as server:
        url = f"{server.url}/bot{server.token}/getUpdates"
        poll = asyncio.create_task(http.get(url, params={"timeout": "50"}))
        await server.world.updates.polled.wait()
    response = await poll

    assert (await response.json())["result"] == []


async def test_a_webhook_excludes_polls(ask: Ask, ada: Reader) -> None:
    insecure = await ask("setWebhook", url="http://x.org")
    await ask("setWebhook", url="https://x.org/hook", allowed_updates=["message"])
    await ada.say("a")
    info = await ask("getWebhookInfo")
    refusal = await ask("getUpdates")
    await ask("deleteWebhook", drop_pending_updates=True)

    assert insecure["description"].startswith("Bad Request: bad webhook")
    assert (info["url"], info["pending_update_count"]) == ("https://x.org/hook", 1)
    assert info["allowed_updates"] == ["message"]
    assert refusal["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert await ask("getUpdates") == []


async def test_setting_a_webhook_can_drop_what_waits(ask: Ask, ada: Reader) -> None:
    await ada.say("a")
    await ask("setWebhook", url="", drop_pending_updates=True)

    assert await ask("getUpdates") == []


async def test_only_the_kinds_asked_for_are_delivered(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    await ask("getUpdates", allowed_updates=["my_chat_member"])
    await ada.say("a")
    ada.block()
    ada.unblock()
    updates = await ask("getUpdates")
    statuses = [update["my_chat_member"]["new_chat_member"]["status"] for update in updates]
    await ask("getUpdates", allowed_updates=[], offset=updates[-1]["update_id"] + 1)
    await ada.say("b")

    assert statuses == ["kicked", "member"]
    assert [list(update)[1] for update in await ask("getUpdates")] == ["message"]


async def test_a_press_is_answered_and_its_message_edited(
    ask: Ask, ada: Reader, server: StandIn
) -> None:
    await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=GO)
    press = asyncio.create_task(ada.press("Go on"))
    [update] = await ask("getUpdates", timeout=5)
    query = update["callback_query"]
    await ask("answerCallbackQuery", callback_query_id=query["id"], text="Done", show_alert=True)
    answer = await press

    assert (query["data"], query["from"]["id"]) == ("1", ada.id)
    assert query["message"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "1"
    assert (answer.text, answer.show_alert) == ("Done", True)
    assert server.world.answers == [answer]


@pytest.mark.parametrize("named", ["Go on", "1", "Go"])
async def test_a_button_is_found_by_its_text_its_data_or_a_part(
    ask: Ask, ada: Reader, server: StandIn, named: str
) -> None:
    await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=GO)
    press = asyncio.create_task(ada.press(named, message=ada.last))
    [update] = await ask("getUpdates", timeout=5)
    await ask("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])

    assert (await press).query.data == "1"


async def test_a_button_that_is_not_there_cannot_be_pressed(ask: Ask, ada: Reader) -> None:
    await ask("sendMessage", chat_id=ada.id, text="a", reply_markup=GO)
    with pytest.raises(ValueError, match="no button 'Stop' among"):
        await ada.press("Stop")
    with pytest.raises(ValueError, match="no button 'x' among"):
        await ada.press("x", message=ada.last)  # a link, which is not pressed but opened

    assert await ask("getUpdates") == []


async def test_an_answer_comes_too_late(http: aiohttp.ClientSession) -> None:
    clock = [0.0]
    async with StandIn(callback_lifetime=15, clock=lambda: clock[0]) as server:
        ada = server.reader("Ada")
        query = server.world.queries.open(ada.id, ada.id, "1", now=0.0)
        url = f"{server.url}/bot{server.token}/answerCallbackQuery"
        descriptions = []
        for instant, query_id in [(16.0, query.id), (1.0, "none")]:
            clock[0] = instant
            async with http.post(url, json={"callback_query_id": query_id}) as response:
                descriptions.append((await response.json())["description"])

    assert descriptions == [TOO_OLD, TOO_OLD]


async def test_an_answer_has_at_most_200_characters(ask: Ask, ada: Reader, server: StandIn) -> None:
    query = server.world.queries.open(ada.id, ada.id, "1", server.world.clock())
    refusal = await ask("answerCallbackQuery", callback_query_id=query.id, text="a" * 201)

    assert refusal["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_waiting_in_vain_tells_what_came_instead(ask: Ask, ada: Reader) -> None:
    await ask("sendMessage", chat_id=ada.id, text="only this")
    await ada.next_message()
    with pytest.raises(TimeoutError, match=r"Ada waited in vain.*only this"):
        await ada.next_message(timeout=0.01)

    assert len(ada.messages) == 1


async def test_a_question_is_followed_by_its_answer(ask: Ask, ada: Reader) -> None:
    await ask("sendMessage", chat_id=ada.id, text="earlier")
    question = asyncio.create_task(ada.ask("/help"))
    await ask("getUpdates", timeout=5)
    await ask("sendMessage", chat_id=ada.id, text="help")

    assert (await question).text == "help"
