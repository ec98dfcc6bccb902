"""RIS for reference managers: one line for each value, UTF-8, lines ended by CR LF."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from typing import Final

from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind
from bot.texts.clip import clean
from bot.texts.exports import fields

_LINE_END: Final = "\r\n"


def ris(items: Sequence[SavedArticle], zone: tzinfo, site: str) -> str:
    records = [_LINE_END.join(_lines(item, zone, site)) + _LINE_END for item in items]
    return _LINE_END.join(records)


def _lines(item: SavedArticle, zone: tzinfo, site: str) -> Iterator[str]:
    article = item.article
    day = fields.day(article.published, zone)
    told = [
        ("TY", "NEWS"),
        ("TI", clean(article.headline)),
        *(("AU", name) for name in fields.names(article, TopicKind.AUTHOR)),
        ("T2", clean(site)),
        ("AB", fields.dek(article)),
        *(("KW", name) for name in fields.names(article, TopicKind.SECTION, TopicKind.LABEL)),
        ("PY", f"{day.year:04}"),
        ("DA", _date(day)),
        ("Y2", _date(item.saved_at.astimezone(zone).date())),
        ("UR", clean(article.url)),
    ]
    yield from (f"{tag}  - {value}" for tag, value in told if value)
    yield "ER  - "


def _date(day: date) -> str:
    """Return the date as RIS has it; nothing is said behind the last stroke."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}/"
