"""The method that answers inline queries. Of the kinds of results the stand-in knows articles."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.formatting import formatted
from bot.demo.botapi.inline import InlineAnswer, InlineResult
from bot.demo.botapi.keyboards import inline_keyboard
from bot.demo.botapi.links import BadLinkError, checked
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.stage import Stage

_MOST_RESULTS: Final = 50
_MOST_BYTES: Final = 64
_CACHE_TIME: Final = 300
_START_PARAMETER: Final = re.compile(r"[A-Za-z0-9_-]+")
_UNREADABLE: Final = "Can't parse inline query result: "


async def answer_inline_query(stage: Stage, params: Parameters) -> bool:
    world = stage.world
    given = params.items("results")
    if len(given) > _MOST_RESULTS:
        raise Refusal.bad_request("RESULTS_TOO_MUCH")
    results = tuple(_result(one, world.registry.people) for one in given)
    if len({one.id for one in results}) < len(results):
        raise Refusal.bad_request("RESULT_ID_DUPLICATE")
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > _MOST_BYTES:
        raise Refusal.bad_request("NEXT_OFFSET_INVALID")
    button = _button(params.structure("button")) if "button" in params else None
    query = world.inline.asked(params.text("inline_query_id"), world.clock())
    world.inline.answers.append(
        InlineAnswer(
            query=query,
            results=results,
            next_offset=next_offset,
            button=button,
            cache_time=params.integer("cache_time", _CACHE_TIME),
            is_personal=params.flag("is_personal"),
        )
    )
    world.events.tell("inline_answered", person_id=query.person_id, results=len(results))
    return True


def _result(given: Any, people: Mapping[int, Any]) -> InlineResult:
    """Return the result, its text parsed; raises `Refusal`."""
    if not isinstance(given, dict):
        raise Refusal.bad_request(f"{_UNREADABLE}Inline query result must be an object")
    kind = given.get("type", "")
    if kind != "article":
        fault = f'type "{kind}" is unsupported for the inline query result'
        raise Refusal.bad_request(f"{_UNREADABLE}{fault}")
    content = _field(given, "input_message_content")
    if not isinstance(content, dict):
        raise Refusal.bad_request(f"{_UNREADABLE}Input message content must be an object")
    message = _message(content)
    try:
        text, entities = formatted(message, people)
        markup = inline_keyboard(Parameters({"reply_markup": given.get("reply_markup")}, {}))
    except Refusal as refusal:
        raise Refusal.bad_request(f"{_UNREADABLE}{refusal.message}") from None
    return InlineResult(
        id=_id(str(given.get("id", ""))),
        title=_title(_field(given, "title")),
        description=str(given.get("description", "")),
        url=given.get("url"),
        thumbnail_url=_picture(given.get("thumbnail_url")),
        text=text,
        entities=entities,
        markup=markup,
        preview=content.get("link_preview_options") or {},
    )


def _message(content: dict[str, Any]) -> Parameters:
    """Return the message's content as `sendMessage` would be given it."""
    given = {name: content[name] for name in content if name in ("parse_mode", "entities")}
    given["text"] = _field(content, "message_text")
    return Parameters(given, {"entities": "Array of MessageEntity"})


def _field(given: dict[str, Any], name: str) -> Any:
    if name not in given:
        raise Refusal.bad_request(f'{_UNREADABLE}Can\'t find field "{name}"')
    return given[name]


def _id(given: str) -> str:
    if not given:
        raise Refusal.bad_request("RESULT_ID_EMPTY")
    if len(given.encode()) > _MOST_BYTES:
        raise Refusal.bad_request("RESULT_ID_INVALID")
    return given


def _title(given: Any) -> str:
    if not str(given).strip():
        raise Refusal.bad_request("ARTICLE_TITLE_EMPTY")
    return str(given)


def _picture(url: Any) -> str | None:
    if url is None:
        return None
    try:
        return checked(str(url))
    except BadLinkError:
        raise Refusal.bad_request("WEBDOCUMENT_URL_INVALID") from None


def _button(given: dict[str, Any]) -> dict[str, Any]:
    if not given.get("text"):
        raise Refusal.bad_request("SWITCH_PM_TEXT_EMPTY")
    if "web_app" in given:
        return given
    parameter = str(given.get("start_parameter", ""))
    if not parameter:
        raise Refusal.bad_request("START_PARAM_EMPTY")
    if len(parameter) > _MOST_BYTES or not _START_PARAMETER.fullmatch(parameter):
        raise Refusal.bad_request("START_PARAM_INVALID")
    return given
