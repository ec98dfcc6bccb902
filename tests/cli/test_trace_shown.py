import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.domain.unalerted import Unalerted
from bot.services.traces import (
    Trace,
    TracedArticle,
    TracedChat,
    TracedDelivery,
    TracedEdits,
    TracedFanout,
    TracedOutbox,
    TracedStory,
    TracedTopic,
    Way,
)
from bot.services.why import Absence
from tests.aids.application import Dekbot, FakeApplication

AT: Final = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URL: Final = "https://wire.example/2026/03/bridge/"
FEED: Final = "https://wire.example/feed/"
ARTICLE: Final = TracedArticle(
    id=1852732489728,
    url=URL,
    headline="A [bold]bridge[/bold] opens",
    dek="Traffic flows \x1b[31magain",
    published_at=AT,
    has_time=True,
    seen_at=AT + timedelta(minutes=4),
    brought_by=FEED,
    shown_by=(FEED, "https://wire.example/tag/roads/"),
    former_headline="A bridge closes",
    corrected_at=AT + timedelta(hours=1),
    is_retraction=False,
    topics=(
        TracedTopic(kind="section", key="roads", name="Roads", told_by=FEED, withdrawn=False),
        TracedTopic(kind="author", key="min", name="Min Park", told_by=FEED, withdrawn=True),
    ),
    story=(TracedStory(url=URL, headline="A bridge is planned", published_at=AT),),
    alerted=True,
    unalerted=None,
)
SENT: Final = TracedDelivery(
    chat_id=7,
    thread_id=0,
    kind="private",
    chat="",
    state="sent",
    topics=("Roads",),
    search=None,
    owed_at=AT,
    due_at=None,
    way=Way.AT_ONCE,
    silent=False,
    attempts=3,
    ambiguous=1,
    settled_at=AT + timedelta(seconds=2),
    seconds=2.0,
    message_id=4711,
    first_message_id=4711,
    detail="",
)
DROPPED: Final = replace(
    SENT,
    chat_id=-1007,
    thread_id=9,
    kind="supergroup",
    chat="Desk · Roads",
    state="dropped",
    search="bridge*",
    way=Way.EDITION,
    silent=True,
    ambiguous=0,
    seconds=None,
    message_id=None,
    first_message_id=None,
    detail="preferences changed",
)
TRACE: Final = Trace(
    url=URL,
    is_article_url=True,
    article=ARTICLE,
    outbox=TracedOutbox(
        states={"sent": 40, "dropped": 1},
        fanouts=(TracedFanout(done_to=2000, last=5000, begun_at=AT),),
        edits=TracedEdits(count=40, due_at=AT),
        deliveries=(DROPPED, SENT),
    ),
)
CHAT: Final = TracedChat(
    chat_id=7,
    thread_id=0,
    kind="private",
    chat="",
    standing="active",
    retired_because="",
    delivery=None,
    absence=Absence.MUTED,
    topics=("Min Park",),
)


def test_the_whole_path_is_shown(dekbot: Dekbot, application: FakeApplication) -> None:
    application.traced = TRACE

    ended = dekbot("trace", URL)
    told = " ".join(ended.out.split())

    assert ended.status == 0
    assert application.asked == [("trace", "nknews", URL, 20, None)]
    for text in [
        "A [bold]bridge[/bold] opens",
        "Published 2026-03-04 05:06:07 UTC",
        "First seen 2026-03-04 05:10:07 UTC, by https://wire.example/feed/",
        "Shown also by https://wire.example/tag/roads/",
        "Corrected 2026-03-04 06:06:07 UTC; before: A bridge closes",
        "Roads (section), Min Park (author, withdrawn)",
        "Matched yes",
        "A bridge is planned",
        "Deliveries: 40 sent, 1 dropped",
        "subscribers up to 2000 of 5000 are done",
        "Messages to be edited: 40",
        "… and 39 more: --limit 41, or --chat ID",
    ]:
        assert text in told, ended.out
    assert "\x1b" not in ended.out


def test_each_delivery_is_a_row(dekbot: Dekbot, application: FakeApplication) -> None:
    application.traced = TRACE

    out = dekbot("trace", URL).out
    words = set(out.replace("│", " ").split())

    assert {"dropped", "sent", "bridge*", "4711", "unclear", "edition,", "changed"} <= words
    assert {"-1007,", "topic", "(supergroup,", "(private)"} <= words
    assert words.isdisjoint({"4711,"})


@pytest.mark.parametrize("why", Unalerted)
def test_every_reason_for_no_alert_has_words(
    dekbot: Dekbot, application: FakeApplication, why: Unalerted
) -> None:
    application.traced = replace(TRACE, article=replace(ARTICLE, alerted=False, unalerted=why))

    told = " ".join(dekbot("trace", URL).out.split())

    assert "Matched no: " in told
    assert f"no: {why} " not in told


#: These concern chats that have a delivery, or articles that are not known.
NEVER_SHOWN: Final = {"unknown-article", "sent", "owed", "held", "failed", "dropped"}


@pytest.mark.parametrize("absence", [*sorted({*Absence} - NEVER_SHOWN), "retired", "not-yet"])
def test_every_absence_has_words(
    dekbot: Dekbot, application: FakeApplication, absence: str
) -> None:
    chat = replace(CHAT, absence=absence)
    application.traced = replace(TRACE, chat_id=7, chats=(chat,))

    ended = dekbot("trace", URL, "--chat", "7")

    line = next(line for line in ended.out.splitlines() if line.startswith("7 (private)"))
    assert ended.status == 0
    assert "not owed; " in line
    assert not line.endswith(f"; {absence}")
    assert "{" not in line


def test_a_chat_is_asked_for_by_its_id_also_where_that_is_negative(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    chat = replace(CHAT, chat_id=-1007, delivery=DROPPED, absence=None)
    application.traced = replace(TRACE, chat_id=-1007, chats=(chat,))

    ended = dekbot("trace", URL, "--chat", "-1007", "--limit", "0")

    assert ended.status == 0
    assert application.asked == [("trace", "nknews", URL, 0, -1007)]
    assert "preferences" in ended.out


def test_a_chat_that_is_not_known_is_status_1(dekbot: Dekbot, application: FakeApplication) -> None:
    application.traced = replace(TRACE, chat_id=404)

    ended = dekbot("trace", URL, "--chat", "404")

    assert ended.status == 1
    assert "Chat 404 is not known" in ended.out


@pytest.mark.parametrize(
    ("is_article", "words"),
    [(True, "takes the address for an article's"), (False, "does not take the address")],
)
def test_an_article_that_is_not_known_is_status_2(
    dekbot: Dekbot, application: FakeApplication, is_article: bool, words: str
) -> None:
    application.traced = Trace(
        url=URL, is_article_url=is_article, article=None, near=("https://wire.example/2026/03/b/",)
    )

    ended = dekbot("trace", URL)

    assert ended.status == 2
    assert "is not known" in ended.out
    assert words in ended.out
    assert "https://wire.example/2026/03/b/" in ended.out


def test_a_trace_is_written_as_json_for_scripts(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.traced = replace(TRACE, chat_id=7, chats=(CHAT,))

    told = json.loads(dekbot("trace", URL, "--chat", "7", "--json").out)

    assert told["article"]["seen_at"] == "2026-03-04T05:10:07+00:00"
    assert told["outbox"]["states"] == {"sent": 40, "dropped": 1}
    assert told["outbox"]["deliveries"][1]["seconds"] == 2.0
    assert told["chats"][0]["absence"] == "muted"
