"""The picture, held against the numbers that it is drawn from."""

import asyncio
import json
import os
import struct
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.font_manager import fontManager

from bot.charts.drawing import drawn, figure_of
from bot.charts.fonts import writable
from bot.charts.process import ChartProcess
from bot.charts.wire import chart_of, json_of
from bot.domain.chart import Chart
from bot.domain.errors import ChartError
from bot.domain.figures import Day, Traffic
from bot.texts.chart import chart_letter, delivery_chart
from bot.texts.clip import units
from tests.aids.waiting import until

FIRST = date(2026, 2, 20)
NOTHING: list[tuple[int, float, float]] = [(0, 0, 0)] * 14
USUAL = [*NOTHING[:6], *((100 * n, n / 2, 60.0 * n) for n in range(1, 6)), *NOTHING[:3]]
MUCH = [(12_345_678 + n, 3.2, 9 * 86_400.0) for n in range(14)]
TINY = [*NOTHING[:13], (1, 0.001, 0.002)]


def days(told: list[tuple[int, float, float]]) -> list[Day]:
    return [
        Day(
            day=FIRST + timedelta(days=n),
            traffic=Traffic(
                sent=sent,
                at_once=sent,
                median=timedelta(seconds=median) if sent else None,
                p95=timedelta(seconds=p95) if sent else None,
            ),
        )
        for n, (sent, median, p95) in enumerate(told)
    ]


def chart(told: list[tuple[int, float, float]], language: str = "en") -> Chart:
    return delivery_chart(days(told), language, ("Seoul", "Seoul"))


def described(picture: bytes) -> Any:
    """Return the description that is in a PNG."""
    at = picture.index(b"Description\0")
    (length,) = struct.unpack(">I", picture[at - 8 : at - 4])
    return json.loads(picture[at : at + length].partition(b"\0")[2])


def test_bars_and_lines_are_as_high_as_the_numbers() -> None:
    given = chart(USUAL)

    above, below = figure_of(given, given.words[0]).axes

    assert [bar.get_height() for bar in above.patches] == list(given.sent)  # type: ignore[attr-defined] # bars are rectangles
    late, usual = ([*np.asarray(line.get_ydata(), float)] for line in below.lines)
    for line, told in ((usual, given.median), (late, given.p95)):
        assert [None if np.isnan(height) else height for height in line] == list(told)


def test_everything_that_is_drawn_is_named() -> None:
    given = chart(USUAL)

    figure = figure_of(given, given.words[0])

    above, below = figure.axes
    assert figure.get_suptitle() == "Alerts of the last 14 days"
    assert above.get_title(loc="left") == "Sent per day"
    assert below.get_title(loc="left") == "From owed to sent, alerts at once"
    assert [text.get_text() for text in below.get_legend().get_texts()] == [  # type: ignore[union-attr] # there is one
        "95 of 100 within",
        "Median",
    ]
    assert below.get_xlabel() == "Days of Seoul"
    days_named = [text.get_text() for text in below.get_xticklabels()]
    assert (days_named[-1], len(days_named)) == ("5 Mar", 14)
    marks = [text.get_text() for text in below.get_yticklabels()]
    assert marks == ["0.1 s", "1 s", "10 s", "1 min", "10 min"]


def test_where_nothing_was_sent_the_picture_says_so() -> None:
    given = chart(NOTHING)

    above, below = figure_of(given, given.words[0]).axes

    assert [text.get_text() for text in above.texts][-1] == "Nothing was sent in these days."
    assert [text.get_text() for text in below.texts] == ["No alert came at once in these days."]


@pytest.mark.parametrize(
    "told", [NOTHING, USUAL, MUCH, TINY], ids=["none", "usual", "much", "tiny"]
)
def test_whatever_was_sent_can_be_drawn_and_the_picture_holds_its_numbers(
    told: list[tuple[int, float, float]],
) -> None:
    given = chart(told)

    picture = drawn(given)

    assert struct.unpack(">II", picture[16:24]) == (1080, 1080)
    numbers = {name: list(getattr(given, name)) for name in ("sent", "median", "p95")}
    assert described(picture) == numbers
    assert chart_of(json.loads(json.dumps(json_of(given)))) == given


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_words_below_the_picture_fit_whatever_was_sent(language: str) -> None:
    for told in (NOTHING, USUAL, MUCH):
        assert units(chart_letter(days(told), language, "Seoul").html) <= 1_024


def test_words_that_no_font_can_write_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    given = chart(USUAL, "ko")
    own = [font for font in fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr("bot.charts.fonts.fontManager.ttflist", own)

    words, names = writable(given.words)

    assert (words.title, names) == ("Alerts of the last 14 days", ["DejaVu Sans"])


async def test_a_process_of_its_own_draws_and_ends() -> None:
    given = chart(USUAL)

    picture = await ChartProcess().draw(given)

    assert described(picture)["sent"] == list(given.sent)


async def test_the_process_is_told_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEKBOT_BOT_TOKEN", "1:secret")
    script = "import os, sys; sys.stdout.write(repr(sorted(os.environ)))"

    told = await ChartProcess((sys.executable, "-c", script)).draw(chart(USUAL))

    assert b"PATH" in told
    assert b"DEKBOT" not in told


@pytest.mark.parametrize(
    ("script", "patience", "fault"),
    [
        ("raise SystemExit('no room')", 30.0, "exit status 1: no room"),
        ("pass", 30.0, "exit status 0: it said nothing"),
        ("import time; time.sleep(60)", 0.2, "it took more than 0.2 seconds"),
    ],
)
async def test_a_process_that_draws_nothing_is_a_fault_that_is_told(
    script: str, patience: float, fault: str
) -> None:
    with pytest.raises(ChartError, match=fault):
        await ChartProcess((sys.executable, "-c", script), patience).draw(chart(NOTHING))


async def test_no_process_is_left_behind(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    script = f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    drawing = asyncio.create_task(ChartProcess((sys.executable, "-c", script)).draw(chart(NOTHING)))
    await until(lambda: pid.exists() and bool(pid.read_text()))
    drawing.cancel()

    with pytest.raises(asyncio.CancelledError):
        await drawing
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


async def test_a_command_that_is_not_there_is_a_fault_that_is_told() -> None:
    with pytest.raises(ChartError, match="no process could be started"):
        await ChartProcess(("/nowhere/python",)).draw(chart(NOTHING))
