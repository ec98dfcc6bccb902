"""Days, times and lengths of time in Korean mean what the same in English means."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_times import parse_time
from bot.domain.editions import Editions
from bot.domain.editions_parser import parse_editions
from bot.domain.parse_fault import FaultKey, ParseFault, fault
from bot.domain.pausing import Indefinitely, parse_pause
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet

SEOUL = ZoneInfo("Asia/Seoul")
#: A Wednesday, at noon in Seoul.
NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("평일 08:00 18:00", "weekdays 08:00 18:00"),
        ("주중 8시", "weekdays 08:00"),
        ("매일 아침 8시", "daily 08:00"),
        ("매일 아침, 저녁", "daily 08:00 18:00"),
        ("평일 오전 8시, 오후 6시 30분", "weekdays 08:00 18:30"),
        ("평일 오전 8:00 및 오후 6:30", "weekdays 08:00 18:30"),
        ("월요일 9시", "mon 09:00"),
        ("매주 월요일에 9시", "mon 09:00"),
        ("월요일마다 9시 반", "mon 09:30"),
        ("월 09:00", "mon 09:00"),
        ("월수금 9시", "mon,wed,fri 09:00"),
        ("월·수·금 9시", "mon,wed,fri 09:00"),
        ("월~금 9시", "weekdays 09:00"),
        ("월요일부터 금요일까지 9시", "weekdays 09:00"),
        ("평일 08:00; 토요일 정오", "weekdays 08:00; sat 12:00"),
        ("매시간", "hourly"),
        ("평일 매시간", "weekdays hourly"),
    ],
)
def test_editions(typed: str, canonical: str) -> None:
    found = parse_editions(typed)

    assert isinstance(found, Editions)
    assert str(found) == canonical


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("주말", "weekends"),
        ("토일", "weekends"),
        ("일요일 종일", "sun"),
        ("22:00~07:00", "22:00-07:00"),
        ("22시부터 7시까지", "22:00-07:00"),
        ("밤 10시부터 아침 7시까지", "22:00-07:00"),
        ("밤 12시부터 새벽 6시까지", "00:00-06:00"),
        ("평일 22시-7시, 주말", "weekdays 22:00-07:00; weekends"),
    ],
)
def test_quiet_hours(typed: str, canonical: str) -> None:
    found = parse_quiet(typed)

    assert isinstance(found, QuietHours)
    assert str(found) == canonical


@pytest.mark.parametrize("typed", ["끄기", "없음", "해제", "안 함"])
def test_none(typed: str) -> None:
    assert parse_editions(typed) is None
    assert parse_quiet(typed) is None
    assert parse_editions("즉시") is None


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("3일", "3d"),
        ("3일간", "3d"),
        ("30분 동안", "30m"),
        ("2시간 30분", "2h 30m"),
        ("1주", "1w"),
        ("2주일", "2w"),
        ("일주일", "1w"),
        ("3개월", "3mo"),
        ("한 달", "1mo"),
        ("하루", "1d"),
        ("이틀", "2d"),
        ("월요일까지", "until monday"),
        ("일까지", "until sunday"),
        ("내일까지", "until tomorrow"),
        ("내일 아침까지", "until tomorrow morning"),
        ("내일 오후 6시까지", "until tomorrow 18:00"),
        ("오늘 밤 11시까지", "until today 23:00"),
        ("18:00까지", "until 18:00"),
        ("8월 21일까지", "until 21 aug"),
        ("2026년 8월 21일 9시까지", "until 2026-08-21 9:00"),
    ],
)
def test_pauses(typed: str, english: str) -> None:
    found = parse_pause(typed, NOW, SEOUL)

    assert isinstance(found, datetime)
    assert found == parse_pause(english, NOW, SEOUL)


@pytest.mark.parametrize("typed", ["계속", "무기한"])
def test_a_pause_without_an_end(typed: str) -> None:
    assert parse_pause(typed, NOW, SEOUL) == Indefinitely()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("3일까지", FaultKey.NOT_UNDERSTOOD),  # the third of the month, and no three days
        ("언젠가", FaultKey.NOT_UNDERSTOOD),
        ("다음 주 수요일까지", FaultKey.NOT_UNDERSTOOD),
        ("0일", FaultKey.NO_LENGTH),
        ("2년", FaultKey.NOT_UNDERSTOOD),
        ("999일", FaultKey.TOO_LONG),
        ("오늘까지", FaultKey.TIME_MISSING),
        ("2026년 3월 1일까지", FaultKey.PAST),
    ],
)
def test_what_is_no_pause_is_told_as_typed(typed: str, key: FaultKey) -> None:
    assert parse_pause(typed, NOW, SEOUL) == fault(key, typed)


@pytest.mark.parametrize(
    ("typed", "key", "part"),
    [
        ("평일 25시", FaultKey.NO_SUCH_TIME, "25시"),
        ("평일 오후 13시", FaultKey.NO_SUCH_TIME, "오후 13시"),
        ("주말", FaultKey.TIME_MISSING, "주말"),
        ("내일 8시", FaultKey.NOT_UNDERSTOOD, "내일"),
        ("매달 8시", FaultKey.NOT_UNDERSTOOD, "매달"),
    ],
)
def test_what_is_no_timetable_is_told_as_typed(typed: str, key: FaultKey, part: str) -> None:
    assert parse_editions(typed) == ParseFault(key, part)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("8시", time(8)),
        ("18시 30분", time(18, 30)),
        ("18시5분", time(18, 5)),
        ("오전 12시", time(0)),
        ("오후 12시", time(12)),
        ("낮 1시 반", time(13, 30)),
        ("새벽 2시", time(2)),
        ("저녁 8:15", time(20, 15)),
        ("밤 2시", time(2)),
        ("밤 12시", time(0)),
        ("24시", time(0)),
        ("정오", time(12)),
        ("자정", time(0)),
        ("25시", None),
        ("24시 30분", None),
        ("8시 60분", None),
        ("오후 0시", None),
        ("여덟 시", None),
    ],
)
def test_times_of_day(typed: str, clock: time | None) -> None:
    assert parse_time(typed) == clock


@given(
    st.text(
        alphabet="월화수목금토일요평주말매시간분오전후밤까지부터에 0123456789:-~,;", max_size=25
    )
)
def test_any_korean_is_read_or_refused_and_what_is_read_is_stored_in_english(typed: str) -> None:
    for parse, kind in ((parse_editions, Editions), (parse_quiet, QuietHours)):
        found = parse(typed)
        if isinstance(found, kind):
            assert str(found).isascii()
            assert parse(str(found)) == found
    assert parse_pause(typed, NOW, SEOUL) is not None
