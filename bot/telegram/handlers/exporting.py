"""/export: the reading list as a file."""

import asyncio
from typing import Final

from bot.domain.reading_list import SavedArticle
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.saving import list_row
from bot.telegram.handlers.turn import Command, Parcel, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html
from bot.texts.exports import Format, exported, format_named
from bot.texts.exports.formats import KINDS
from bot.texts.letter import Button, Call, Document, Letter

_LONGEST_TYPED: Final = 60
_NAMES: Final = {
    Format.CSV: "export.csv",
    Format.MARKDOWN: "export.markdown",
    Format.BIBTEX: "export.bibtex",
    Format.RIS: "export.ris",
}


async def export(turn: Turn) -> Reply:
    """Send the list in the format that is named; offer the formats where none is."""
    typed = clean(turn.typed)
    wanted = format_named(typed)
    if wanted is None and typed:
        told = turn.texts.t("export.unknown", typed=isolated(clip(typed, _LONGEST_TYPED)))
        return Reply(letter=_formats(turn, told), outcome="unclear")
    items = await turn.services.saved.every(turn.subscriber)
    if not items:
        return Reply(letter=Letter(html=turn.texts.t("export.empty")), outcome="nothing saved")
    if wanted is None:
        return Reply(letter=_formats(turn, turn.texts.t("export.ask")), outcome="asked")
    parcel = await _parcel(turn, wanted, items)
    return Reply(letter=parcel.letter, document=parcel.document, outcome="exported")


def _formats(turn: Turn, told: Html) -> Letter:
    leading = [
        Button(text=turn.texts.plain(key), call=Call(action="export", arguments=(wanted.value,)))
        for wanted, key in _NAMES.items()
    ]
    return Letter(html=told, rows=(*buttons.laid_out(leading), list_row(turn)))


async def _parcel(turn: Turn, wanted: Format, items: tuple[SavedArticle, ...]) -> Parcel:
    """Return the file; a long list takes a while to be written, and nobody waits for that."""
    site = turn.services.site.name
    content = await asyncio.to_thread(
        exported, wanted, items, zone=turn.zone, language=turn.language, site=site
    )
    kind = KINDS[wanted]
    day = turn.services.clock().astimezone(turn.zone).date()
    document = Document(
        name=f"reading-list-{day.isoformat()}.{kind.ending}",
        content=content,
        mime_type=kind.mime_type,
        instead=Letter(html=turn.texts.t("document.refused")),
    )
    letter = Letter(html=turn.texts.n("export.caption", len(items)))
    return Parcel(to=turn.subscriber.address, letter=letter, document=document)


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    return Reaction(letter=_formats(turn, turn.texts.t("export.ask")), outcome="asked")


async def send_file(turn: Turn, arguments: Arguments) -> Reaction:
    """Send the list in the format of the button; the message stays, for another one."""
    wanted = format_named(arguments.word())
    if wanted is None:
        raise StaleButtonError
    items = await turn.services.saved.every(turn.subscriber)
    if not items:
        toast = turn.texts.plain("toast.export-empty")
        return Reaction(toast=toast, outcome="nothing saved")
    toast = turn.texts.plain("toast.export")
    parcel = await _parcel(turn, wanted, items)
    return Reaction(toast=toast, parcels=(parcel,), outcome="exported")


COMMANDS: Final = {"export": Command(export)}
PRESSES: Final = {"export-page": Press(open_page), "export": Press(send_file)}
