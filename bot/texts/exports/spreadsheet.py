"""CSV as RFC 4180 has it, for spreadsheets.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which keeps it text.
"""

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind
from bot.texts.clip import clean
from bot.texts.exports import fields

#: By which Excel knows that the file is UTF-8.
_MARK: Final = "\ufeff"
COLUMNS: Final = (
    "headline",
    "dek",
    "authors",
    "sections",
    "labels",
    "published",
    "saved",
    "url",
)
#: The wide ones are formulas where Chinese, Japanese and Korean are written.
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SEVERAL: Final = "; "


def spreadsheet(items: Sequence[SavedArticle], zone: tzinfo) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_defused, _row(item, zone)) for item in items)
    return _MARK + written.getvalue()


def _row(item: SavedArticle, zone: tzinfo) -> tuple[str, ...]:
    article = item.article
    return (
        clean(article.headline),
        fields.dek(article),
        _SEVERAL.join(fields.names(article, TopicKind.AUTHOR)),
        _SEVERAL.join(fields.names(article, TopicKind.SECTION)),
        _SEVERAL.join(fields.names(article, TopicKind.LABEL)),
        fields.stamp(article.published, zone),
        item.saved_at.astimezone(zone).isoformat(timespec="minutes"),
        clean(article.url),
    )


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
