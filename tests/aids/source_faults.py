"""The table of what servers do to those who read them, and what must come of it."""

import gzip
from collections.abc import Callable
from functools import cache
from typing import Final

from bot.demo.newsroom.script import Scripted
from tests.aids.ill_site import LOGIN, Illness, feed, headline, item

MEGABYTE: Final = 1_000_000
_XML: Final = "application/rss+xml"
_BOMB: Final = "<!DOCTYPE rss [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)

Script = Callable[[str], Scripted]


def always(**script: object) -> Script:
    """Answer alike for every source."""
    return lambda _: Scripted(**script)  # type: ignore[arg-type]  # the fields are Scripted's own


def shows(body: Callable[[str], bytes], content_type: str = _XML, **script: object) -> Script:
    """Answer with a body made from the source's folder."""
    return lambda at: Scripted(body=body(at), content_type=content_type, **script)  # type: ignore[arg-type]  # likewise


def leads(target: str) -> Script:
    """Redirect there; `{at}` is the source's folder."""
    return lambda at: Scripted(status=302, body=b"", headers={"Location": target.format(at=at)})


@cache
def bomb(_: str) -> bytes:
    return gzip.compress(bytes(60 * MEGABYTE))


@cache
def heap(_: str) -> bytes:
    return b"x" * 50 * MEGABYTE


def packed(at: str, end: int | None = None) -> bytes:
    return gzip.compress(feed(at, "meanwhile", "old"))[:end]


def items(*more: Callable[[str], str], head: str = "") -> Callable[[str], bytes]:
    """Return what makes a feed of these items, with the old article behind them."""
    return lambda at: feed(at, head=head, more="".join(one(at) for one in more) + item(at, "old"))


def dated(slug: str, date: str) -> Callable[[str], str]:
    return lambda at: item(at, slug, date=date)


def in_another_script(at: str) -> bytes:
    return feed(at, "meanwhile", "old").replace(b"UTF-8", b"EUC-KR").decode().encode("euc-kr")


def _meanwhile(at: str) -> str:
    return item(at, "meanwhile")


_GZIP: Final = {"Content-Encoding": "gzip"}
_PRIVATE: Final = "http://127.0.0.1:9/inside"

