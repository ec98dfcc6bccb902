"""What can be done about what brought an alert, or kept one away: one tap, and its undo.

Each button stands in a row of its own. Only the rows of the one thing change with a press, so the
same buttons serve under an alert, whose text stays as it is, and under an answer to /why.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.services.records import SearchRecord, TopicRecord
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.buttons import fitted
from bot.telegram.handlers.holding import Held, Kept
from bot.telegram.handlers.row_patch import patched
from bot.telegram.handlers.turn import Changes, Press, Reaction, Turn
from bot.texts.catalogue import Texts
from bot.texts.letter import Button, Call, Rows

Record = TypeVar("Record", TopicRecord, SearchRecord)
State = TypeVar("State", Held, Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies(Generic[Record, State]):
    #: The action of the buttons; that of their undo ends in `-undo`.
    action: str
    find: Callable[[Turn, int], Awaitable[Record | None]]
    #: What holds of it now.
    state: Callable[[Record], State]
    #: The same, as a button carries it.
    read: Callable[[Arguments], State]
    #: What can be made of it: the key of the button's text, and what it leads to.
    wanted: Callable[[Record], Mapping[str, State]]
    #: Leads it there, and returns it as it then is.
    apply: Callable[[Turn, Record, State], Awaitable[Record]]
    name: Callable[[Record], str]
    #: What is answered: of it as it is now, and of what held before.
    toast: Callable[[Texts, Record, State], str]
    #: The key of the answer where it is no longer there.
    gone: str

    @property
    def presses(self) -> dict[str, Press]:
        return {
            self.action: Press(self._change, Changes.ALWAYS),
            self._undoing: Press(self._undo, Changes.ALWAYS),
        }

    def rows(self, record: Record, texts: Texts) -> Rows:
        """Return the buttons for it as it is now."""
        now = self.state(record)
        return tuple(
            (self._button(texts, key, record, self._call(self.action, record, now, target)),)
            for key, target in self.wanted(record).items()
            if target != now
        )

    @property
    def _undoing(self) -> str:
        return f"{self.action}-undo"

    async def _change(self, turn: Turn, arguments: Arguments) -> Reaction:
        """Lead it from what holds to something else, and offer the way back."""
        return await self._lead(turn, arguments, is_undo=False)

    async def _undo(self, turn: Turn, arguments: Arguments) -> Reaction:
        """Lead it back, and offer again what can be done."""
        return await self._lead(turn, arguments, is_undo=True)

    async def _lead(self, turn: Turn, arguments: Arguments, *, is_undo: bool) -> Reaction:
        number, before, target = arguments.number(), self.read(arguments), self.read(arguments)
        record = await self.find(turn, number)
        if record is None:
            return Reaction(toast=turn.texts.plain(self.gone), outcome="gone")
        now = self.state(record)
        if now not in (before, target):
            rows = self._patched(turn, record, self.rows(record, turn.texts))
            toast = turn.texts.plain("why.changed-since")
            return Reaction(rows=rows, toast=toast, outcome="changed since")
        if now != target:
            record = await self.apply(turn, record, target)
        if is_undo:
            fresh = self.rows(record, turn.texts)
        else:
            call = self._call(self._undoing, record, target, before)
            fresh = ((self._button(turn.texts, "why.undo", record, call),),)
        return Reaction(
            rows=self._patched(turn, record, fresh),
            toast=self.toast(turn.texts, record, before),
            outcome="unchanged" if now == target else "changed",
        )

    def _patched(self, turn: Turn, record: Record, fresh: Rows) -> Rows:
        return patched(turn, (self.action, self._undoing), record.id, fresh)

    def _button(self, texts: Texts, key: str, record: Record, call: Call) -> Button:
        return Button(text=fitted(texts, key, self.name(record)), call=call)

    def _call(self, action: str, record: Record, before: State, target: State) -> Call:
        return Call(action=action, arguments=(record.id, before.code, target.code))
