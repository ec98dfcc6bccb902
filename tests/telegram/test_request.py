"""Requests to the Bot API: what arrives."""

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import NetworkError

from bot.telegram.request import AiohttpRequest, environment_proxy
from bot.telegram.timeouts import Timeouts
from tests.telegram.conftest import MakeBot, Serve, answering


async def test_parameters_arrive_as_json_of_their_types(serve: Serve, make_bot: MakeBot) -> None:
    seen: list[object] = []

    async def handle(request: web.Request) -> web.Response:
        seen.append((request.path.rpartition("/")[2], await request.json()))
        return web.json_response({"ok": True, "result": True})

    bot = await make_bot(await serve(handle))
    await bot.delete_webhook(drop_pending_updates=True)

    assert seen == [("deleteWebhook", {"drop_pending_updates": True})]


async def test_files_are_uploaded_with_their_parameters(serve: Serve, make_bot: MakeBot) -> None:
    content = bytes(range(256)) * 8_000  # over aiohttp's limit for raw bytes
    seen: dict[str, object] = {}

    async def handle(request: web.Request) -> web.Response:
        form = await request.post()
        part = form["certificate"]
        assert isinstance(part, web.FileField)
        with part.file as file:
            seen.update(form, certificate=(part.filename, part.content_type, file.read()))
        return web.json_response({"ok": True, "result": True})

    bot = await make_bot(await serve(handle))
    certificate = InputFile(content, filename="cert.txt")
    await bot.set_webhook("https://a.example/", certificate=certificate, max_connections=7)

    assert seen == {
        "url": "https://a.example/",
        "max_connections": "7",
        "certificate": ("cert.txt", "text/plain", content),
    }


@pytest.mark.parametrize("name", ["a list (2).csv", "목록.csv", 'so-called "list".csv'])
async def test_a_file_keeps_its_name(serve: Serve, make_bot: MakeBot, name: str) -> None:
    seen: list[str] = []

    async def handle(request: web.Request) -> web.Response:
        part = (await request.post())["certificate"]
        assert isinstance(part, web.FileField)
        with part.file:
            seen.append(part.filename)
        return web.json_response({"ok": True, "result": True})

    bot = await make_bot(await serve(handle))
    await bot.set_webhook("https://a.example/", certificate=InputFile(b"x", filename=name))

    assert seen == [name]


async def test_files_are_downloaded_as_they_are(serve: Serve) -> None:
    url = await serve(answering(200, "any bytes"))
    async with AiohttpRequest(connections=1) as request:
        assert await request.retrieve(f"{url}/file") == b"any bytes"


async def test_without_initialization_nothing_is_sent() -> None:
    request = AiohttpRequest(connections=1)
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post("http://127.0.0.1/")
    await request.shutdown()


async def test_timeouts_are_taken_part_by_part() -> None:
    limits = Timeouts(read=20, write=10, connect=5, pool=1).as_aiohttp()

    assert (limits.total, limits.connect, limits.sock_connect, limits.sock_read) == (36, 6, 5, 20)
    assert Timeouts(read=None).as_aiohttp().total is None
    assert AiohttpRequest(connections=1, timeouts=Timeouts(read=3)).read_timeout == 3


async def test_none_as_a_time_out_waits_for_ever(serve: Serve) -> None:
    url = await serve(answering(200, '{"ok": true, "result": true}'))
    async with AiohttpRequest(connections=1, timeouts=Timeouts(read=0.000001)) as request:
        assert await request.post(f"{url}/a", read_timeout=None) is True


def test_the_environment_names_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")

    assert environment_proxy("https://api.telegram.org") == "http://proxy.example:3128"
    assert environment_proxy("https://127.0.0.1:8765") is None
    assert environment_proxy("nonsense") is None
