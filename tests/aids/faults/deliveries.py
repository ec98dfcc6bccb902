"""Alerts, digests and corrections that meet faults."""

from itertools import count
from typing import Final

from bot.domain.delivery import OPEN, State
from tests.aids.faults.audience import Audience, Seat
from tests.aids.faults.catalogue import FAULTS, Family, Fault
from tests.aids.faults.log import Log
from tests.aids.faults.row import Happened
from tests.aids.ledger import DeliveryRow, edits, standings
from tests.aids.play import PATIENCE, Play
from tests.aids.waiting import until

_DIGEST: Final = 4
_NUMBERS: Final = count(1)
#: The log's last event about a delivery that rests.
_LAST_WORD: Final = {
    State.SENT: "delivery_sent",
    State.DROPPED: "delivery_dropped",
    State.FAILED: "delivery_refused",
    State.OWED: "delivery_deferred",
    State.HELD: "delivery_held",
}

Played = list[tuple[Fault, Happened]]
_NOBODY: Final = Fault(name="nobody listens", put=lambda on, _new: on.delay(0))


async def alert(play: Play, audience: Audience, family: Family) -> Played:
    return await _sent(play, audience, family, await _seats(audience, family), articles=1)


async def group_alert(play: Play, audience: Audience, family: Family) -> Played:
    seats = await _seats(audience, family, groups=True)
    return await _sent(play, audience, family, seats, articles=1)


async def digest(play: Play, audience: Audience, family: Family) -> Played:
    seats = await _seats(audience, family, in_editions=True)
    return await _sent(play, audience, family, seats, articles=_DIGEST, in_editions=True)


async def edit(play: Play, audience: Audience, family: Family) -> Played:
    """Correct an article that everybody has; each one's message meets a fault."""
    seats = await _seats(audience, family)
    article = play.publish(f"Cranes stand idle {next(_NUMBERS)}", "economy")
    audience.reads(article)
    chats = [seat.chat_id for seat in seats]
    for chat in chats:
        await play.logged("delivery_sent", chat=chat)
    log = Log(play)
    _prescribe(play, "editMessageText", family, seats)
    if family is Family.UNREACHABLE:
        await play.server.refuse_calls()
    play.newsroom.correct(article, headline=f"Cranes at work {next(_NUMBERS)}")
    if family is Family.UNREACHABLE:
        await log.told(set(chats), "edit_deferred")
        await play.server.take_calls()
    for chat in chats:
        await log.told({chat}, "message_edited", "edit_dropped")
    await until(lambda: edits(play.database_path) == 0, seconds=PATIENCE)
    return [
        (fault, _edited(play, log, seat))
        for fault, seat in zip(_faults(family), seats, strict=False)
    ]


async def _sent(
    play: Play,
    audience: Audience,
    family: Family,
    seats: list[Seat],
    *,
    articles: int,
    in_editions: bool = False,
) -> Played:
    """Publish; each seat meets a fault, and one behind them none: it must have its alert."""
    (witness,) = await audience.seats(1, in_editions=in_editions)
    log = Log(play)
    _prescribe(play, "sendMessage", family, seats)
    if family is Family.UNREACHABLE:
        await play.server.refuse_calls()
    for _ in range(articles):
        audience.reads(
            play.publish(f"Salt by the shipload {next(_NUMBERS)}", "economy", dek="In brief")
        )
    if in_editions:
        everybody = {chat for seat in (*seats, witness) for chat in seat.ids}
        planned = articles * (len(seats) + 1)
        await until(lambda: len(play.owed(*everybody)) == planned, seconds=PATIENCE)
        await audience.edition()
    if family is Family.UNREACHABLE:
        await log.told({seats[0].chat_id}, "delivery_deferred")
        await play.server.take_calls()
    await until(lambda: _rest(play, [*seats, witness], articles), seconds=PATIENCE)
    assert {row.state for row in play.owed(witness.chat_id)} == {State.SENT}
    for seat in seats:  # what is settled is told right behind
        await log.told(seat.ids, _LAST_WORD[_rows(play, seat)[0].state])
    return [
        (fault, _delivered(play, log, seat))
        for fault, seat in zip(_faults(family), seats, strict=True)
    ]


def _faults(family: Family) -> tuple[Fault, ...]:
    return FAULTS[family] or (_NOBODY,)


async def _seats(
    audience: Audience,
    family: Family,
    *,
    groups: bool = False,
    in_editions: bool = False,
) -> list[Seat]:
    return await audience.seats(len(_faults(family)), groups=groups, in_editions=in_editions)


def _prescribe(play: Play, method: str, family: Family, seats: list[Seat]) -> None:
    for fault, seat in zip(FAULTS[family], seats, strict=False):
        fault.put(play.server.faults.on(method, chat_id=seat.chat_id), seat.new_id)


def _rows(play: Play, seat: Seat) -> list[DeliveryRow]:
    return play.owed(*seat.ids)


def _rest(play: Play, seats: list[Seat], articles: int) -> bool:
    """Return whether nothing more will happen to any seat's deliveries for now."""
    rows = play.owed(*(chat for seat in seats for chat in seat.ids))
    for seat in seats:
        mine = [row for row in rows if row.chat_id in seat.ids]
        waits = any(row.state in OPEN and not _held_back(row) for row in mine)
        if len(mine) != articles or waits:
            return False
    return True


def _held_back(row: DeliveryRow) -> bool:
    """Return whether the chat does not let the bot write, so that it waits until it does."""
    return row.state is State.HELD


def _delivered(play: Play, log: Log, seat: Seat) -> Happened:
    rows = _rows(play, seat)
    ways = {(row.chat_id, row.state, row.ambiguous) for row in rows}
    assert len(ways) == 1, ways
    (row, *_) = rows
    sent = [one for one in play.server.sent if one.chat_id in seat.ids]
    return Happened(
        events=log.about(seat.ids),
        state=row.state,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        copies=len(sent),
        standing=standings(play.database_path, row.chat_id)[row.chat_id],
        moved=row.chat_id == seat.new_id,
        pauses=log.pauses,
    )


def _edited(play: Play, log: Log, seat: Seat) -> Happened:
    (message,) = [one for one in play.server.sent if one.chat_id == seat.chat_id]
    return Happened(
        events=log.about(seat.ids),
        copies=message.edits,
        standing=standings(play.database_path, seat.chat_id)[seat.chat_id],
        pauses=log.pauses,
    )
