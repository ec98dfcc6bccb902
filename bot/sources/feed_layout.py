"""Where a feed's entries stand in its bytes, as expat tells: nothing is understood of them here."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

#: Stands where an entry was cut out.
MARK: Final = b"<?entry-cut-out?>"
_TARGET: Final = "entry-cut-out"
_ENTRIES: Final = frozenset({"item", "entry"})
#: What entries stand in: RSS's channel, Atom's feed, RSS 1.0's root.
_PARENTS: Final = frozenset({"channel", "feed", "rdf"})
#: What a feed tells of itself and changes with every entry; no entry is read differently for it.
_PASSING: Final = frozenset(
    {"lastbuilddate", "pubdate", "updated", "modified", "date", "totalresults"}
)
_DIGEST_LENGTH: Final = 16
#: Entities and declared attributes would be more than bytes tell.
_DECLARES: Final = (b"<!DOCTYPE", b"<!ENTITY")


class OddFeedError(Exception):
    """The feed cannot be taken apart, for a reason in a few words: it has to be read as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document's entries, from where to where, and what was cut out, in the document's order."""

    #: The entries' tag as it is written, prefix and all.
    tag: bytes
    #: None stands for a mark.
    entries: Sequence[tuple[int, int] | None]
    #: Behind the last entry or mark.
    end: int
    #: What stands for everything around the entries; where it is the same, equal entries say
    #: the same.
    context: bytes


def layout_of(document: bytes) -> Layout:
    """Return the layout; raises OddFeedError for whatever is not plain."""
    if any(one in document for one in _DECLARES):
        raise OddFeedError("a document type")
    walk = _Walk(document)
    walk.go()
    if len(walk.tags) != 1 or len(walk.parents) != 1:
        raise OddFeedError("no entries, or entries of several kinds")
    cut = [*walk.spans, *walk.passing]
    context = b"\n".join([*walk.tags, *walk.parents, *_around(document, sorted(cut))])
    return Layout(
        tag=walk.tags.pop(),
        entries=[None if is_mark else (start, end) for start, end, is_mark in walk.told],
        end=walk.told[-1][1],
        context=hashlib.sha256(context).digest(),
    )


def digest_of(entry: bytes) -> bytes:
    return hashlib.sha256(entry).digest()[:_DIGEST_LENGTH]


def cut_out(document: bytes, tag: bytes, known: Iterable[bytes]) -> tuple[bytes, Sequence[bytes]]:
    """Put marks in the place of entries with known digests; return these digests in their order.

    What looks like an entry and is none (within CDATA, a comment, another entry) has no known
    digest, or its mark will not be found where entries stand. Raises OddFeedError where the
    document has marks already.
    """
    if MARK[:-2] in document:
        raise OddFeedError("a mark")
    known = frozenset(known)
    kept, cut, done = [], [], 0
    for start, end in _candidates(document, tag):
        digest = digest_of(document[start:end])
        if digest in known:
            kept += [document[done:start], MARK]
            cut.append(digest)
            done = end
    return b"".join([*kept, document[done:]]), cut


def _candidates(document: bytes, tag: bytes) -> Iterable[tuple[int, int]]:
    opening, closing = b"<" + tag, b"</" + tag + b">"
    start = document.find(opening)
    while start >= 0:
        behind = start + len(opening)
        if document[behind : behind + 1] not in b"> \t\r\n":
            start = document.find(opening, behind)
            continue
        end = document.find(closing, behind)
        if end < 0:
            return
        end += len(closing)
        yield start, end
        start = document.find(opening, end)


def _around(document: bytes, cut: Sequence[tuple[int, int]]) -> Iterable[bytes]:
    """Return what is left, without white space at its ends."""
    done = 0
    for start, end in [*cut, (len(document), len(document))]:
        if piece := document[done:start].strip():
            yield piece
        done = end


@dataclass(slots=True)
class _Walk:
    """Walks through a document, and takes down where things are."""

    document: bytes
    tags: set[bytes] = field(default_factory=set)
    parents: set[bytes] = field(default_factory=set)
    #: Entries and marks.
    told: list[tuple[int, int, bool]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    passing: list[tuple[int, int]] = field(default_factory=list)
    #: The elements that are open, down to an entry.
    _open: list[str] = field(default_factory=list)
    #: How many elements are open from an entry on; 0 outside.
    _depth: int = 0
    _start: int = 0
    #: Where a passing element begins that holds no other; -1 outside.
    _passes: int = -1
    _parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate("utf-8"))

    def go(self) -> None:
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.ProcessingInstructionHandler = self._told
        try:
            self._parser.Parse(self.document, True)  # noqa: FBT003 - it takes no names
        except expat.ExpatError as error:
            raise OddFeedError(str(error)) from None

    def _started(self, name: str, _attributes: object) -> None:
        if self._depth:
            self._depth += 1
            return
        local = name.rpartition(":")[2].lower()
        position = self._parser.CurrentByteIndex
        self._passes = position if local in _PASSING else -1
        if local in _ENTRIES:
            self._expect_parent()
            self.tags.add(name.encode())
            self._depth, self._start = 1, position
        else:
            self._open.append(name)

    def _ended(self, _name: str) -> None:
        if self._depth > 1:
            self._depth -= 1
        elif self._depth:
            self._depth = 0
            if self._parser.CurrentByteIndex == self._start:
                raise OddFeedError("an empty entry")
            end = self._end()
            self.told.append((self._start, end, False))
            self.spans.append((self._start, end))
        else:
            self._open.pop()
            if self._passes >= 0:
                self.passing.append((self._passes, self._end()))
                self._passes = -1

    def _told(self, target: str, _data: str) -> None:
        if target != _TARGET:
            return
        if self._depth:
            raise OddFeedError("a mark within an entry")
        self._expect_parent()
        position = self._parser.CurrentByteIndex
        self.told.append((position, position + len(MARK), True))
        self.spans.append((position, position + len(MARK)))

    def _end(self) -> int:
        """Return where the element ends that is being closed."""
        return self.document.index(b">", self._parser.CurrentByteIndex) + 1

    def _expect_parent(self) -> None:
        parent = "/".join(self._open)
        if not self._open or self._open[-1].rpartition(":")[2].lower() not in _PARENTS:
            raise OddFeedError("an entry in an unusual place")
        self.parents.add(parent.encode())
