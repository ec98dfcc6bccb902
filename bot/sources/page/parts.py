"""Which of a teaser's texts is what.

The rules, in their order:

1. A text that is one of the site's badges is a label; in lower case only where the markup calls it
   a badge.
2. The headline is the first linked heading, else the first linked text, else the first heading,
   else the linked picture's alternative text. Its repeats do not count.
3. The date ends the byline: the first date behind the headline, else one before it.
4. The byline is what stands before the date and reads as names: in the date's line, in an element
   named after authors, or else the last text. Repeats of its names before it do not count.
5. The dek is the first text between headline and byline that is neither the name of a section nor
   a short text in capitals (a badge that the profile does not know).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Final

from bot.domain.article import Published
from bot.domain.topic import slug
from bot.sources.byline import looks_like_names, split_names
from bot.sources.dates import written_date
from bot.sources.page.images import Image
from bot.sources.page.pieces import Piece
from bot.sources.vocabulary import Vocabulary

_NOISE: Final = re.compile(
    r"(?:read|learn|see|view) (?:more|all)\b.*|continue reading\b.*|more|share|save|subscribe"
    r"|log ?in|sign (?:in|up)|\d* ?comments?|\d+ ?min(?:ute)?s?(?: read)?|updated|published(?: on)?"
    r"|posted(?: on)?|last updated|\d+ \w+ ago|just now|yesterday|advertisement|sponsored"
    r"|(?:photo|image|picture|credit)s?\s*:.*",
    re.IGNORECASE,
)
_BADGE_WORDS: Final = 3
_BADGE_LENGTH: Final = 25
_MOST_BEHIND_DATE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    headline: str = ""
    dek: str = ""
    badges: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    #: Names of configured sections that the teaser shows.
    sections: tuple[str, ...] = ()
    published: Published | None = None
    #: Texts that look like badges and are none of the profile's.
    unknown_badges: tuple[str, ...] = ()

    @property
    def richness(self) -> int:
        """How many of dek, byline and date there are."""
        return sum((bool(self.dek), bool(self.bylines), self.published is not None))


def is_badge(piece: Piece, vocabulary: Vocabulary) -> bool:
    """Tell a badge from an author of the same name, such as NK Pro."""
    if not vocabulary.badge(piece.text) or (piece.author and not piece.text.isupper()):
        return False
    return piece.text.isupper() or piece.badge


def parts_of(
    pieces: Sequence[Piece], images: Sequence[Image], vocabulary: Vocabulary, zone: tzinfo
) -> Parts:
    """Return the teaser's parts; the headline is empty where there is none."""
    badges = tuple(piece.text for piece in pieces if is_badge(piece, vocabulary))
    texts = [piece for piece in pieces if piece.text not in badges or piece.published]
    headline = _headline(texts, images)
    if not headline:
        return Parts(badges=badges)
    first = next((at for at, piece in enumerate(texts) if same(piece.text, headline)), -1)
    before = _dated([p for p in texts[: first + 1] if not same(p.text, headline)], zone)
    behind = _dated([p for p in texts[first + 1 :] if not same(p.text, headline)], zone)
    sections = tuple(p.text for p in (*before, *behind) if vocabulary.section_named(p.text))
    body, date = _until_date([p for p in behind if p.text not in sections or p.published])
    date = date or next((piece for piece in before if piece.published), None)
    byline, rest = _byline(body, date)
    unknown = tuple(piece.text for piece in rest if _is_unknown_badge(piece))
    return Parts(
        headline=headline,
        dek=next((p.text for p in rest if p.text not in unknown and not p.joining), ""),
        badges=badges,
        bylines=byline or _avatars(images, headline),
        sections=sections,
        published=date.published if date else None,
        unknown_badges=unknown,
    )


def same(text: str, other: str) -> bool:
    """Return whether the texts are the same but for quotes, dashes and case."""
    return text == other or (slug(text) == slug(other) != "")


def _headline(texts: Sequence[Piece], images: Sequence[Image]) -> str:
    said = [p for p in texts if p.text and not _NOISE.fullmatch(p.text) and not p.joining]
    ranks = (
        [p.text for p in said if p.linked and p.heading],
        [p.text for p in said if p.linked and not p.author],
        [p.text for p in said if p.heading],
        [image.alt for image in images if image.linked and image.alt and not image.avatar],
    )
    return next((rank[0] for rank in ranks if rank), "")


def _dated(pieces: Sequence[Piece], zone: tzinfo) -> list[Piece]:
    """Return the pieces with dates parted from names, and without noise."""
    parted: list[Piece] = []
    for piece in pieces:
        found = None if piece.published else written_date(piece.text, zone)
        if found and _ends_byline(found[0], found[2]):
            name = found[0].strip(" |,\u00b7\u2022-\u2013\u2014")
            parted += [replace(piece, text=name), replace(piece, text="", published=found[1])]
        else:
            parted.append(piece)
    return [p for p in parted if p.published or (p.text and not _NOISE.fullmatch(p.text))]


def _ends_byline(before: str, behind: str) -> bool:
    """Tell a date of publication from one within a sentence."""
    before = before.strip(" |,\u00b7\u2022-\u2013\u2014")
    named = not before or _NOISE.fullmatch(before) is not None or looks_like_names(before)
    return named and len(behind) <= _MOST_BEHIND_DATE


def _until_date(pieces: Sequence[Piece]) -> tuple[list[Piece], Piece | None]:
    """Return the texts before the date, or behind it where nothing stands before."""
    texts = [piece for piece in pieces if not piece.published]
    at = next((at for at, piece in enumerate(pieces) if piece.published), None)
    if at is None:
        return texts, None
    return (list(pieces[:at]) or texts), pieces[at]


def _byline(body: Sequence[Piece], date: Piece | None) -> tuple[tuple[str, ...], list[Piece]]:
    """Part the body into byline and rest."""
    start = len(body)
    while start and _is_surely_byline(body[start - 1], date):
        start -= 1
    lead = [piece for piece in body[:start] if not piece.joining]
    if start == len(body) and lead and _may_be_byline(lead[-1], date):
        start = body.index(lead[-1])
        while start > 1 and (body[start - 1].joining or looks_like_names(body[start - 1].text)):
            start -= 1
    bylines = tuple(piece.text for piece in body[start:] if not piece.joining)
    names = {name for text in bylines for name in split_names(text)}
    rest = [p for p in body[:start] if not names or not names.issuperset(split_names(p.text))]
    return bylines, rest


def _is_surely_byline(piece: Piece, date: Piece | None) -> bool:
    placed = piece.author or (date is not None and date.line == piece.line)
    return piece.joining or (placed and looks_like_names(piece.text))


def _may_be_byline(piece: Piece, date: Piece | None) -> bool:
    if piece.text.lower().startswith("by "):
        return looks_like_names(piece.text)
    return date is not None and looks_like_names(piece.text)


def _is_unknown_badge(piece: Piece) -> bool:
    text = piece.text
    return text.isupper() and len(text) <= _BADGE_LENGTH and len(text.split()) <= _BADGE_WORDS


def _avatars(images: Sequence[Image], headline: str) -> tuple[str, ...]:
    return tuple(
        image.alt
        for image in images
        if image.avatar and looks_like_names(image.alt) and not same(image.alt, headline)
    )
