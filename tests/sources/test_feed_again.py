"""A feed that is read again says what it says when it is read as a whole."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.article import Teaser
from bot.domain.errors import SourceError
from bot.sources.feed_again import Answered, KnownEntries, read_again
from bot.sources.profile_file import parse_profile
from tests.aids.feeds import ITEM, SITE, item, read, rss
from tests.sources.conftest import PROFILE

NOW = datetime(2026, 3, 4, tzinfo=UTC)
URL = f"{SITE}/feed/"
SITE_PROFILE = parse_profile(PROFILE.encode(), "tidewater.toml")


def answered(body: bytes, url: str = URL) -> Answered:
    return Answered(
        body=body, content_type="application/rss+xml", url=url, profile=SITE_PROFILE, now=NOW
    )


def known_of(body: bytes) -> KnownEntries | None:
    try:
        return read_again(answered(body), None)[1]
    except SourceError:
        return None


def whole(body: bytes) -> tuple[dict[str, Teaser], tuple[str, ...]] | str:
    """Return what the feed shows, by article, and the notes; or the fault."""
    try:
        found = read(body, SITE_PROFILE)
    except SourceError as error:
        return str(error)
    return {teaser.key: teaser for teaser in found.teasers}, found.notes


def again(first: bytes, second: bytes) -> tuple[dict[str, Teaser], tuple[str, ...]] | str:
    """Return the same by reading the one and then the other."""
    before = whole(first)
    try:
        found, _ = read_again(answered(second), known_of(first))
    except SourceError as error:
        return str(error)
    fresh = {teaser.key: teaser for teaser in found.teasers}
    shown = whole(second)
    assert not isinstance(shown, str)
    assert len(fresh) == len(found.teasers)
    assert found.count == len(shown[0])
    if not found.unchanged:
        return fresh, found.notes
    assert not isinstance(before, str)
    left_out = {key: before[0][key] for key in shown[0].keys() - fresh.keys()}
    assert len(left_out) == found.unchanged
    return left_out | fresh, found.notes


PLAIN_TEXTS = (
    "A",
    "Fog &amp; ferries",
    "&#8216;Heron&#8217;",
    "\u2019\ud55c\uad6d",
    "<![CDATA[<p>Fog</p>]]>",
    "<![CDATA[</item><item>]]>",
    "<!-- </item> -->A",
    "",
)
ODD_TEXTS = (
    "<![CDATA[<?entry-cut-out?>]]>",
    "<b>bold</b>",
    "<summary>s</summary>",
    "<item><title>inner</title></item>",
    '<x xmlns="urn:x">A</x>',
    '<x:y xmlns:x="urn:x"/>',
    "\x01A",
)
ELEMENTS = [
    *("title", "description", "content:encoded", "dc:creator", "category", "pubDate", "guid"),
    *("media:title", "summary", "content", "image", "source", "dc:language", "author", "link"),
]
PLAIN_FORMS = (
    "<item>{}</item>",
    "<item>{}</item>\n",
    '<item xml:base="https://x.example/">{}</item>',
)
ODD_FORMS = ("<item>{}</item >", "<item/>{}", "<item>{}")
PLAIN_HEADS = ("<lastBuildDate>1</lastBuildDate>", "<lastBuildDate>2</lastBuildDate>")
ODD_HEADS = ("<description>D</description>", "<pubDate/>", "<item/>", "<image><item/></image>")


@st.composite
def items(draw: st.DrawFn, *, odd: bool) -> list[str]:
    """Return items, each of an article of its own."""
    texts = (*PLAIN_TEXTS, *ODD_TEXTS) if odd else PLAIN_TEXTS
    forms = (*PLAIN_FORMS, *ODD_FORMS) if odd else PLAIN_FORMS
    inner = st.lists(st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(texts)), max_size=4)
    return [
        draw(st.sampled_from(forms)).format(
            f"<title>{number}</title><link>{SITE}/2024/08/a{number}/</link>"
            + "".join(f"<{name}>{text}</{name}>" for name, text in draw(inner))
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@st.composite
def readings(draw: st.DrawFn, *, odd: bool) -> tuple[bytes, bytes]:
    """Return what a feed says at two times: entries come, go, move and change."""
    pool = draw(items(odd=odd))
    heads = (*PLAIN_HEADS, *ODD_HEADS) if odd else PLAIN_HEADS
    first, second = (
        rss(
            draw(st.sampled_from(heads)),
            *draw(st.lists(st.sampled_from(pool), max_size=8, unique=not odd)),
        )
        for _ in range(2)
    )
    if draw(st.booleans()):
        second = second.replace(b"Fog", "Nebel \u2019".encode())
    return first, second


@given(readings(odd=False))
@example((rss(item("a")), rss(item("b"), item("a"))))
def test_what_is_read_of_two_readings_is_what_the_second_shows(drawn: tuple[bytes, bytes]) -> None:
    assert again(*drawn) == whole(drawn[1])


@given(readings(odd=True))
def test_so_it_is_however_odd_the_feed(drawn: tuple[bytes, bytes]) -> None:
    assert again(*drawn) == whole(drawn[1])


def feed(*inner: str) -> bytes:
    return rss(f"<lastBuildDate>{len(inner)}</lastBuildDate>", *inner)


def test_only_what_is_new_or_changed_is_told() -> None:
    first = feed(item("a"), item("b"), item("c"), item("d"))
    second = feed(item("new"), item("b", title="B, corrected"), item("d"), item("c"))

    found, _ = read_again(answered(second), known_of(first))

    assert [(one.url[-4:-1], one.headline) for one in found.teasers] == [
        ("new", "A"),
        ("8/b", "B, corrected"),
    ]
    assert found.unchanged == 2


def test_what_has_gone_and_comes_back_is_told_again() -> None:
    _, known = read_again(answered(feed(item("a"), item("b"))), None)
    _, known = read_again(answered(feed(item("b"))), known)

    found, _ = read_again(answered(feed(item("a"), item("b"))), known)

    assert [one.url for one in found.teasers] == [f"{SITE}/2024/08/a/"]


def test_the_notes_are_those_of_the_whole() -> None:
    odd = "<item><title>Ad</title><link>https://ads.example/1</link></item>"
    first, second = feed(item("a"), odd), feed(item("b"), item("a"), odd + " ")

    found, _ = read_again(answered(second), known_of(first))

    assert found.notes == ("1 x an entry whose link is no article's",)
    assert found.unchanged == 1


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><updated>{}</updated>{}</feed>'
PREFIXED = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:updated>{}</a:updated>{}</a:feed>'
ENTRY = f"<entry><title>A</title><link href='{SITE}/2024/08/{{}}/'/><content>C</content></entry>"
PREFIXED_ENTRY = ENTRY.replace("</", "</a:").replace("<", "<a:").replace("<a:/a:", "</a:")


@pytest.mark.parametrize(
    ("form", "entry"),
    [(ATOM, ENTRY), (PREFIXED, PREFIXED_ENTRY), ("<rss>{}<channel>{}</channel></rss>", ITEM)],
    ids=["atom", "atom with a prefix", "rss without version"],
)
def test_every_usual_kind_of_feed_is_taken_apart(form: str, entry: str) -> None:
    first = form.format("", entry.format("a")).replace("<content:", "<content_").encode()
    second = form.format("", entry.format("b") + entry.format("a")).encode()
    if entry is ITEM:  # whose prefixes rss() declares
        first, second = rss(ITEM), rss(item("b"), ITEM)

    found, _ = read_again(answered(second), known_of(first))

    assert [one.url for one in found.teasers] == [f"{SITE}/2024/08/b/"]
    assert found.unchanged == 1


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(rss(item("b"), item("a"), head="<!DOCTYPE rss>"), id="a document type"),
        pytest.param(rss(item("b"), item("a"))[:-9], id="broken XML"),
        pytest.param(rss("<title>U</title>", item("b"), item("a")), id="another title"),
        pytest.param(
            rss(item("b"), item("a")).replace(b"<rss", b'<rss xml:base="https://x.example"'),
            id="another base",
        ),
        pytest.param(rss(item("b"), item("b", title="B"), item("a")), id="an article twice"),
        pytest.param(rss(item("b"), item("a")).decode().encode("utf-16"), id="another encoding"),
        pytest.param(rss(item("b"), item("a") + "<?entry-cut-out?>"), id="a mark of its own"),
        pytest.param(rss(item("b"), "<image>", item("a"), "</image>"), id="an unusual place"),
    ],
)
def test_whatever_is_odd_is_read_as_a_whole(second: bytes) -> None:
    found, _ = read_again(answered(second), known_of(rss(item("a"))))

    assert found.unchanged == 0
    assert {one.key: one for one in found.teasers} == {
        one.key: one for one in read(second, SITE_PROFILE).teasers
    }


def test_an_entry_that_spoils_the_next_one_keeps_the_feed_whole() -> None:
    """Of unescaped markup with elements that feeds have, feedparser loses count."""
    spoiling = item("a", more="<description>D<summary>S</summary></description>")

    assert known_of(rss(item("b"))) is not None
    assert known_of(rss(spoiling, item("b"))) is None


def test_another_address_has_every_link_read_again() -> None:
    body = rss("<item><title>A</title><link>/2024/08/a/</link></item>")
    moved = answered(body, url="http://www.tidewater.example/feed/")

    found, _ = read_again(moved, known_of(body))

    assert [one.url for one in found.teasers] == ["http://www.tidewater.example/2024/08/a/"]


def test_an_encoding_that_is_not_utf_8_is_read_each_time_as_a_whole() -> None:
    body = rss(item("a", title="\u00e9")).decode().replace("UTF-8", "ISO-8859-15")
    known = known_of(body.encode("iso-8859-15"))

    found, _ = read_again(answered(body.encode("iso-8859-15")), known)

    assert [one.headline for one in found.teasers] == ["\u00e9"]


def test_what_is_dated_in_the_future_is_told_until_then() -> None:
    """A time that lies ahead is not believed (bot.domain.news); once it has come, it is."""
    ahead = item("a", more="<pubDate>Thu, 05 Mar 2026 00:00:00 +0000</pubDate>")
    body = rss(ahead, item("b"))
    _, known = read_again(answered(body), None)

    found, _ = read_again(answered(body), known)

    assert [one.url for one in found.teasers] == [f"{SITE}/2024/08/a/"]
