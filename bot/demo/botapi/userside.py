"""The people's side over HTTP, for the chat page: JSON and a stream of events."""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.demo.botapi.cards import CardSource
from bot.demo.botapi.events import Event
from bot.demo.botapi.managing import act, actions
from bot.demo.botapi.page_view import PageView, RoomKey
from bot.demo.botapi.world import NotPossibleError, World

#: Seconds after which a quiet stream gets a comment, so that nothing between cuts it.
_KEEP_OPEN: Final = 15.0
#: Seconds after which a page is told that the bot does not answer what is typed inline.
_PATIENCE: Final = 10.0

Frame = tuple[str, dict[str, Any]] | None


class UserSide:
    """Answers the page; an error is `{"error": "a sentence"}`."""

    def __init__(
        self,
        world: World,
        page_folder: Path | None,
        card: CardSource | None = None,
        keep_open: float = _KEEP_OPEN,
        patience: float = _PATIENCE,
    ) -> None:
        self._world, self._page_folder, self._card = world, page_folder, card
        self._keep_open, self._patience = keep_open, patience
        self._view = PageView(world)
        self._streams: set[asyncio.Queue[Frame]] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        room = "/chat/api/rooms/{key}"
        routes: list[web.AbstractRouteDef] = [
            web.get("/chat/api/state", self._state),
            web.get("/chat/api/events", self._events),
            web.get(f"{room}/messages", self._messages),
            web.post(f"{room}/messages", self._say),
            web.post(f"{room}/messages/{{message_id:\\d+}}/press", self._press),
            web.post(f"{room}/inline", self._type_inline),
            web.post(f"{room}/share", self._share),
            web.post(f"{room}/block", self._block),
            web.get(f"{room}/actions", self._actions),
            web.post(f"{room}/actions", self._act),
            web.get("/chat/api/files/{unique_id}", self._file),
        ]
        if self._page_folder is not None:
            routes += [web.get("/", self._index), web.static("/page", self._page_folder)]
        return routes

    def close(self) -> None:
        """End the streams of events."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse((self._page_folder or Path()) / "index.html")

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response(self._view.state())

    async def _messages(self, request: web.Request) -> web.Response:
        return web.json_response({"messages": self._view.messages(self._room(request))})

    async def _say(self, request: web.Request) -> web.Response:
        chat_id, person_id, thread_id = self._room(request)
        body = await _body(request)
        text, reply_to = str(body.get("text", "")), body.get("reply_to_message_id")
        with _refusing():
            message = self._world.say(
                person_id, chat_id, text, reply_to=reply_to, thread_id=thread_id
            )
        return web.json_response(self._view.message(message))

    async def _press(self, request: web.Request) -> web.Response:
        chat_id, person_id, _ = self._room(request)
        body = await _body(request)
        message_id = int(request.match_info["message_id"])
        with _refusing():
            query = self._world.press(person_id, chat_id, message_id, str(body.get("data", "")))
        return web.json_response({"callback_query_id": query.id})

    async def _type_inline(self, request: web.Request) -> web.Response:
        """Answer with what the bot answers."""
        chat_id, person_id, _ = self._room(request)
        body = await _body(request)
        text, offset = str(body.get("text", "")), str(body.get("offset", ""))
        with _refusing():
            query = self._world.ask_inline(person_id, chat_id, text, offset)
        try:
            answer = await self._world.events.wait_for(
                lambda: self._world.inline.answered(query.id), self._patience
            )
        except TimeoutError:
            raise _error(web.HTTPGatewayTimeout, "The bot does not answer.") from None
        return web.json_response(self._view.inline(answer))

    async def _share(self, request: web.Request) -> web.Response:
        chat_id, person_id, thread_id = self._room(request)
        body = await _body(request)
        query_id, result_id = (str(body.get(f"{name}_id", "")) for name in ("query", "result"))
        with _refusing():
            message = await self._world.share(
                person_id, chat_id, query_id, result_id, thread_id=thread_id, card=self._card
            )
        return web.json_response(self._view.message(message))

    async def _block(self, request: web.Request) -> web.Response:
        chat_id, person_id, _ = self._room(request)
        if chat_id != person_id:
            raise _error(web.HTTPBadRequest, "Only a private chat can be blocked.")
        blocked = (await _body(request)).get("blocked")
        memberships = self._world.memberships
        (memberships.block if blocked else memberships.unblock)(person_id)
        return web.json_response({"blocked": bool(blocked)})

    async def _actions(self, request: web.Request) -> web.Response:
        return web.json_response({"actions": actions(self._world, self._room(request))})

    async def _act(self, request: web.Request) -> web.Response:
        key, body = self._room(request), await _body(request)
        with _refusing():
            act(self._world, key, str(body.get("do", "")))
        return web.json_response({})

    async def _file(self, request: web.Request) -> web.Response:
        """Answer with a file to be kept; a browser never shows it as a page of this host."""
        found = self._world.files.find(request.match_info["unique_id"])
        if found is None:
            raise _error(web.HTTPNotFound, "There is no such file.")
        response = web.Response(body=found.upload.content, content_type=found.upload.mime_type)
        response.headers["Content-Disposition"] = "attachment"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        stream: asyncio.Queue[Frame] = asyncio.Queue()

        def pass_on(event: Event) -> None:
            frame = self._view.event(event)
            if frame is not None:
                stream.put_nowait(frame)

        self._streams.add(stream)
        stop = self._world.events.listen(pass_on)
        try:
            await response.prepare(request)
            await response.write(b": open\n\n")
            await _pour(stream, response, self._keep_open)
        except ConnectionError:
            pass  # the page was closed
        finally:
            stop()
            self._streams.discard(stream)
        return response

    def _room(self, request: web.Request) -> RoomKey:
        """Return the room that the path names."""
        found = self._view.room(request.match_info["key"])
        if found is None:
            raise _error(web.HTTPNotFound, "There is no such room.")
        return found


async def _pour(
    stream: asyncio.Queue[Frame], response: web.StreamResponse, patience: float
) -> None:
    """Write events until the stand-in closes, and a comment when there are none for long."""
    while True:
        try:
            async with asyncio.timeout(patience):
                frame = await stream.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if frame is None:
            return
        name, data = frame
        await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())


class _refusing:  # noqa: N801 - reads as a word in `with _refusing():`
    """Turns what a person can't do into an answer with status 400."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, NotPossibleError):
            raise _error(web.HTTPBadRequest, str(fault)) from fault


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _error(web.HTTPBadRequest, "A JSON object is expected.")
    return body


def _error(kind: type[web.HTTPError], sentence: str) -> web.HTTPError:
    return kind(text=json.dumps({"error": sentence}), content_type="application/json")
