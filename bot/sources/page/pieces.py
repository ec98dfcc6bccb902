"""A teaser's texts in document order, each with what its place in the markup tells of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import time, tzinfo
from typing import Final

from selectolax.lexbor import LexborNode

from bot.domain.article import Published
from bot.sources.dates import iso_date, written_date
from bot.sources.page.images import Image, image_of
from bot.sources.plain import tidy

_SKIPPED_NAMES: Final = (
    "script style template noscript svg button form iframe select textarea figcaption object"
    " video audio canvas"
)
_SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_INLINE_NAMES: Final = (
    "a abbr b bdi bdo cite code em font i ins label mark q s small span strong sub sup time"
    " tt u wbr"
)
_INLINE: Final = frozenset(_INLINE_NAMES.split())
#: Within a word or a sentence; the other inline elements may be columns of a row as well.
_FORMATTING: Final = _INLINE - {"a", "label", "span", "time"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AUTHOR: Final = re.compile(r"author|byline|avatar|contributor|writer", re.IGNORECASE)
_AUTHOR_LINK: Final = re.compile(r"/(?:authors?|by|contributors?|writers?|people)/", re.IGNORECASE)
#: WordPress gives each post its terms as classes (`category-opinion`): these name no badge.
_BADGE: Final = re.compile(
    r"badge|label|kicker|eyebrow|flag|categor(?!y-)|\btags?\b(?!-)", re.IGNORECASE
)
_JOINING: Final = re.compile(r"[\W_]*(?:and|by|with)?[\W_]*", re.IGNORECASE)
_CLOSING: Final = tuple(".,;:!?)]}\u2019\u201d%")
_OPENING: Final = tuple("([{\u2018\u201c")
_LONGEST_JOINING: Final = 12
_DEEPEST: Final = 150
_MOST: Final = 300
#: A teaser has no longer text; what is longer is cut for the time it takes to look at.
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One text; with `published`, a date instead."""

    text: str = ""
    #: Pieces of one line of the page share the number.
    line: int = 0
    #: Within a link to the article.
    linked: bool = False
    heading: bool = False
    #: Within something that is named after authors, or a link to one.
    author: bool = False
    #: Within something that is named after badges.
    badge: bool = False
    #: Directly within its block, not in an element of its own.
    bare: bool = False
    published: Published | None = None

    @property
    def joining(self) -> bool:
        """Whether the text only joins others: `|`, `and`, `by`."""
        if self.published or len(self.text) > _LONGEST_JOINING:
            return False
        return _JOINING.fullmatch(self.text) is not None


@dataclass(slots=True, kw_only=True)
class PieceWalk:
    """Collects the pieces and pictures of a few neighbouring nodes."""

    zone: tzinfo
    is_article_link: Callable[[LexborNode], bool]
    is_badge: Callable[[Piece], bool]
    #: Elements that are passed over, by their `mem_id`.
    skipped: frozenset[int] = frozenset()
    pieces: list[Piece] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    _line: list[Piece] = field(default_factory=list)
    _number: int = 0
    _fresh: bool = True

    def walk(self, nodes: Iterable[LexborNode]) -> None:
        for node in nodes:
            self._visit(node, Piece(bare=True), 0)
        self._end_line(prose=False)

    def _visit(self, node: LexborNode, place: Piece, depth: int) -> None:
        if node.is_text_node:
            self._add(node.text_content or "", place)
        if not node.is_element_node or depth > _DEEPEST or self._is_full:
            return
        if node.mem_id in self.skipped:
            return
        tag = node.tag or ""
        if image := image_of(node):
            self.images.append(replace(image, linked=place.linked))
        if tag in _SKIPPED or tag == "img" or "hidden" in node.attributes:
            return
        inner = self._place(node, tag, place)
        if tag == "time" and (moment := _moment(node, self.zone)):
            self._line.append(replace(inner, text="", published=moment))
            self._fresh = True
        elif tag in _INLINE:
            self._inline(node, tag, inner, depth)
        else:
            self._block(node, tag, inner, depth)

    @property
    def _is_full(self) -> bool:
        return len(self.pieces) + len(self._line) > _MOST

    def _inline(self, node: LexborNode, tag: str, inner: Piece, depth: int) -> None:
        own = tag not in _FORMATTING
        self._fresh = self._fresh or own
        self._children(node, replace(inner, bare=inner.bare and not own), depth)
        self._fresh = self._fresh or own

    def _block(self, node: LexborNode, tag: str, inner: Piece, depth: int) -> None:
        self._end_line(prose=inner.heading)
        self._children(node, replace(inner, bare=True), depth)
        self._end_line(prose=inner.heading or tag == "p")

    def _children(self, node: LexborNode, place: Piece, depth: int) -> None:
        for child in node.iter(include_text=True):
            self._visit(child, place, depth + 1)

    def _place(self, node: LexborNode, tag: str, outer: Piece) -> Piece:
        attributes = node.attributes
        named = f"{attributes.get('class') or ''} {attributes.get('rel') or ''}"
        href = (attributes.get("href") or "") if tag == "a" else ""
        return replace(
            outer,
            linked=outer.linked or (bool(href) and self.is_article_link(node)),
            heading=outer.heading or tag in _HEADINGS,
            author=outer.author or bool(_AUTHOR.search(named) or _AUTHOR_LINK.search(href)),
            badge=(outer.badge and tag in _INLINE) or bool(_BADGE.search(named)),
        )

    def _add(self, text: str, place: Piece) -> None:
        if self._fresh or not self._line or self._line[-1].published:
            self._line.append(replace(place, text=text[:_LONGEST]))
        elif len((last := self._line[-1]).text) < _LONGEST:
            self._line[-1] = replace(last, text=last.text + text[:_LONGEST])
        self._fresh = False

    def _end_line(self, *, prose: bool) -> None:
        """Close the line; where it is prose, its texts are one text."""
        self._number += 1
        kept = [piece for piece in self._line if piece.published or tidy(piece.text)]
        own = [piece for piece in kept if piece.published or not self._is_badge_of_its_own(piece)]
        prose = prose or any(piece.bare and not piece.joining for piece in own if piece.text)
        badges = [replace(piece, badge=True) for piece in kept if piece not in own]
        for piece in (*badges, *(_joined(own) if prose else own)):
            self.pieces.append(replace(piece, text=tidy(piece.text), line=self._number))
        self._line, self._fresh = [], True

    def _is_badge_of_its_own(self, piece: Piece) -> bool:
        return self.is_badge(replace(piece, text=tidy(piece.text)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring texts; dates stand between."""
    held: Piece | None = None
    for piece in pieces:
        if piece.published or held is None or held.published:
            if held:
                yield held
            held = piece
        else:
            held = replace(
                held,
                text=held.text + _gap(held.text, piece.text) + piece.text,
                linked=held.linked or piece.linked,
                author=held.author or piece.author,
            )
    if held:
        yield held


def _gap(before: str, behind: str) -> str:
    """Elements without white space between them are words apart, unless punctuation meets."""
    if before[-1:].isspace() or behind[:1].isspace():
        return ""
    return "" if behind.startswith(_CLOSING) or before.endswith(_OPENING) else " "


def _moment(node: LexborNode, zone: tzinfo) -> Published | None:
    """Return the time that the element names; midnight means that the page shows a date only."""
    told = iso_date(node.attributes.get("datetime") or "", zone)
    shown = written_date(tidy(node.text()), zone)
    if told and told.has_time and told.at.time() == time(0) and shown and not shown[1].has_time:
        return shown[1]
    return told
