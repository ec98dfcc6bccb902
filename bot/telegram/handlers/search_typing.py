"""/alerts: standing searches by typing; see `alerts_line` for what may stand behind it."""

from typing import Final

from bot.domain.urgency import Urgency
from bot.services.records import SearchRecord
from bot.telegram.handlers.alerts_line import Order, Verb, read_order
from bot.telegram.handlers.estimating import search_line
from bot.telegram.handlers.search_faults import fault_of, problems_of
from bot.telegram.handlers.search_list import Numbered, list_letter, numbered
from bot.telegram.handlers.search_page import found, page_letter
from bot.telegram.handlers.search_removal import REMOVED, removed_letter
from bot.telegram.handlers.turn import Changes, Command, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, escape

_LONGEST_TYPED: Final = 60
_LONGEST_NUMBER: Final = 3
_URGENCIES: Final = {
    Verb.LOUD: Urgency.LOUD,
    Verb.SILENT: Urgency.SILENT,
    Verb.LATER: Urgency.DIGEST,
    Verb.USUAL: None,
}


async def alerts(turn: Turn) -> Reply:
    """List the standing searches, or do what stands behind the command."""
    typed = clean(turn.typed)
    if not typed:
        return Reply(letter=await list_letter(turn), outcome="listed")
    order = read_order(typed)
    if order.verb is Verb.ADD:
        return await _add(turn, order)
    one = _meant(order.which, await numbered(turn))
    if one is None:
        return await _unknown(turn, order)
    return await _do(turn, order, one)


async def _add(turn: Turn, order: Order) -> Reply:
    saved = await turn.services.searches.save(turn.subscriber, order.text, order.name)
    notes = problems_of(turn.texts, saved.problems)
    if saved.record is None:
        lines = [escape(fault_of(turn.texts, saved.fault)), *notes]
        return await _refused(turn, lines)
    told = turn.texts.t("searches.added" if saved.new else "searches.there")
    often = await search_line(turn, saved.record.text)
    outcome = "added" if saved.new else "unchanged"
    return await _page(turn, saved.record, [told, *notes], outcome, often)


async def _do(turn: Turn, order: Order, one: Numbered) -> Reply:
    searches, chat, number = turn.services.searches, turn.subscriber, one.record.id
    match order.verb:
        case Verb.EDIT if order.text:
            return await _edit(turn, order, one)
        case Verb.NAME if order.text:
            record = await searches.rename(chat, number, order.text)
        case Verb.EDIT | Verb.NAME:
            return Reply(letter=await page_letter(turn, one, _how(turn, one)), outcome="explained")
        case Verb.REMOVE:
            await searches.remove(chat, number)
            return Reply(letter=removed_letter(turn, one.record), outcome=REMOVED)
        case Verb.PAUSE | Verb.RESUME:
            record = await searches.pause(chat, number, order.verb is Verb.PAUSE)
        case _:
            record = await searches.set_urgency(chat, number, _URGENCIES[order.verb])
    return await _page(turn, record or one.record, [turn.texts.t("searches.changed")], "changed")


async def _edit(turn: Turn, order: Order, one: Numbered) -> Reply:
    saved = await turn.services.searches.edit(turn.subscriber, one.record.id, order.text)
    notes = problems_of(turn.texts, saved.problems)
    if saved.record is None:
        return await _refused(turn, [escape(fault_of(turn.texts, saved.fault)), *notes])
    return await _page(turn, saved.record, [turn.texts.t("searches.changed"), *notes], "changed")


def _how(turn: Turn, one: Numbered) -> list[Html]:
    texts = turn.texts
    name = one.record.name or texts.plain("searches.example-name")
    query = clip(one.record.text, _LONGEST_TYPED)
    return [texts.t("searches.edit-how", number=one.number, query=query, name=name)]


async def _page(
    turn: Turn, record: SearchRecord, intro: list[Html], outcome: str, often: Html | None = None
) -> Reply:
    one = await found(turn, record.id)
    if one is None:  # removed at the same time
        return Reply(letter=await list_letter(turn), outcome="gone")
    return Reply(letter=await page_letter(turn, one, intro, often), outcome=outcome)


async def _unknown(turn: Turn, order: Order) -> Reply:
    t = turn.texts.t
    typed = isolated(clip(order.which, _LONGEST_TYPED))
    lines = [t("searches.unknown", typed=typed)] if typed else []
    lines += [t("searches.unchanged"), t("searches.quote", verb=order.verb.value)]
    letter = await list_letter(turn, intro=lines)
    return Reply(letter=letter, outcome="unclear")


async def _refused(turn: Turn, lines: list[Html]) -> Reply:
    letter = await list_letter(turn, intro=[*lines, turn.texts.t("searches.unchanged")])
    return Reply(letter=letter, outcome="refused")


def _meant(which: str, every: list[Numbered]) -> Numbered | None:
    """Return the search of that number, name or query."""
    if which.isascii() and which.isdigit() and len(which) <= _LONGEST_NUMBER:
        return next((one for one in every if one.number == int(which)), None)
    wanted = which.casefold()
    by_name = (one for one in every if wanted and one.record.name.casefold() == wanted)
    by_query = (one for one in every if one.record.text.casefold() == wanted)
    return next(by_name, None) or next(by_query, None)


COMMANDS: Final = {"alerts": Command(alerts, Changes.WITH_ARGUMENT)}
