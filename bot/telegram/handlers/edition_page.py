"""/digest: alerts at once, or in editions."""

from typing import Final

from bot.domain.editions import Editions
from bot.domain.editions_parser import parse_editions
from bot.domain.parse_fault import ParseFault
from bot.services.subscriptions import is_paused
from bot.services.timing import TimingView
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.typing_faults import fault_line
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.places import place_of
from bot.texts.timetables import editions_in_words

#: What the buttons stand for, as one would type it.
_CHOICES: Final = {
    "off": "editions.choice-off",
    "weekdays 08:00": "editions.choice-weekdays",
    "daily 08:00 18:00": "editions.choice-daily",
    "hourly": "editions.choice-hourly",
}


async def digest(turn: Turn) -> Reply:
    """Say when alerts come; with a timetable behind the command, have them come so."""
    before = await turn.services.timing.view(turn.subscriber)
    if not turn.typed:
        return Reply(letter=_page(turn, before), outcome="shown")
    wanted = parse_editions(turn.typed)
    if isinstance(wanted, ParseFault):
        letter = _page(turn, before, fault_line(turn.texts, wanted))
        return Reply(letter=letter, outcome="unclear")
    outcome = "unchanged" if wanted == before.editions else "changed"
    return Reply(letter=_page(turn, await _set(turn, before, wanted)), outcome=outcome)


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    view = await turn.services.timing.view(turn.subscriber)
    return Reaction(letter=_page(turn, view), outcome="shown")


async def choose(turn: Turn, arguments: Arguments) -> Reaction:
    """Do what was pressed, as if it had been typed."""
    wanted = parse_editions(arguments.word())
    if isinstance(wanted, ParseFault):
        raise StaleButtonError
    before = await turn.services.timing.view(turn.subscriber)
    outcome = "unchanged" if wanted == before.editions else "changed"
    letter = _page(turn, await _set(turn, before, wanted))
    toast = turn.texts.plain("toast.editions" if wanted else "toast.at-once")
    return Reaction(letter=letter, toast=toast, outcome=outcome)


async def _set(turn: Turn, before: TimingView, wanted: Editions | None) -> TimingView:
    if wanted == before.editions:
        return before
    after = await turn.services.timing.set_editions(turn.subscriber, wanted)
    turn.services.wake()
    return after


def _page(turn: Turn, view: TimingView, *before: Html) -> Letter:
    texts = turn.texts
    paused = [texts.t("welcome.paused")] if is_paused(turn.subscriber) else []
    parts = [*before, *_now(turn, view), *paused, texts.t("editions.how")]
    return Letter(html=joined("\n\n", parts), rows=_rows(turn, view))


def _now(turn: Turn, view: TimingView) -> list[Html]:
    texts = turn.texts
    if view.editions is None:
        return [texts.t("editions.at-once")]
    words = editions_in_words(view.editions, texts, turn.language)
    return [
        joined("\n", [texts.t("editions.now", editions=words), *next_edition(turn, view)]),
        texts.t("editions.empty"),
    ]


def next_edition(turn: Turn, view: TimingView) -> list[Html]:
    """Return when the next edition comes, and by whose clock where the reader chose none."""
    if view.next_edition is None:
        return []
    moment = format_coming(view.next_edition, view.zone, turn.language)
    line = turn.texts.t("editions.next", moment=moment)
    return [line, *zone_hint(turn, view)]


def zone_hint(turn: Turn, view: TimingView) -> list[Html]:
    """Return by whose clock times are, where the reader has not chosen one."""
    if view.zone_name is not None:
        return []
    return [turn.texts.t("zone.hint", place=place_of(str(view.zone), turn.language))]


def _rows(turn: Turn, view: TimingView) -> Rows:
    now = str(view.editions) if view.editions else "off"
    choices: list[Button] = [
        buttons.marked(
            turn.texts.plain(key),
            Call(action="digest-set", arguments=(typed,)),
            is_chosen=typed == now,
        )
        for typed, key in _CHOICES.items()
    ]
    return (*((one,) for one in choices), buttons.settings_row(turn.texts))


COMMANDS: Final = {"digest": Command(digest, Changes.WITH_ARGUMENT)}
PRESSES: Final = {
    "digest": Press(open_page),
    "digest-set": Press(choose, Changes.ALWAYS),
}
