import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.article import Published, Teaser
from bot.domain.topic import Topic, TopicKind
from bot.services.reports import Finding, ImportReport, PollReport, Verdict
from bot.texts.letter import Button, Letter, Preview
from tests.aids.application import Dekbot, FakeApplication

TEASER = Teaser(
    url="https://wire.example/2024/08/a-bridge/",
    headline="A [bold]bridge[/bold] opens",
    dek="Traffic flows \x1b[31magain",
    authors=(Topic(kind=TopicKind.AUTHOR, key="min-park", name="Min Park"),),
    sections=(Topic(kind=TopicKind.SECTION, key="roads", name="Roads"),),
    published=Published(at=datetime(2024, 8, 21, 14, 5, tzinfo=UTC)),
)
POLL = PollReport(
    source="https://wire.example/feed/",
    kind="feed",
    outcome="read",
    teasers=(TEASER, replace(TEASER, headline="Undated", published=None, dek="")),
    new=1,
    alerts=1,
)
LETTER = Letter(
    html='<b>ROADS</b>\n<a href="https://wire.example/x"><b>Tea &amp; bridges</b></a>\n<i>Min</i>',
    rows=((Button(text="Open", url="https://wire.example/x"), Button(text="Mute …", url="b")),),
    preview=Preview.LARGE,
)


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([], 0),
        ([Verdict.OK, Verdict.OK], 0),
        ([Verdict.OK, Verdict.WARNING], 1),
        ([Verdict.FAILED, Verdict.WARNING, Verdict.OK], 2),
    ],
)
def test_check_exits_by_its_worst_finding(
    dekbot: Dekbot, application: FakeApplication, verdicts: list[Verdict], status: int
) -> None:
    application.findings = [Finding(subject="token", verdict=v, text="[x]") for v in verdicts]

    ended = dekbot("check")

    assert ended.status == status
    assert ended.out.count("[x]") == len(verdicts)


def test_check_writes_json_for_scripts(dekbot: Dekbot, application: FakeApplication) -> None:
    application.findings = [
        Finding(subject="token", verdict=Verdict.WARNING, text="é" * 300, remedy="do")
    ]

    assert json.loads(dekbot("check", "--json").out) == [
        {"subject": "token", "verdict": "warning", "text": "é" * 300, "remedy": "do"}
    ]


def test_poll_shows_what_was_read_and_what_failed(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.polls = [
        POLL,
        PollReport(source="https://b.example/", kind="page", outcome="failed", fault="too slow"),
    ]

    ended = dekbot("poll", "--dry-run")

    assert ended.status == 1
    assert application.asked == [("poll", "nknews", True)]
    for text in ["2024-08-21 14:05", "Min Park", "Roads", "Undated", "failed: too slow"]:
        assert text in ended.out


def test_markup_and_control_characters_of_a_site_stay_text(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.polls = [POLL]

    told = dekbot("poll").out

    assert "A [bold]bridge[/bold] opens" in told
    assert "\x1b" not in told


def test_a_date_without_a_time_shows_none(dekbot: Dekbot, application: FakeApplication) -> None:
    day = Published(at=datetime(2024, 8, 21, tzinfo=UTC), has_time=False)
    application.polls = [replace(POLL, teasers=(replace(TEASER, published=day),))]

    told = dekbot("poll").out

    assert "2024-08-21" in told
    assert "00:00" not in told


def test_poll_says_so_when_nothing_is_to_be_read(dekbot: Dekbot) -> None:
    ended = dekbot("poll")

    assert (ended.status, ended.out) == (0, "No source is to be read now.\n")


def test_poll_writes_json_for_scripts(dekbot: Dekbot, application: FakeApplication) -> None:
    application.polls = [POLL]

    (report,) = json.loads(dekbot("poll", "--json").out)

    assert (report["outcome"], report["new"]) == ("read", 1)
    assert report["teasers"][0]["published"]["at"] == "2024-08-21T14:05:00+00:00"
    assert report["teasers"][0]["sections"][0]["key"] == "roads"


def test_preview_shows_messages_as_telegram_does(
    dekbot: Dekbot, application: FakeApplication
) -> None:
    application.letters = [LETTER, Letter(html="second <code>x</code>")]

    ended = dekbot("preview", "https://wire.example/feed/")

    assert ended.status == 0
    assert application.asked == [("preview", "nknews", "https://wire.example/feed/")]
    for text in ["ROADS", "Tea & bridges", "[ Open ] [ Mute … ]", "large card of", "second x"]:
        assert text in ended.out
    assert "<b>" not in ended.out


def test_preview_of_nothing_says_so(dekbot: Dekbot) -> None:
    assert "Nothing is found" in dekbot("preview", "https://wire.example/").out


def test_preview_writes_json_for_scripts(dekbot: Dekbot, application: FakeApplication) -> None:
    application.letters = [LETTER]

    (letter,) = json.loads(dekbot("preview", "x", "--json").out)

    assert letter["html"] == LETTER.html
    assert letter["rows"][0][0]["text"] == "Open"


def test_import_reads_the_files_and_tells_of_those_it_could_not(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    (folder / "a.xml").write_text("x")
    (folder / "b.html").write_text("x")
    application.imported = ImportReport(read=30, new=7, faults=("b.html: no teaser",))

    ended = dekbot("import", "a.xml", "b.html")

    assert ended.status == 1
    assert application.asked == [("import", "nknews", ["a.xml", "b.html"])]
    assert "30 articles read, 7 of them new" in ended.out
    assert "b.html: no teaser" in ended.out


def test_import_writes_json_for_scripts(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    (folder / "a.xml").write_text("x")
    application.imported = ImportReport(read=2, new=2)

    ended = dekbot("import", "a.xml", "--json")

    assert (ended.status, json.loads(ended.out)) == (0, {"read": 2, "new": 2, "faults": []})
