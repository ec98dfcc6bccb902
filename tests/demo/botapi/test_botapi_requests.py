"""The ways in which Telegram takes a call, and what the stand-in notes of it."""

import json
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn


def at(server: StandIn, method: str, token: str | None = None) -> str:
    return f"{server.url}/bot{token or server.token}/{method}"


async def test_a_call_may_come_in_every_encoding(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    fields = {"chat_id": str(ada.id), "text": "a", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(fields)
    multipart.add_field("parse_mode", "HTML", content_type="text/plain")
    requests: list[dict[str, Any]] = [
        {"method": "GET", "params": fields},
        {"method": "POST", "data": fields},
        {"method": "POST", "data": multipart},
        {"method": "POST", "json": {"chat_id": ada.id, "text": "a", "reply_markup": markup}},
        {"method": "POST", "json": fields},
    ]
    for request in requests:
        async with http.request(url=at(server, "SENDmessage"), **request) as response:
            assert (await response.json())["ok"], request

    assert [message.labels for message in ada.messages] == [["Go"]] * len(requests)
    assert server.violations == []
    assert {call.method for call in server.calls} == {"sendMessage"}


@pytest.mark.parametrize(
    ("token", "method", "code", "description"),
    [
        ("1:wrong", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (None, "getmee", 404, "Not Found"),
        (None, "", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(
    server: StandIn,
    http: aiohttp.ClientSession,
    token: str | None,
    method: str,
    code: int,
    description: str,
) -> None:
    async with http.get(at(server, method, token)) as response:
        body = await response.json()

    assert response.status == code
    assert body == {"ok": False, "error_code": code, "description": description}


@pytest.mark.parametrize("body", [b"{", b"[1]"])
async def test_a_body_that_is_no_json_object_is_refused(
    server: StandIn, http: aiohttp.ClientSession, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(at(server, "getMe"), data=body, headers=headers) as response:
        assert response.status == 400


async def test_lone_surrogates_are_refused(
    server: StandIn, http: aiohttp.ClientSession, ada: Reader
) -> None:
    body = f'{{"chat_id": {ada.id}, "text": "\\ud800"}}'
    headers = {"Content-Type": "application/json"}
    async with http.post(at(server, "sendMessage"), data=body, headers=headers) as response:
        answer = await response.json()

    assert answer["description"] == "Bad Request: strings must be encoded in UTF-8"


@pytest.mark.parametrize(
    ("parameters", "violation"),
    [
        ({"chat_id": 1, "text": "a", "colour": 1}, "sendMessage: colour is unknown"),
        ({"chat_id": 1}, "sendMessage: text is required"),
        ({"chat_id": 1, "text": 5}, "sendMessage: text: String expected, got int"),
        (
            {"chat_id": 1, "text": "a", "message_thread_id": "x"},
            "sendMessage: message_thread_id: Integer expected, got str",
        ),
        (
            {"chat_id": 1, "text": "a", "reply_parameters": {"message": 1}},
            "sendMessage: reply_parameters.message_id: required in ReplyParameters",
        ),
    ],
)
async def test_what_departs_from_the_specification_is_noted(
    server: StandIn,
    http: aiohttp.ClientSession,
    parameters: dict[str, Any],
    violation: str,
) -> None:
    async with http.post(at(server, "sendMessage"), json=parameters) as response:
        await response.read()

    assert violation in server.violations


async def test_unknown_parameters_do_not_hinder_a_call(
    server: StandIn, http: aiohttp.ClientSession
) -> None:
    async with http.post(at(server, "getMe"), json={"colour": 1}) as response:
        assert (await response.json())["ok"]


async def test_the_stand_in_can_be_slow_and_welcome_strangers(http: aiohttp.ClientSession) -> None:
    async with StandIn(latency=0.001, welcomes_strangers=True) as server:
        url = at(server, "sendMessage")
        async with http.post(url, json={"chat_id": 4711, "text": "a"}) as response:
            assert (await response.json())["result"]["chat"]["id"] == 4711
        async with http.post(url, json={"chat_id": -4711, "text": "a"}) as response:
            assert response.status == 400


async def test_an_address_of_version_six_is_written_in_brackets() -> None:
    server = StandIn(host="::1", port=81)

    assert server.url == "http://[::1]:81"
