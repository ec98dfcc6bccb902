"""What `dekbot check` makes of hubs."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

import pytest

from bot.app.checks.contents import Contents
from bot.app.checks.database import Stored
from bot.app.checks.hubs import Hubs
from bot.domain.hub import HubLink, HubState
from bot.services.hub_ports import HubRecord
from bot.services.records import OutboxFigures
from bot.services.reports import Verdict

NOW: Final = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
OK, WARNING = Verdict.OK, Verdict.WARNING
FEED: Final = "https://e.example/feed/"
LINK: Final = HubLink(hub="https://hub.example/", topic=FEED)
PUBLIC: Final = "https://bot.example"


def record(**values: Any) -> HubRecord:
    usual: dict[str, Any] = {
        "source_id": 1,
        "url": FEED,
        "kind": "feed",
        "is_off": False,
        "hub": LINK.hub,
        "topic": LINK.topic,
        "state": HubState.LIVE,
        "token": "A-token_7",
        "secret": "A-secret_8",
        "public_url": PUBLIC,
        "lease_until": NOW + timedelta(days=3),
        "next_try_at": NOW + timedelta(hours=1),
        "requests": 0,
        "fault": "",
        "notified_at": None,
    }
    return HubRecord(**usual | values)


def judge(
    known: HubRecord | None,
    link: HubLink | None = LINK,
    *,
    public_url: str | None = PUBLIC,
    kind: str = "feed",
    holder: str | None = "a bot",
) -> list[tuple[Verdict, str]]:
    contents = Contents(
        articles=0,
        chats={},
        outbox=OutboxFigures(owed=0, held=0, sent=0, dropped=0, failed=0),
        oldest_due=None,
        sources={},
        administrators={},
        hubs={(FEED, "feed"): known} if known else {},
    )
    hubs = Hubs(Stored(findings=(), holder=holder, contents=contents), public_url, NOW)
    source: Any = SimpleNamespace(url=FEED, kind=kind)
    found = hubs.of(source, link)
    assert all(bool(one.remedy) is (one.verdict is not OK) for one in found)
    assert not any(secret in repr(found) for secret in ("A-token_7", "A-secret_8"))
    return [(one.verdict, one.text) for one in found]


PAST: Final = NOW - timedelta(minutes=1)
ASKED: Final = record(state=HubState.ASKED, lease_until=None)


@pytest.mark.parametrize(
    ("known", "verdict", "words"),
    [
        (record(), OK, "tells of news until 2026-03-07 05:06 UTC: nothing yet"),
        (record(notified_at=NOW - timedelta(minutes=5)), OK, "last 5 minutes ago"),
        (record(fault="is down"), WARNING, "renewal: is down"),
        (record(lease_until=PAST, fault="is down"), WARNING, "is down; asked again 2026-03-04"),
        (ASKED, WARNING, "it was asked, and has not called back"),
        (record(state=HubState.DENIED, fault="not for you"), WARNING, "denies it: not for you"),
        (record(public_url="https://old.example"), WARNING, "knows the bot at another address"),
        (record(state=HubState.FOUND, lease_until=None), WARNING, "not asked yet"),
        (record(hub="https://former.example/"), WARNING, "not asked yet"),
        (None, WARNING, "not asked yet"),
    ],
)
def test_each_state_has_words(known: HubRecord | None, verdict: Verdict, words: str) -> None:
    ((judged, text),) = judge(known)

    assert judged is verdict
    assert words in text
    assert text.startswith(LINK.hub)


def test_what_is_not_done_yet_is_no_trouble_while_no_bot_runs() -> None:
    ((verdict, text),) = judge(None, holder=None)

    assert (verdict, "dekbot run does that" in text) == (OK, True)


def test_a_feed_without_a_hub_is_told_and_other_sources_are_not() -> None:
    assert judge(None, None) == [(OK, "it names none; it is polled")]
    assert judge(None, kind="page") == []


def test_without_a_public_address_a_hub_is_told_with_the_setting() -> None:
    ((verdict, text),) = judge(record(), public_url=None)

    assert (verdict, "DEKBOT_PUBLIC_URL" in text) == (OK, True)
