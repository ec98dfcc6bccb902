"""What `dekbot check` says of a tempo."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.app.checks.rhythms import tempo_text
from bot.app.checks.wording import about
from bot.domain.rhythm import HOURS, PARTS, Rhythm
from bot.domain.tempo import tempo_of

NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
FLAT: Final = (1.0,) * PARTS


def told(rate: Callable[[int, int], float], parts: tuple[float, ...] = FLAT) -> str:
    hours = tuple(rate(hour // 24, hour % 24) for hour in range(HOURS))
    rhythm = Rhythm(hours=hours, parts=parts, articles=1240, weeks=26)
    tempo = tempo_of(rhythm, timedelta(minutes=5), timedelta(minutes=1), ZoneInfo("Asia/Seoul"))
    return tempo_text(tempo, rhythm, NOW)


def test_working_hours_are_told_in_the_sites_zone() -> None:
    text = told(lambda day, hour: 20.0 if day < 5 and 9 <= hour < 18 else 0.5)

    assert text == (
        "every 5 min on average; 2 min on weekdays 09-18 KST, 10 min otherwise"
        " (learned from 1,240 articles of 26 weeks)"
    )


def test_weekends_and_favoured_minutes_are_told_where_there_are_any() -> None:
    parts = (6.0, *[0.74] * (PARTS - 1))
    text = told(lambda _, hour: 20.0 if 9 <= hour < 12 else 0.5, parts)

    assert " on weekdays 09-12 KST, " in text
    assert " on weekends 09-12 KST, " in text
    assert ", most of all at :00-:02 (" in text


def test_where_all_hours_are_alike_that_is_told() -> None:
    assert told(lambda _day, _hour: 1.0) == (
        "every 5 min on average; alike at all hours (learned from 1,240 articles of 26 weeks)"
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0.2 s"), (60, "60 s"), (89, "89 s"), (95, "1.5 min"), (150, "2.5 min"), (300, "5 min"),
     (725, "12 min"), (5400, "1.5 h"), (7200, "2 h")],
)  # fmt: skip
def test_lengths_of_time_are_told_about(seconds: float, words: str) -> None:
    assert about(timedelta(seconds=seconds)) == words
