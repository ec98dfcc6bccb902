"""Files that the bot sends, held against the specification."""

import struct
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.demo.botapi import Reader, StandIn
from bot.demo.botapi.spec import Spec
from tests.demo.botapi.conftest import Ask

SendFile = Callable[..., Awaitable[Any]]


@pytest.fixture
def send_file(server: StandIn, http: aiohttp.ClientSession, spec: Spec) -> SendFile:
    """Upload a file as a form: the Message, checked against the specification, or the refusal."""

    async def send(
        chat_id: int,
        content: bytes,
        name: str = "a list.csv",
        mime_type: str = "text/csv",
        kind: str = "document",
        **parameters: str,
    ) -> Any:
        form = aiohttp.FormData(quote_fields=False)
        for parameter, value in {"chat_id": str(chat_id), **parameters}.items():
            form.add_field(parameter, value)
        form.add_field(kind, content, filename=name, content_type=mime_type)
        method = f"send{kind.capitalize()}"
        url = f"{server.url}/bot{server.token}/{method}"
        async with http.post(url, data=form) as response:
            body = await response.json()
        if not body["ok"]:
            assert response.status == body["error_code"]
            return body
        assert spec.result_faults(method, body["result"]) == []
        return body["result"]

    return send


async def test_a_document_arrives_with_name_kind_and_caption(
    server: StandIn, ada: Reader, send_file: SendFile
) -> None:
    sent = await send_file(
        ada.id, b"a;b\r\n", caption="<b>Your</b> list", parse_mode="HTML", disable_notification="1"
    )

    about = {"file_name": "a list.csv", "mime_type": "text/csv", "file_size": 5}
    assert about.items() <= sent["document"].items()
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Your list", "bold")
    assert "text" not in sent
    assert ada.last.document
    assert ada.last.document.upload.content == b"a;b\r\n"
    assert ada.last.silent
    assert server.violations == []


async def test_a_file_can_be_fetched_again_and_sent_by_its_id(
    server: StandIn, ada: Reader, ask: Ask, http: aiohttp.ClientSession, send_file: SendFile
) -> None:
    file_id = (await send_file(ada.id, b"abc"))["document"]["file_id"]

    told = await ask("getFile", file_id=file_id)
    again = await ask("sendDocument", chat_id=ada.id, document=file_id)

    assert again["document"]["file_id"] == file_id
    async with http.get(f"{server.url}/file/bot{server.token}/{told['file_path']}") as response:
        assert await response.read() == b"abc"
    for url in (f"/file/bot{server.token}/documents/none", f"/file/bot1:x/{told['file_path']}"):
        async with http.get(f"{server.url}{url}") as response:
            assert not (await response.json())["ok"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"content": b""}, "Bad Request: file must be non-empty"),
        ({"content": b"x", "caption": "a" * 1025}, "Bad Request: message caption is too long"),
        ({"content": b"x", "caption": "<b>", "parse_mode": "HTML"}, "Bad Request: can't parse"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    ada: Reader, send_file: SendFile, given: dict[str, Any], refused: str
) -> None:
    answer = await send_file(ada.id, **given)

    assert answer["description"].startswith(refused)
    assert ada.messages == []


async def test_a_caption_is_measured_after_parsing(ada: Reader, send_file: SendFile) -> None:
    caption = f"<b>{'a' * 1022}</b>🚢"

    assert (await send_file(ada.id, b"x", caption=caption, parse_mode="HTML"))["caption"]


