"""Days, times and lengths of time as people write them in Korean.

Tables for the parsers of timetables and pauses, which know English. What is stored is the canonical
text of `bot.domain`, whatever the language of what was typed.
"""

import re
from datetime import time
from typing import Final

#: 0 is Monday. The letters stand alone too (`월`), and in rows (`월수금`).
_LETTERS: Final = "월화수목금토일"
_WEEKDAY: Final = re.compile(rf"([{_LETTERS}])(?:요일)?")
_EVERY_DAY: Final = frozenset(range(7))
_WORKING_DAYS: Final = frozenset(range(5))
_GROUPS: Final = {
    "매일": _EVERY_DAY,
    "평일": _WORKING_DAYS,
    "주중": _WORKING_DAYS,
    "주말": frozenset((5, 6)),
}
KOREAN_TIMES: Final = {
    "정오": time(12),
    "자정": time(),
    "아침": time(8),
    "저녁": time(18),
}
KOREAN_HOURLY: Final = frozenset(("매시간", "매시", "시간마다"))
KOREAN_OFF: Final = frozenset(("끄기", "끔", "없음", "해제", "안 함", "안함"))
KOREAN_AT_ONCE: Final = frozenset(("즉시", "바로"))
KOREAN_FOREVER: Final = frozenset(("계속", "무기한"))
#: What stands behind a day or a time: from there (a hyphen), or nothing that counts.
KOREAN_FROM: Final = "부터"
_ENDINGS: Final = ("까지", "마다", "에")
KOREAN_SMALL_WORDS: Final = frozenset((*_ENDINGS, "매주", "종일", "하루종일"))
KOREAN_AND: Final = frozenset(("및", "그리고"))

#: By the hour from 0 to 12 that stands behind the part of the day; None: no such time.
_BEFORE_NOON: Final = (*range(12), 0)
_AFTER_NOON: Final = (None, *range(13, 24), 12)
_AT_NIGHT: Final = (None, *range(1, 6), *range(18, 24), 0)
_HALVES: Final = {
    "오전": _BEFORE_NOON,
    "새벽": _BEFORE_NOON,
    "아침": _BEFORE_NOON,
    "오후": _AFTER_NOON,
    "낮": _AFTER_NOON,
    "저녁": _AFTER_NOON,
    "밤": _AT_NIGHT,
}
_HALF: Final = "|".join(_HALVES)
_MINUTES: Final = r"(?:\s?\d{1,2}\s?분|\s?반)?"
#: A time of day that is Korean by its half (`오후 6:30`) or its unit (`18시 30분`); `3시간` is a
#: length.
KOREAN_TIME: Final = (
    rf"(?:{_HALF})\s?\d{{1,2}}(?::\d\d|\s?시{_MINUTES})|\d{{1,2}}\s?시(?!간){_MINUTES}"
)
_TIME: Final = re.compile(KOREAN_TIME)
_PARTS: Final = re.compile(
    rf"(?P<half>{_HALF})?\s?(?P<hour>\d{{1,2}})\s?"
    r"(?::(?P<minute>\d\d)|시(?:\s?(?P<minutes>\d{1,2})\s?분|\s?(?P<thirty>반))?)"
)
_THIRTY: Final = 30
_DAY: Final = 24
_HOUR: Final = 60

#: Lengths of time, in the words of the English parser; in this order.
_LENGTHS: Final = (
    (re.compile(r"일주일"), "1w"),
    (re.compile(r"한\s?달"), "1mo"),
    (re.compile(r"하루"), "1d"),
    (re.compile(r"이틀"), "2d"),
    (re.compile(r"사흘"), "3d"),
    (re.compile(r"(\d+)\s?(?:개월|달)"), r"\1mo"),
    (re.compile(r"(\d+)\s?주일?"), r"\1w"),
    (re.compile(r"(\d+)\s?시간"), r"\1h"),
    (re.compile(r"(\d+)\s?분"), r"\1m"),
    (re.compile(r"(\d+)\s?일"), r"\1d"),
    (re.compile(r"\s?(?:동안|간)"), " "),
)
_DATES: Final = (
    (re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일"), r"\1-\2-\3"),
    (re.compile(r"(\d{1,2})월\s?(\d{1,2})일"), r"\2.\1."),
)
_DAYS: Final = {"오늘": "today", "내일": "tomorrow"}
_UNTIL: Final = "까지"
_HANGUL: Final = re.compile("[가-힣]")


def korean_weekday(word: str) -> int | None:
    """Return the day that the word names, or None."""
    found = _WEEKDAY.fullmatch(word)
    return _LETTERS.index(found[1]) if found else None


def korean_days(word: str) -> frozenset[int] | None:
    """Return the days that one word names together, as `주말` and `월수금` do, or None."""
    days = frozenset(map(_LETTERS.find, word))
    is_row = len(word) > 1 and len(days) == len(word) and min(days) >= 0
    return _GROUPS.get(word) or (days if is_row else None)


def korean_time(text: str) -> time | None:
    """Return the time of day that the text names, or None; 24시 is midnight."""
    written = _PARTS.fullmatch(text.strip())
    if not written:
        return KOREAN_TIMES.get(text.strip())
    hour = _hour(int(written["hour"]), written["half"])
    minute = _THIRTY if written["thirty"] else int(written["minute"] or written["minutes"] or 0)
    if hour is None or minute >= _HOUR or hour * _HOUR + minute > _DAY * _HOUR:
        return None
    return time(hour % _DAY, minute)


def _hour(written: int, half: str | None) -> int | None:
    if half is None:
        return written
    hours = _HALVES[half]
    return hours[written] if written < len(hours) else None


def split_ending(word: str) -> tuple[str, str] | None:
    """Return the word without what stands behind a day or a time, and that; None without one."""
    for ending in (KOREAN_FROM, *_ENDINGS):
        stem = word.removesuffix(ending)
        if stem and stem != word:
            return stem, ending
    return None


def pause_in_english(text: str) -> str:
    """Return what a pause's end or length is in the words of the English parser.

    What stands before `까지` is a day or a time: `3일까지` is no three days.
    """
    if not _HANGUL.search(text):
        return text
    is_until = _UNTIL in text
    for pattern, english in (*_DATES, *(() if is_until else _LENGTHS)):
        text = pattern.sub(english, text)
    words = _TIME.sub(_canonical, text.replace(_UNTIL, " ")).split()
    return " ".join(_DAYS.get(word, word) for word in words)


def _canonical(found: re.Match[str]) -> str:
    clock = korean_time(found[0])
    return clock.strftime("%H:%M") if clock else found[0]
