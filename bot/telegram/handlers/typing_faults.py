"""What is said to a text that cannot be read."""

from typing import Final

from bot.domain.parse_fault import FaultKey, ParseFault
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, isolated
from bot.texts.escape import Html, bold

_KEYS: Final = {
    FaultKey.EMPTY: "fault.empty",
    FaultKey.NOT_UNDERSTOOD: "fault.not-understood",
    FaultKey.NO_SUCH_TIME: "fault.no-such-time",
    FaultKey.TIME_MISSING: "fault.time-missing",
    FaultKey.END_MISSING: "fault.end-missing",
    FaultKey.NO_LENGTH: "fault.no-length",
    FaultKey.ALWAYS: "fault.always",
    FaultKey.TOO_MANY: "fault.too-many",
    FaultKey.PAST: "fault.past",
    FaultKey.TOO_LONG: "fault.too-long",
}
_OF_PAUSES: Final = {
    FaultKey.TOO_LONG: "fault.too-long-pause",
    FaultKey.NO_LENGTH: "fault.no-length-pause",
}


def fault_line(texts: Texts, fault: ParseFault, *, of_pause: bool = False) -> Html:
    """Return what is wrong with the text, and that nothing came of it."""
    key = _KEYS[fault.key]
    if of_pause:
        key = _OF_PAUSES.get(fault.key, key)
    if not fault.part and fault.key is FaultKey.NOT_UNDERSTOOD:
        key = "fault.empty"
    part = bold(isolated(clean(fault.part)))
    return Html(f"{texts.t(key, part=part)} {texts.t('fault.unchanged')}")
