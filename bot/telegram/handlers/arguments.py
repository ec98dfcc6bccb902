"""What a button's call carries, read back one by one.

Buttons come from outside: whatever a client sends may be in them. What does not read as what the
handler wants is a stale button.
"""

from typing import Final

from bot.domain.matching import Stance
from bot.domain.relevance import Order
from bot.domain.topic import TopicKind
from bot.domain.urgency import Urgency
from bot.telegram.calls import StaleButtonError
from bot.texts.letter import Call

#: A database's integers have 64 bits, one for the sign.
_GREATEST: Final = 2**63 - 1
_LAST_PAGE: Final = 10_000

_STANCES: Final = {"f": Stance.FOLLOW, "m": Stance.MUTE, "n": None}
_URGENCIES: Final = {
    "l": Urgency.LOUD,
    "s": Urgency.SILENT,
    "d": Urgency.DIGEST,
    "u": None,
}
_ORDERS: Final = {"n": Order.NEWEST, "r": Order.RELEVANCE}
_KINDS: Final = {"s": TopicKind.SECTION, "a": TopicKind.AUTHOR, "l": TopicKind.LABEL}


def stance_code(stance: Stance | None) -> str:
    return stance.value[0] if stance else "n"


def urgency_code(urgency: Urgency | None) -> str:
    """Return the code; that of "as usual" for None."""
    return urgency.key[0] if urgency else "u"


def order_code(order: Order) -> str:
    return order.value[0]


def kind_code(kind: TopicKind) -> str:
    return kind.value[0]


class Arguments:
    """Reads a call's arguments in their order; raises StaleButtonError where they do not fit."""

    def __init__(self, call: Call) -> None:
        self._left = list(call.arguments)

    def number(self) -> int:
        """Return the id of a row."""
        found = self._next()
        if not isinstance(found, int) or not 0 <= found <= _GREATEST:
            raise StaleButtonError
        return found

    def page(self) -> int:
        return min(self.number(), _LAST_PAGE)

    def stance(self) -> Stance | None:
        found = self.word()
        if found not in _STANCES:
            raise StaleButtonError
        return _STANCES[found]

    def urgency(self) -> Urgency | None:
        found = self.word()
        if found not in _URGENCIES:
            raise StaleButtonError
        return _URGENCIES[found]

    def order(self) -> Order:
        """Return the order of results; the newest first where the call ends before it."""
        found = self.word() if self._left else order_code(Order.NEWEST)
        if found not in _ORDERS:
            raise StaleButtonError
        return _ORDERS[found]

    def kind(self) -> TopicKind:
        found = self.word()
        if found not in _KINDS:
            raise StaleButtonError
        return _KINDS[found]

    def optional_kind(self) -> TopicKind | None:
        """Return the kind; None where a hyphen stands for none."""
        if self._left[:1] == ["-"]:
            self._left.pop(0)
            return None
        return self.kind()

    def word(self) -> str:
        found = self._next()
        if not isinstance(found, str):
            raise StaleButtonError
        return found

    def rest(self) -> tuple[str | int, ...]:
        """Return all that is left, to be carried on."""
        left, self._left = tuple(self._left), []
        return left

    def _next(self) -> str | int:
        if not self._left:
            raise StaleButtonError
        return self._left.pop(0)
