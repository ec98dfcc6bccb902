"""Faults that tests prescribe: `faults.on("sendMessage", chat_id=7).blocked()`."""

from dataclasses import dataclass, field
from typing import Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.params import Parameters

_FRONT_PAGE: Final = (
    "<html>\r\n<head><title>{status} {phrase}</title></head>\r\n<body>\r\n"
    "<center><h1>{status} {phrase}</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a call instead of, or besides, its answer."""

    #: Seconds before anything else.
    delay: float = 0.0
    refusal: Refusal | None = None
    #: Status and HTML of the front proxy.
    status: int | None = None
    html: bool = True
    #: The method is carried out, whatever becomes of the answer.
    taken: bool = True
    #: The connection is cut, after so many seconds of silence.
    cut_after: float | None = None
    truncated: bool = False


@dataclass(slots=True, kw_only=True)
class Fault:
    """A prescription: which calls it meets, and what becomes of them."""

    #: None meets every method.
    method: str | None
    chat_id: int | str | None
    #: How many such calls go well first.
    after: int
    #: How many calls it meets; None: all from then on.
    times: int | None
    outcome: Outcome = field(default_factory=Outcome)
    #: How many calls it has met.
    hits: int = 0
    _seen: int = 0

    def meets(self, method: str, params: Parameters) -> bool:
        """Tell whether this call gets it, and count it."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and self.chat_id != params.chat_id:
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        self._seen += 1
        if self._seen <= self.after:
            return False
        self.hits += 1
        return True


class Faults:
    """The prescriptions, tried in the order in which they were given."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def on(
        self,
        method: str | None = None,
        *,
        chat_id: int | str | None = None,
        times: int | None = 1,
        after: int = 0,
    ) -> "Prescription":
        """Begin a prescription; what it returns says what shall happen."""
        fault = Fault(method=method, chat_id=chat_id, times=times, after=after)
        return Prescription(self._faults, fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, params: Parameters) -> Outcome | None:
        """Return what the first fault that meets the call makes of it."""
        for fault in self._faults:
            if fault.meets(method, params):
                return fault.outcome
        return None


class Prescription:
    """What shall happen; each method puts the fault in force and returns it."""

    def __init__(self, faults: list[Fault], fault: Fault) -> None:
        self._faults, self._fault = faults, fault

    def blocked(self) -> Fault:
        return self.refuse(Refusal.forbidden("bot was blocked by the user"))

    def deactivated(self) -> Fault:
        return self.refuse(Refusal.forbidden("user is deactivated"))

    def kicked(self, room_type: str = "supergroup") -> Fault:
        return self.refuse(Refusal.forbidden(f"bot was kicked from the {room_type} chat"))

    def chat_not_found(self) -> Fault:
        return self.refuse(Refusal.bad_request("Chat not found"))

    def migrated(self, new_id: int) -> Fault:
        message = "group chat was upgraded to a supergroup chat"
        return self.refuse(Refusal.bad_request(message, migrate_to_chat_id=new_id))

    def too_many(self, retry_after: int) -> Fault:
        return self.refuse(Refusal.too_many(retry_after))

    def refuse(self, refusal: Refusal) -> Fault:
        return self._prescribe(Outcome(refusal=refusal))

    def status(self, status: int, *, html: bool = True) -> Fault:
        """Answer with the page of the front proxy, or with nothing but the status in JSON."""
        return self._prescribe(Outcome(status=status, html=html, taken=False))

    def reset_before_reading(self) -> Fault:
        """Cut the connection; the call has no effect."""
        return self._prescribe(Outcome(cut_after=0.0, taken=False))

    def reset_after_taking(self) -> Fault:
        """Carry out the call, then cut the connection without an answer."""
        return self._prescribe(Outcome(cut_after=0.0))

    def silence(self, seconds: float, *, taken: bool = False) -> Fault:
        """Say nothing for so long, then cut the connection; `taken`: the call is carried out."""
        return self._prescribe(Outcome(cut_after=seconds, taken=taken))

    def truncated_json(self) -> Fault:
        """Carry out the call and break the answer off in the middle."""
        return self._prescribe(Outcome(truncated=True))

    def delay(self, seconds: float) -> Fault:
        """Carry out the call as ever, only later."""
        return self._prescribe(Outcome(delay=seconds))

    def _prescribe(self, outcome: Outcome) -> Fault:
        self._fault.outcome = outcome
        self._faults.append(self._fault)
        return self._fault


def front_page(status: int, phrase: str) -> str:
    """Return the HTML with which the proxy before the Bot API answers."""
    return _FRONT_PAGE.format(status=status, phrase=phrase)
