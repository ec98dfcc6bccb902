"""Digests: several articles in one message, under their sections, no entry ever cut.

Messages are filled in the order in which the articles are given, so that each covers a run of
them; within a message the sections stand in the order of their first article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.escape import Html, bold, joined, visible_units

_LONGEST_HEADLINE: Final = 250
LONGEST_DEK: Final = 200
#: Telegram's limits for a message are 4,096 units, 32,768 bytes and 100 entities; the difference
#: is room for the title and the blank lines around headings.
_MOST_UNITS: Final = 3_950
_MOST_BYTES: Final = 32_000
_MOST_ENTITIES: Final = 97


@dataclass(frozen=True, slots=True)
class _Entry:
    heading: str
    html: Html


class _Sheet:
    """One message in the making."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    @property
    def count(self) -> int:
        return len(self._entries)

    def add(self, entry: _Entry) -> bool:
        """Add the entry; return False where the sheet is full. An empty sheet takes any."""
        if self._entries and not _fits(_body([*self._entries, entry])):
            return False
        self._entries.append(entry)
        return True

    def html(self, title: Html) -> Html:
        return joined("\n\n", [title, _body(self._entries)])


def digest(
    articles: Sequence[Article],
    zone: tzinfo,
    language: str,
    title: Html | None = None,
    *,
    longest_dek: int = LONGEST_DEK,
) -> list[tuple[Html, int]]:
    """Return the messages, each with how many of the articles it covers, in the order given.

    With `longest_dek` 0 there are headlines only.
    """
    texts = Texts(language)
    title = title or texts.n("digest.title", len(articles))
    sheets = [_Sheet()]
    for article in articles:
        entry = _entry(article, texts, zone, language, longest_dek)
        if not sheets[-1].add(entry):
            sheets.append(_Sheet())
            sheets[-1].add(entry)
    return [
        (sheet.html(_title(texts, title, number, len(sheets))), sheet.count)
        for number, sheet in enumerate(sheets, 1)
        if sheet.count
    ]


def _entry(article: Article, texts: Texts, zone: tzinfo, language: str, longest_dek: int) -> _Entry:
    lines = [
        parts.headline(article, texts, _LONGEST_HEADLINE),
        parts.dek(article, longest_dek) if longest_dek else Html(""),
        parts.byline(article, zone, language, *parts.label_names(article)),
    ]
    heading = parts.section_name(article) or texts.plain("digest.elsewhere")
    return _Entry(heading.upper(), joined("\n", lines))


def _title(texts: Texts, title: Html, part: int, of: int) -> Html:
    if of > 1:
        title = texts.t("digest.part", title=title, part=part, parts=of)
    return bold(title)


def _body(entries: Sequence[_Entry]) -> Html:
    groups: dict[str, list[Html]] = {}
    for entry in entries:
        groups.setdefault(entry.heading, []).append(entry.html)
    return joined(
        "\n\n",
        [joined("\n\n", [bold(heading), *members]) for heading, members in groups.items()],
    )


def _fits(body: Html) -> bool:
    return (
        visible_units(body) <= _MOST_UNITS
        and len(body.encode()) <= _MOST_BYTES
        and body.count("</") <= _MOST_ENTITIES
    )
