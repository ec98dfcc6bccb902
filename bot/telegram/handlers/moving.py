"""/move: gives a code in the chat that is to be left, and fetches everything by it in another."""

from datetime import datetime
from typing import Final

from bot.domain.move_code import written
from bot.domain.subscriber import ChatKind, Subscriber
from bot.services.moving import MoveFault
from bot.services.records import Holdings
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Parcel, Press, Reaction, Reply, Turn
from bot.texts.catalogue import Texts
from bot.texts.clip import clip
from bot.texts.dates import format_clock_at
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter

_TOLD: Final = {
    MoveFault.NO_CODE: "move.no-code",
    MoveFault.UNKNOWN: "move.unknown",
    MoveFault.EXPIRED: "move.expired",
    MoveFault.OWN: "move.own",
    MoveFault.WAIT: "move.wait",
}
#: No code is nearly so long; and what is longer is not looked at.
_LONGEST_TYPED: Final = 64


async def move(turn: Turn) -> Reply:
    if turn.typed:
        return await _ask(turn)
    if turn.in_group and turn.person is None:
        return Reply(letter=Letter(html=turn.texts.t("move.anonymous")), outcome="anonymous")
    made, holdings = await turn.services.moves.code(turn.subscriber, turn.person)
    return Reply(letter=_code_letter(turn, made, holdings), outcome="code given")


def _code_letter(turn: Turn, made: str, holdings: Holdings) -> Letter:
    t = turn.texts.t
    things = things_in(holdings, turn.texts)
    parts = [
        t("move.code", code=written(made)),
        t("move.bound" if turn.in_group else "move.secret"),
        t("move.there-is", things=things) if things else t("move.nothing"),
    ]
    return Letter(html=joined("\n\n", parts))


async def _ask(turn: Turn) -> Reply:
    """Say what the code would bring, and ask whether it shall."""
    typed = clip(turn.typed, _LONGEST_TYPED)
    offer = await turn.services.moves.look_at(turn.subscriber, typed, turn.person)
    if offer.fault is not None:
        letter = Letter(html=_fault(turn, offer.fault, offer.until))
        return Reply(letter=letter, outcome=f"refused: {offer.fault.value}")
    things = things_in(offer.holdings, turn.texts)
    html = turn.texts.t("move.ask", things=things) if things else turn.texts.t("move.ask-nothing")
    answers = [("move.yes", ("y", offer.code)), ("move.no", ("n",))]
    rows = tuple(
        (Button(text=turn.texts.plain(key), call=Call(action="move", arguments=arguments)),)
        for key, arguments in answers
    )
    return Reply(letter=Letter(html=html, rows=rows), outcome="asked")


def _fault(turn: Turn, fault: MoveFault, until: datetime | None) -> Html:
    clock = format_clock_at(until, turn.zone, turn.language) if until else ""
    return turn.texts.t(_TOLD[fault], clock=clock)


def things_in(holdings: Holdings, texts: Texts) -> Html:
    """Return what there is to move, such as "3 follows and 1 standing search"; maybe nothing."""
    counted = {
        "move.follows": holdings.follows,
        "move.mutes": holdings.mutes,
        "move.searches": holdings.searches,
        "move.stories": holdings.stories,
        "move.saved": holdings.saved,
        "move.waiting": holdings.waiting,
    }
    things = [texts.n(key, count) for key, count in counted.items() if count]
    flags = {"move.times": holdings.times, "move.paused": holdings.paused}
    things += [texts.t(key) for key, is_there in flags.items() if is_there]
    return texts.listing(things)


async def press_move(turn: Turn, arguments: Arguments) -> Reaction:
    """Move everything here, or nothing; a second press does no harm."""
    if arguments.word() != "y":
        return Reaction(letter=Letter(html=turn.texts.t("move.left")), outcome="left")
    moves = turn.services.moves
    moved = await moves.fetch(turn.subscriber, arguments.word(), turn.person)
    if moved.giver is None:
        toast = turn.texts.plain("toast.not-moved")
        fault = moved.fault or MoveFault.UNKNOWN
        return Reaction(toast=toast, alert=True, outcome=f"refused: {fault.value}")
    turn.services.wake()
    things = things_in(moved.holdings, turn.texts)
    done = turn.texts.t("move.done", things=things) if things else turn.texts.t("move.done-nothing")
    return Reaction(
        letter=Letter(html=done),
        toast=turn.texts.plain("toast.moved"),
        outcome="moved",
        parcels=_farewell(moved.giver),
    )


def _farewell(giver: Subscriber) -> tuple[Parcel, ...]:
    """Return what the chat is told that gave everything; a channel's readers, nothing."""
    if giver.kind is ChatKind.CHANNEL:
        return ()
    gone = Letter(html=Texts(giver.language).t("move.gone"))
    return (Parcel(to=giver.address, letter=gone),)


COMMANDS: Final = {"move": Command(move, Changes.ALWAYS)}
PRESSES: Final = {"move": Press(press_move, Changes.ALWAYS)}
