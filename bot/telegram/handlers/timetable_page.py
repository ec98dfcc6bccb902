"""A page on which a timetable is chosen: editions, or quiet hours.

It is typed behind the command, or chosen by buttons that carry what one would type. What is said
on it is the pages' own matter.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.domain.editions import Editions
from bot.domain.parse_fault import ParseFault
from bot.domain.quiet import QuietHours
from bot.domain.subscriber import Subscriber
from bot.services.timing import TimingService, TimingView
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.typing_faults import fault_line
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.places import place_of

Chosen = TypeVar("Chosen", Editions, QuietHours)

_OFF: Final = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetablePage(Generic[Chosen]):
    #: The command, and the button that opens the page; a choice is `NAME-set`.
    name: str
    #: What the buttons stand for, as one would type it, and the keys of their texts.
    choices: Mapping[str, str]
    parse: Callable[[str], Chosen | ParseFault | None]
    #: What is chosen now.
    current: Callable[[TimingView], Chosen | None]
    choose: Callable[[TimingService, Subscriber, Chosen | None], Awaitable[TimingView]]
    #: What is said above the buttons, in paragraphs.
    told: Callable[[Turn, TimingView], list[Html]]
    #: What a button answers: with a timetable chosen, and with none.
    toasts: tuple[str, str]

    @property
    def commands(self) -> dict[str, Command]:
        return {self.name: Command(self._typed, Changes.WITH_ARGUMENT)}

    @property
    def presses(self) -> dict[str, Press]:
        setting = Press(self._pressed, Changes.ALWAYS)
        return {self.name: Press(self._opened), f"{self.name}-set": setting}

    async def _typed(self, turn: Turn) -> Reply:
        """Say how it is; with a timetable behind the command, have it be so."""
        before = await turn.services.timing.view(turn.subscriber)
        if not turn.typed:
            return Reply(letter=self._letter(turn, before), outcome="shown")
        wanted = self.parse(turn.typed)
        if isinstance(wanted, ParseFault):
            letter = self._letter(turn, before, fault_line(turn.texts, wanted))
            return Reply(letter=letter, outcome="unclear")
        after, outcome = await self._set(turn, before, wanted)
        return Reply(letter=self._letter(turn, after), outcome=outcome)

    async def _opened(self, turn: Turn, _arguments: Arguments) -> Reaction:
        view = await turn.services.timing.view(turn.subscriber)
        return Reaction(letter=self._letter(turn, view), outcome="shown")

    async def _pressed(self, turn: Turn, arguments: Arguments) -> Reaction:
        """Do what was pressed, as if it had been typed."""
        wanted = self.parse(arguments.word())
        if isinstance(wanted, ParseFault):
            raise StaleButtonError
        before = await turn.services.timing.view(turn.subscriber)
        after, outcome = await self._set(turn, before, wanted)
        toast = turn.texts.plain(self.toasts[0 if wanted else 1])
        return Reaction(letter=self._letter(turn, after), toast=toast, outcome=outcome)

    async def _set(
        self, turn: Turn, before: TimingView, wanted: Chosen | None
    ) -> tuple[TimingView, str]:
        if wanted == self.current(before):
            return before, "unchanged"
        after = await self.choose(turn.services.timing, turn.subscriber, wanted)
        turn.services.wake()
        return after, "changed"

    def _letter(self, turn: Turn, view: TimingView, *before: Html) -> Letter:
        parts = [*before, *self.told(turn, view)]
        return Letter(html=joined("\n\n", parts), rows=self._rows(turn, view))

    def _rows(self, turn: Turn, view: TimingView) -> Rows:
        now = str(self.current(view) or _OFF)
        choices: list[Button] = [
            buttons.marked(
                turn.texts.plain(key),
                Call(action=f"{self.name}-set", arguments=(typed,)),
                is_chosen=typed == now,
            )
            for typed, key in self.choices.items()
        ]
        return (*((one,) for one in choices), buttons.settings_row(turn.texts))


def zone_hint(turn: Turn, view: TimingView) -> list[Html]:
    """Return by whose clock times are, where the reader has not chosen one."""
    if view.zone_name is not None:
        return []
    return [turn.texts.t("zone.hint", place=place_of(str(view.zone), turn.language))]
