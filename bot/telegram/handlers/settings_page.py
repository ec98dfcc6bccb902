"""/settings: one message that leads everywhere and is edited in place."""

from typing import Final

from bot.domain.silence import Silence
from bot.services.subscriptions import is_paused
from bot.services.timing import TimingView
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.language_page import language_line
from bot.telegram.handlers.turn import Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.zone_lists import place_now
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter
from bot.texts.timetables import editions_in_words, quiet_in_words

_SILENCES: Final = {
    Silence.NO_RIGHT: "settings.silenced",
    Silence.CLOSED: "settings.closed",
}


async def settings(turn: Turn) -> Reply:
    return Reply(letter=await _page(turn), outcome="shown")


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    return Reaction(letter=await _page(turn), outcome="shown")


async def _page(turn: Turn) -> Letter:
    view = await turn.services.timing.view(turn.subscriber)
    title = turn.texts.t("settings.title-group" if turn.in_group else "settings.title")
    when = [
        *_silent(turn),
        *_paused(turn, view),
        *_alerts(turn, view),
        _quiet(turn, view),
        _zone(turn, view),
    ]
    html = joined("\n\n", [title, joined("\n", [*when, language_line(turn)])])
    pausing = "settings.to-resume" if is_paused(turn.subscriber) else "settings.to-pause"
    pages = [
        ("settings.to-digest", Call(action="digest")),
        ("settings.to-quiet", Call(action="quiet")),
        ("settings.to-zone", Call(action="zone")),
        ("settings.to-language", Call(action="language")),
        ("settings.to-following", Call(action="following", arguments=(0,))),
        ("settings.to-alerts", Call(action="alerts", arguments=(0,))),
        (pausing, Call(action="pause-page")),
    ]
    leading = [Button(text=turn.texts.plain(key), call=call) for key, call in pages]
    return Letter(html=html, rows=buttons.laid_out(leading))


def _silent(turn: Turn) -> list[Html]:
    silence = turn.subscriber.silence
    return [turn.texts.t(_SILENCES[silence])] if silence else []


def _paused(turn: Turn, view: TimingView) -> list[Html]:
    if not is_paused(turn.subscriber):
        return []
    until = turn.subscriber.paused_until
    if until is None:
        return [turn.texts.t("settings.paused")]
    moment = format_coming(until, view.zone, turn.language, far=True)
    return [turn.texts.t("settings.paused-until", moment=moment)]


def _alerts(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    if view.editions is None:
        return [texts.t("settings.at-once")]
    words = editions_in_words(view.editions, texts, turn.language)
    lines = [texts.t("settings.editions", editions=words)]
    if view.next_edition is not None:
        moment = format_coming(view.next_edition, view.zone, turn.language)
        lines.append(texts.t("editions.next", moment=moment))
    return lines


def _quiet(turn: Turn, view: TimingView) -> Html:
    if view.quiet is None:
        return turn.texts.t("settings.not-quiet")
    words = quiet_in_words(view.quiet, turn.texts, turn.language)
    return turn.texts.t("settings.quiet", quiet=words)


def _zone(turn: Turn, view: TimingView) -> Html:
    place, clock = place_now(turn, view.zone)
    key = "settings.zone-site" if view.zone_name is None else "settings.zone"
    return turn.texts.t(key, place=place, clock=clock)


COMMANDS: Final = {"settings": Command(settings)}
PRESSES: Final = {"settings": Press(open_page)}
