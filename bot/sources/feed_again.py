"""Reads a feed once more: of its entries only those that it did not show the last time.

A feed of 300 entries and 1.8 MB takes feedparser 280 ms, and mostly one of them is new. So what is
known is cut out before feedparser sees the document. What is right goes before what is fast:

1. An entry is known by its bytes, and only by those: whatever is corrected in it is read.
2. What is around the entries (declared namespaces, `xml:base`, the feed's own elements) has to be
   what it was, but for the moment of publication: equal bytes say the same then.
3. No entry may leave anything behind in feedparser that the next one is read by. That is tried with
   a last entry of our own, whose reading is known; and none may declare namespaces.
4. Whatever is odd (broken XML, a document type, two entries for one article, entries where none
   are expected, or not as many as feedparser sees) is read as a whole, and nothing is remembered.
5. What is dated in the future is read each time: what it changes may depend on the time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.domain.article import Teaser
from bot.sources.charset import is_utf8_if_valid
from bot.sources.feed import document_of, feed_text, parse_document, read_entry, read_feed
from bot.sources.feed_layout import Layout, OddFeedError, cut_out, digest_of, layout_of
from bot.sources.found import Found, counted
from bot.sources.hub_links import NO_LINKS, Links, links_of_feed
from bot.sources.json_feed import dicts
from bot.sources.profile import SiteProfile

_DECLARES_NAMESPACE: Final = b"xmlns"
_WORD: Final = "probe"
_ADDRESS: Final = "https://probe.invalid/"
#: All that the probe says; `summary` and `links` are how feedparser calls it.
_TOLD: Final = {"title", "title_detail", "summary", "summary_detail", "link", "links"}

#: What an entry came to: the number that stands for its article, or the reason why it is none.
Outcome = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntries:
    """What is remembered of a feed that was read."""

    #: The address that its links are relative to.
    url: str
    tag: bytes
    context: bytes
    #: By digest.
    outcomes: Mapping[bytes, Outcome]
    #: What the feed says of itself, which stands around its entries.
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A feed's body, and all that counts for reading it."""

    body: bytes
    content_type: str
    #: The address that its links are relative to.
    url: str
    profile: SiteProfile
    #: Aware.
    now: datetime


def read_again(answer: Answered, known: KnownEntries | None) -> tuple[Found, KnownEntries | None]:
    """Return what the feed holds beside what is known, and what is known from now on.

    The teasers are those that `read_feed` returns, without those of known entries, which are only
    counted; the notes are the same. Raises SourceError as `read_feed` does.
    """
    if not is_utf8_if_valid(answer.body, answer.content_type):
        known = None
    for remembered in (known, None) if known else (None,):
        with suppress(OddFeedError):
            return _read(answer, remembered)
    body, content_type = answer.body, answer.content_type
    found = read_feed(body, content_type=content_type, url=answer.url, profile=answer.profile)
    return found, None


def _read(answer: Answered, known: KnownEntries | None) -> tuple[Found, KnownEntries]:
    url, body = answer.url, answer.body
    rest, cut = cut_out(body, known.tag, known.outcomes) if known else (body, ())
    document = _document(rest, answer.content_type, is_utf8=known is not None)
    layout = layout_of(document)
    if layout.entries.count(None) != len(cut):
        raise OddFeedError("a mark where no entry stands")
    if known and (known.url, known.tag, known.context) != (url, layout.tag, layout.context):
        raise OddFeedError("the feed has changed around its entries")
    spans = [span for span in layout.entries if span]
    parsed, links = _parsed(document, layout, len(spans))
    links = known.links if known else links
    fresh = [read_entry(entry, url, answer.profile) for entry in parsed]
    digests = [digest_of(document[start:end]) for start, end in spans]
    pairs = list(_joined(layout, cut, known, list(zip(digests, fresh, strict=True))))
    found = replace(_found([outcome for _, outcome in pairs], fresh), links=links)
    lasting = dict(pairs)
    for digest, entry in zip(digests, fresh, strict=True):
        if isinstance(entry, Teaser) and entry.published and entry.published.at > answer.now:
            del lasting[digest]
    return found, KnownEntries(
        url=url, tag=layout.tag, context=layout.context, outcomes=lasting, links=links
    )


def _document(rest: bytes, content_type: str, *, is_utf8: bool) -> bytes:
    """Return what is to be parsed.

    Where entries were cut out, everything has to be UTF-8, as these are: the rest alone would not
    tell the encoding of the whole.
    """
    if is_utf8:
        try:
            rest.decode()
        except UnicodeDecodeError:
            raise OddFeedError("not UTF-8") from None
    text = feed_text(rest, content_type)
    if text.startswith("{"):
        raise OddFeedError("JSON")
    return document_of(text)


def _joined(
    layout: Layout,
    cut: Sequence[bytes],
    known: KnownEntries | None,
    fresh: Sequence[tuple[bytes, Teaser | str]],
) -> Iterator[tuple[bytes, Outcome]]:
    """Yield digest and outcome of every entry, in the document's order."""
    old, new = iter(cut), iter(fresh)
    for span in layout.entries:
        if span is None and known:
            digest = next(old)
            yield digest, known.outcomes[digest]
        else:
            digest, entry = next(new)
            yield digest, hash(entry.key) if isinstance(entry, Teaser) else entry


def _found(outcomes: Sequence[Outcome], fresh: Sequence[Teaser | str]) -> Found:
    articles = Counter(outcome for outcome in outcomes if isinstance(outcome, int))
    if not articles or max(articles.values()) > 1:
        raise OddFeedError("no article, or one twice: which entry counts is found for the whole")
    teasers = tuple(entry for entry in fresh if isinstance(entry, Teaser))
    return Found(
        teasers=teasers,
        notes=counted(outcome for outcome in outcomes if isinstance(outcome, str)),
        unchanged=len(articles) - len(teasers),
    )


def _parsed(document: bytes, layout: Layout, count: int) -> tuple[Sequence[Any], Links]:
    """Return feedparser's entries, as many as there are, and what the feed says of itself.

    Raises OddFeedError for anything else.
    """
    if not count:
        return (), NO_LINKS
    if any(_DECLARES_NAMESPACE in document[span[0] : span[1]] for span in layout.entries if span):
        raise OddFeedError("an entry declares a namespace")
    probed = document[: layout.end] + _probe(layout.tag) + document[layout.end :]
    try:
        parsed = parse_document(probed)
    except Exception:  # noqa: BLE001 - feedparser stumbles over some documents
        raise OddFeedError("feedparser stumbles") from None
    *entries, probe = parsed.get("entries") or [None]
    if parsed.get("bozo_exception") or not parsed.get("version") or len(entries) != count:
        raise OddFeedError("feedparser sees something else")
    if not _is_clean(probe):
        raise OddFeedError("an entry spoils the next one")
    return entries, links_of_feed(dicts(parsed.feed.get("links")))


def _probe(tag: bytes) -> bytes:
    prefix = tag.rpartition(b":")[0].decode()
    own = f"{prefix}:" if prefix else ""
    told = {"title": _WORD, "link": _ADDRESS, "description": _WORD}
    inner = "".join(f"<{own}{name}>{text}</{own}{name}>" for name, text in told.items())
    return b"<" + tag + b">" + inner.encode() + b"</" + tag + b">"


def _is_clean(probe: Any) -> bool:
    return (
        set(probe) == _TOLD
        and (probe["title"], probe["link"], probe["summary_detail"]["value"])
        == (_WORD, _ADDRESS, _WORD)
        and len(probe["links"]) == 1
    )
