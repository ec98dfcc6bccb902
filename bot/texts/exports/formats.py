"""The formats, by name, and a reading list in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from typing import Final, assert_never

from bot.domain.reading_list import SavedArticle
from bot.texts.exports.bibtex import bibtex
from bot.texts.exports.markdown import markdown
from bot.texts.exports.ris import ris
from bot.texts.exports.spreadsheet import spreadsheet


class Format(StrEnum):
    CSV = "csv"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    RIS = "ris"


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a format's files end, and what they are on the web."""

    ending: str
    mime_type: str


KINDS: Final = {
    Format.CSV: FileKind("csv", "text/csv"),
    Format.MARKDOWN: FileKind("md", "text/markdown"),
    Format.BIBTEX: FileKind("bib", "application/x-bibtex"),
    Format.RIS: FileKind("ris", "application/x-research-info-systems"),
}


def format_named(typed: str) -> Format | None:
    """Return the format that has this name or ending; None for none."""
    wanted = typed.strip().removeprefix(".").casefold()
    return next((one for one in Format if wanted in (one.value, KINDS[one].ending)), None)


def exported(
    wanted: Format, items: Sequence[SavedArticle], *, zone: tzinfo, language: str, site: str
) -> bytes:
    """Return the file's content; `site` is the publication's name."""
    match wanted:
        case Format.CSV:
            text = spreadsheet(items, zone)
        case Format.MARKDOWN:
            text = markdown(items, zone, language)
        case Format.BIBTEX:
            text = bibtex(items, zone, site)
        case Format.RIS:
            text = ris(items, zone, site)
        case _:
            assert_never(wanted)
    return text.encode()
