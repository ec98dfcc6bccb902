"""What a chat holds of a topic or of a standing search, as a word that a button carries.

A button says from what to what it leads. It acts only where the first still holds, so that an
old button undoes nothing that was decided since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.matching import Stance
from bot.domain.urgency import Urgency
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.arguments import Arguments, urgency_code

_URGENCIES: Final[Mapping[str, Urgency | None]] = {
    urgency_code(one): one for one in (*Urgency, None)
}
_MUTED: Final = "m"
_NOTHING: Final = "n"
_PAUSED: Final = "p"


@dataclass(frozen=True, slots=True)
class Held:
    """A topic's stance, and the urgency of a follow."""

    stance: Stance | None
    urgency: Urgency | None = None

    @property
    def code(self) -> str:
        match self.stance:
            case Stance.FOLLOW:
                return urgency_code(self.urgency)
            case Stance.MUTE:
                return _MUTED
            case None:
                return _NOTHING


@dataclass(frozen=True, slots=True)
class Kept:
    """A standing search's urgency, and whether it is paused."""

    urgency: Urgency | None
    paused: bool

    @property
    def code(self) -> str:
        return urgency_code(self.urgency) + (_PAUSED if self.paused else "")


FOLLOWED: Final = Held(Stance.FOLLOW)
MUTED: Final = Held(Stance.MUTE)
DROPPED: Final = Held(None)


def held(arguments: Arguments) -> Held:
    code = arguments.word()
    if code == _MUTED:
        return MUTED
    if code == _NOTHING:
        return DROPPED
    return Held(Stance.FOLLOW, _urgency(code))


def kept(arguments: Arguments) -> Kept:
    code = arguments.word()
    return Kept(_urgency(code.removesuffix(_PAUSED)), code.endswith(_PAUSED))


def _urgency(code: str) -> Urgency | None:
    if code not in _URGENCIES:
        raise StaleButtonError
    return _URGENCIES[code]
