"""/timezone: by which clock times are meant."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.zones import ZoneAnswer, find_zone, guess_zone
from bot.services.timing import TimingView
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.edition_page import next_edition
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.zone_lists import place_now, region_rows, zone_button
from bot.texts.clip import clean, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.places import place_of, zone_called


async def timezone(turn: Turn) -> Reply:
    """Say which zone is in force; with a name behind the command, choose another."""
    before = await turn.services.timing.view(turn.subscriber)
    if not turn.typed:
        return Reply(letter=_page(turn, before), outcome="shown")
    known = turn.services.zone_names
    answer = find_zone(turn.typed, known)
    name = answer.name or zone_called(turn.typed, known, turn.language)
    if name is None:
        return Reply(letter=_choice(turn, answer), outcome="unclear")
    outcome = "unchanged" if name == before.zone_name else "changed"
    return Reply(letter=_page(turn, await _set(turn, name)), outcome=outcome)


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    view = await turn.services.timing.view(turn.subscriber)
    return Reaction(letter=_page(turn, view), outcome="shown")


async def choose(turn: Turn, arguments: Arguments) -> Reaction:
    view = await set_by_button(turn, arguments)
    toast = turn.texts.plain("toast.zone", place=place_of(str(view.zone), turn.language))
    return Reaction(letter=_page(turn, view), toast=toast, outcome="changed")


async def set_by_button(turn: Turn, arguments: Arguments) -> TimingView:
    """Choose the zone that the button names; raises StaleButtonError."""
    name = arguments.word()
    if name not in turn.services.zone_names:
        raise StaleButtonError
    return await _set(turn, name)


async def _set(turn: Turn, name: str) -> TimingView:
    view = await turn.services.timing.set_zone(turn.subscriber, name)
    turn.services.wake()
    return view


def proposed_zone(turn: Turn, view: TimingView) -> str | None:
    """Return the zone to propose; only the language of a reader's Telegram tells something."""
    if view.zone_name is not None or turn.subscriber.kind.is_shared:
        return None
    guess = guess_zone(turn.usual_language)
    return guess if guess in turn.services.zone_names and guess != str(view.zone) else None


def proposal(turn: Turn, zone: str) -> Html:
    place, clock = place_now(turn, ZoneInfo(zone))
    return turn.texts.t("zone.propose", place=place, clock=clock)


def yes_button(turn: Turn, zone: str, action: str) -> Button:
    text = turn.texts.plain("zone.yes", place=place_of(zone, turn.language))
    return Button(text=text, call=Call(action=action, arguments=(zone,)))


def _page(turn: Turn, view: TimingView) -> Letter:
    key = "zone.site" if view.zone_name is None else "zone.now"
    place, clock = place_now(turn, view.zone)
    after = [] if view.zone_name is None else next_edition(turn, view)
    now = joined("\n", [turn.texts.t(key, place=place, clock=clock), *after])
    guess = proposed_zone(turn, view)
    suggested: Rows = ((yes_button(turn, guess, "zone-set"),),) if guess else ()
    parts = [now, *([proposal(turn, guess)] if guess else []), turn.texts.t("zone.how")]
    rows = (*suggested, *region_rows(turn), buttons.settings_row(turn.texts))
    return Letter(html=joined("\n\n", parts), rows=rows)


def _choice(turn: Turn, answer: ZoneAnswer) -> Letter:
    """Return what may have been meant; where that is nothing, the parts of the world."""
    typed = isolated(clean(answer.typed))
    back = buttons.settings_row(turn.texts)
    if not answer.candidates:
        html = turn.texts.t("zone.unknown", typed=typed)
        return Letter(html=html, rows=(*region_rows(turn), back))
    html = turn.texts.t("zone.which", typed=typed)
    rows: Rows = tuple((zone_button(turn, zone),) for zone in answer.candidates)
    return Letter(html=html, rows=(*rows, back))


COMMANDS: Final = {"timezone": Command(timezone, Changes.WITH_ARGUMENT)}
PRESSES: Final = {
    "zone": Press(open_page),
    "zone-set": Press(choose, Changes.ALWAYS),
}