ILLNESSES: Final = (
    # What a status says.
    Illness(id="304", script=always(status=304, body=b""), code=None, check="http-304"),
    Illness(id="401", script=always(status=401), code="http-401"),
    Illness(id="403", script=always(status=403), code="http-403"),
    Illness(id="404", script=always(status=404, body=b"Not found"), code="http-404"),
    Illness(id="410", script=always(status=410, body=b"Gone"), code="http-410"),
    Illness(
        id="429", script=always(status=429, headers={"Retry-After": "1800"}), code="http-429",
        patience=1800,
    ),
    Illness(
        id="429-nonsense", script=always(status=429, headers={"Retry-After": "soon"}),
        code="http-429",
    ),
    Illness(id="500", script=always(status=500), code="http-500"),
    Illness(id="502", script=always(status=502, body=LOGIN.encode()), code="http-502"),
    Illness(
        id="503", script=always(status=503, headers={"Retry-After": "900"}), code="http-503",
        patience=900,
    ),
    # Connections.
    Illness(id="time-out", script=always(delay=30), code="timeout"),
    Illness(id="drip", script=always(drip=0.2, piece=1), code="timeout"),
    Illness(id="broken-off", script=always(cut=0), code="cut"),
    Illness(id="cut", script=always(cut=60), code="cut"),
    Illness(id="expired", script=always(), code="tls", scheme="https"),
    # Bodies.
    Illness(
        id="cut-gzip", script=shows(lambda at: packed(at, -9), headers=_GZIP), code="cut"
    ),
    Illness(
        id="whole-gzip", script=shows(packed, headers=_GZIP), code=None, told=("meanwhile",),
        stays=("meanwhile", "old"),
    ),
    Illness(
        id="no-gzip", script=shows(lambda at: feed(at, "old"), headers=_GZIP), code="broken-body"
    ),
    Illness(
        id="gzip-bomb",
        script=shows(bomb, headers=_GZIP),
        code="too-large",
    ),
    Illness(id="50-mb", script=shows(heap), code="too-large"),
    Illness(
        id="strange-packing", script=always(headers={"Content-Encoding": "br"}), code="encoding"
    ),
    Illness(
        id="lying-charset", script=shows(in_another_script, f"{_XML}; charset=utf-8"), code=None,
        told=("meanwhile",),
    ),
    Illness(
        id="no-such-charset",
        script=shows(lambda at: feed(at, "meanwhile", "old"), f"{_XML}; charset=klingon"),
        code=None, told=("meanwhile",),
    ),
    # Something else instead of a feed.
    Illness(id="nothing", script=always(body=b""), code="empty"),
    Illness(
        id="html", script=always(body=b"<!doctype html><title>Wait", content_type="text/html"),
        code="not-a-feed",
    ),
    Illness(id="login", script=leads("{at}/login"), code="not-a-feed"),
    Illness(
        id="login-for-page", script=leads("{at}/login"), code="no-teasers", kind="page"
    ),
    Illness(id="garbage", script=always(body=bytes(range(256)) * 9), code="not-a-feed"),
    Illness(
        id="empty-feed", script=shows(feed), code="no-teasers", check="shows no article"
    ),
    Illness(
        id="new-markup", kind="page", code="no-teasers",
        script=always(body=b"<!doctype html><p>In another dress", content_type="text/html"),
    ),
    # XML.
    Illness(
        id="malformed", script=always(body=b"<rss version='2.0'><channel><item"),
        code="broken-feed",
    ),
    Illness(
        id="half", script=shows(lambda at: feed(at, "meanwhile", "old")[:-40]), code=None,
        told=("meanwhile",), note="the XML is broken",
    ),
    Illness(
        id="entity-bomb", code=None, told=("meanwhile",),
        script=shows(items(lambda at: item(at, "meanwhile", "<author>&a9;</author>"), head=_BOMB)),
    ),
    Illness(
        id="external-entity", code=None, told=("meanwhile",),
        script=lambda at: Scripted(
            body=items(
                lambda at: item(at, "meanwhile", "<description>&f;&h;</description>"),
                head=f"<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>"
                f"<!ENTITY h SYSTEM '{at}/entity'>]>",
            )(at),
        ),
    ),
    # Items.
    Illness(
        id="absurd-dates", code=None, told=("never", "far", "first", "later"),
        script=shows(items(
            dated("never", "Mon, 99 Foo 0000"), dated("far", "9999-12-31T23:59:59-12:00"),
            dated("first", "0001-01-01T00:00:00+14:00"),
            dated("later", "Sat, 05 Mar 2126 05:00:00 GMT"),
            dated("ancient", "Thu, 01 Jan 1970 00:00:00 GMT"),
        )),
    ),
    Illness(
        id="no-link", code=None, told=("meanwhile",), note="an entry without link",
        script=shows(items(lambda _: "<item><title>Nowhere</title></item>", _meanwhile)),
    ),
    Illness(
        id="no-title", code=None, told=("meanwhile",), note="an entry without title",
        script=shows(items(
            lambda at: f"<item><link>{at}/2026/03/nameless/</link></item>", _meanwhile
        )),
    ),
    Illness(
        id="same-guid", code=None, told=("meanwhile", "beside"),
        script=shows(items(
            lambda at: item(at, "meanwhile", "<guid isPermaLink='false'>7</guid>"),
            lambda at: item(at, "beside", "<guid isPermaLink='false'>7</guid>"),
        )),
    ),
    Illness(
        id="relative-links", code=None, told=("meanwhile", "beside"),
        script=shows(items(
            lambda at: item(at, "meanwhile", link=f"/{at.rpartition('/')[2]}/2026/03/meanwhile/"),
            lambda at: item(at, "beside", link="../2026/03/beside/"),
        )),
    ),
    Illness(
        id="no-guid", code=None, told=("meanwhile",), script=shows(items(_meanwhile)),
    ),
    Illness(
        id="foreign-links", code="no-teasers",
        script=shows(lambda at: feed(at, more=item(at, "ad", link="https://ads.example/x"))),
    ),
    # Redirects.
    Illness(id="loop", script=leads("{at}/feed/"), code="redirect-loop"),
    Illness(id="loop-of-two", script=leads("{at}/round"), code="redirect-loop"),
    Illness(id="endless", script=leads("{at}/on/1"), code="too-many-redirects"),
    Illness(id="to-ftp", script=leads("ftp://127.0.0.1/feed"), code="bad-redirect"),
    Illness(id="to-file", script=leads("file:///etc/passwd"), code="bad-redirect"),
    Illness(id="to-script", script=leads("javascript:alert(1)"), code="bad-redirect"),
    Illness(id="to-private", script=leads(_PRIVATE), code="bad-redirect", host="localhost"),
    # A site's moods.
    Illness(
        id="forgets", script=shows(lambda at: feed(at, "meanwhile")), code=None,
        told=("meanwhile",), stays=("meanwhile", "old"),
    ),
    Illness(
        id="withdrawn", script=shows(lambda at: feed(at, "meanwhile", "old")), code=None,
        told=("meanwhile",), stays=("old",),
    ),
    Illness(
        id="out-of-order", script=shows(lambda at: feed(at, "old", "meanwhile")), code=None,
        told=("meanwhile",), stays=("old", "meanwhile"),
    ),
)  # fmt: skip


def expected(row: Illness, at: str) -> set[str]:
    """Return the headlines of all that the source ever alerts."""
    return {headline(at, slug) for slug in (*row.told, "new")}