async def test_a_document_must_be_a_file_or_the_id_of_one(
    server: StandIn, ada: Reader, ask: Ask
) -> None:
    missing = await ask("sendDocument", chat_id=ada.id)
    unknown = await ask("sendDocument", chat_id=ada.id, document="BQAC")
    not_there = await ask("getFile", file_id="BQAC")

    assert missing["description"] == "Bad Request: there is no document in the request"
    assert unknown["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    assert not_there["description"] == "Bad Request: invalid file_id"
    assert server.violations == ["sendDocument: document is required"]


async def test_what_is_too_large_is_refused(http: aiohttp.ClientSession) -> None:
    async with StandIn(most_bytes=1_000) as server:
        form = aiohttp.FormData()
        form.add_field("document", b"x" * 100_000, filename="large.bin")
        url = f"{server.url}/bot{server.token}/sendDocument"
        async with http.post(url, data=form) as response:
            body = await response.json()

    assert (response.status, body["description"]) == (413, "Request Entity Too Large")


async def test_a_chat_may_take_texts_and_no_files(
    server: StandIn, ada: Reader, ask: Ask, send_file: SendFile
) -> None:
    group = server.world.supergroup("Desk", members=[ada.person])
    group.without_files = True

    assert (await ask("sendMessage", chat_id=group.id, text="Hello"))["text"] == "Hello"
    answer = await send_file(group.id, b"x")
    assert answer["description"] == "Bad Request: not enough rights to send documents to the chat"


async def test_a_documents_text_is_no_text_to_edit(
    ada: Reader, ask: Ask, send_file: SendFile
) -> None:
    sent = await send_file(ada.id, b"x", caption="List")

    answer = await ask(
        "editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="Other"
    )

    assert answer["description"] == "Bad Request: there is no text in the message to edit"


async def test_the_page_shows_the_file_and_hands_it_out_to_be_kept(
    server: StandIn, ada: Reader, http: aiohttp.ClientSession, send_file: SendFile
) -> None:
    await send_file(ada.id, b"<script>", name="page.html", mime_type="text/html")
    async with http.get(f"{server.url}/chat/api/rooms/{ada.id}/messages") as response:
        (message,) = (await response.json())["messages"]
    shown = message["document"]

    assert (shown["name"], shown["size"]) == ("page.html", 8)
    async with http.get(f"{server.url}{shown['url']}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"] == "attachment"
    async with http.get(f"{server.url}/chat/api/files/none") as response:
        assert response.status == 404


PHOTO = struct.pack(">8sI4sII", b"\x89PNG\r\n\x1a\n", 13, b"IHDR", 1200, 800)


async def test_a_photo_arrives_with_its_size_and_caption_and_the_page_shows_it(
    server: StandIn, ada: Reader, http: aiohttp.ClientSession, send_file: SendFile
) -> None:
    sent = await send_file(
        ada.id, PHOTO, "a.png", "image/png", kind="photo", caption="<b>A day</b>", parse_mode="HTML"
    )
    again = await send_file(ada.id, PHOTO, "a.png", "image/png", kind="photo")
    async with http.get(f"{server.url}/chat/api/rooms/{ada.id}/messages") as response:
        (message, _) = (await response.json())["messages"]

    (size,) = sent["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (1200, 800, len(PHOTO))
    assert (sent["caption"], "text" in sent, "document" in sent) == ("A day", False, False)
    assert again["photo"][0]["file_id"] != size["file_id"]
    assert (message["photo"]["name"], message["document"]) == ("a.png", None)
    async with http.get(f"{server.url}{message['photo']['url']}") as response:
        assert (response.content_type, await response.read()) == ("image/png", PHOTO)
    assert server.violations == []


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", "file must be non-empty"),
        (b"%PDF-1.7 and some more of it", "IMAGE_PROCESS_FAILED"),
        (PHOTO[:20], "IMAGE_PROCESS_FAILED"),
        (PHOTO[:16] + struct.pack(">II", 9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (PHOTO[:16] + struct.pack(">II", 2_100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_photo_is_refused(
    ada: Reader, send_file: SendFile, content: bytes, refused: str
) -> None:
    answer = await send_file(ada.id, content, kind="photo")

    assert answer["description"] == f"Bad Request: {refused}"
    assert ada.messages == []


async def test_a_chat_that_takes_no_files_takes_no_photos(
    server: StandIn, ada: Reader, send_file: SendFile
) -> None:
    group = server.world.supergroup("Desk", members=[ada.person])
    group.without_files = True

    answer = await send_file(group.id, PHOTO, kind="photo")

    assert answer["description"] == "Bad Request: not enough rights to send photos to the chat"
