"""The bot's side of the stand-in: `/bot<token>/<method>`, as Telegram's Bot API answers there."""

import asyncio
import re
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.demo.botapi.answering import answer, refused
from bot.demo.botapi.calls import Call
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.faults import Faults
from bot.demo.botapi.params import Parameters, sent_with
from bot.demo.botapi.spec import Spec
from bot.demo.botapi.stage import Method, Stage

_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)


class BotSide:
    """Takes calls, checks them against the specification, and carries them out."""

    def __init__(
        self,
        *,
        token: str,
        stage: Stage,
        methods: Mapping[str, Method],
        spec: Spec,
        faults: Faults,
        latency: float,
    ) -> None:
        self._token, self._stage, self._spec, self._faults = token, stage, spec, faults
        self._latency = latency
        self._methods = {name.lower(): (name, method) for name, method in methods.items()}
        self.calls: list[Call] = []
        self.violations: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]*}/{method:.*}", self._handle),
            web.get("/file/bot{token:[^/]*}/{path:.*}", self._download),
        ]

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Answer with a file that getFile told the path of."""
        try:
            self._check(request)
        except Refusal as refusal:
            return refused(refusal)
        found = self._stage.world.files.find(request.match_info["path"])
        if found is None:
            return refused(Refusal(web.HTTPNotFound.status_code))
        return web.Response(body=found.upload.content, content_type="application/octet-stream")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            name, method = self._called(request)
            sent = await sent_with(request)
        except Refusal as refusal:
            return refused(refusal)
        params = Parameters(sent, self._spec.parameters(name))
        arrived = self._stage.world.clock()
        self.calls.append(Call(method=name, parameters=params.as_dict(), arrived=arrived))
        self.violations += params.faults(self._spec, name)
        if self._latency:
            await asyncio.sleep(self._latency)

        async def result() -> object:
            return await method(self._stage, params)

        response = await answer(request, result, self._faults.take(name, params))
        if response.status != web.HTTPOk.status_code:
            self._stage.world.events.tell("refused", method=name, status=response.status)
        return response

    def _check(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise Refusal(web.HTTPNotFound.status_code)
        if token != self._token:
            raise Refusal(web.HTTPUnauthorized.status_code)

    def _called(self, request: web.Request) -> tuple[str, Method]:
        self._check(request)
        found = self._methods.get(request.match_info["method"].lower())
        if found is None:
            raise Refusal(web.HTTPNotFound.status_code)
        return found
