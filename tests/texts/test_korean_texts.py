"""Korean reads as one voice, and as Korean."""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.article import Article, Published
from bot.domain.editions import Editions
from bot.domain.editions_parser import parse_editions
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet
from bot.domain.topic import author
from bot.texts.catalogue import Texts
from bot.texts.dates import format_clock, format_coming, format_published
from bot.texts.parts import byline
from bot.texts.timetables import editions_in_words, quiet_in_words
from tests.aids.catalogues import entries
from translating.catalogues import as_tuple

SEOUL = ZoneInfo("Asia/Seoul")
TEXTS = Texts("ko")
FORMS = [(key, form) for key, one in entries("ko") for form in as_tuple(one.string)]
#: Particles whose form depends on the sound before them, which a placeholder does not tell.
PARTICLE = re.compile(r"\}(?:</\w+>|[’”\"])*(?:을|를|이|가|은|는|과|와|으로|로)(?![가-힣])")


def test_every_sentence_is_in_the_formal_style() -> None:
    """Statements end in -니다, questions in -니까, requests in -세요: docs/languages.md."""
    wrong = [
        (key, word)
        for key, form in FORMS
        for word in re.findall(r"(\S*[가-힣])[.?!]", re.sub(r"<code>.*?</code>|<[^>]*>", "", form))
        if not word.endswith(("니다", "니까", "세요"))
    ]

    assert wrong == []


def test_no_particle_depends_on_what_a_placeholder_sounds_like() -> None:
    assert [
        key for key, form in FORMS if PARTICLE.search(form) or re.search(r"\(를|\(가", form)
    ] == []


@pytest.mark.parametrize(
    ("has_time", "written"), [(True, "2024년 8월 21일 14:05"), (False, "2024년 8월 21일")]
)
def test_a_date_has_its_year_month_and_day_and_a_clock_of_24_hours(
    has_time: bool, written: str
) -> None:
    moment = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)

    assert format_published(Published(at=moment, has_time=has_time), SEOUL, "ko-KR") == written


def test_what_is_to_come_has_its_weekday() -> None:
    moment = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)

    assert format_coming(moment, SEOUL, "ko") == "3월 5일 (목) 08:00"
    assert format_coming(moment, SEOUL, "ko", far=True) == "2026년 3월 5일 (목) 08:00"
    assert format_clock(time(18), "ko") == "18:00"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("평일 08:00 18:00", "평일 08:00 및 18:00"),
        ("매시간", "매시간"),
        ("주말 매시간", "주말 매시간"),
        ("월수금 9시", "월요일, 수요일 및 금요일 09:00"),
        ("평일 7시, 토요일 10시", "평일 07:00, 토요일 10:00"),
    ],
)
def test_editions_are_told_in_words_that_can_be_typed(typed: str, words: str) -> None:
    found = parse_editions(typed)

    assert isinstance(found, Editions)
    assert editions_in_words(found, TEXTS, "ko") == words
    assert parse_editions(words) == found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("22:00-07:00", "매일 22:00–07:00"),
        ("주말", "주말 종일"),
        ("평일 22시부터 7시까지, 주말", "평일 22:00–07:00, 주말 종일"),
    ],
)
def test_quiet_hours_are_told_in_words_that_can_be_typed(typed: str, words: str) -> None:
    found = parse_quiet(typed)

    assert isinstance(found, QuietHours)
    assert quiet_in_words(found, TEXTS, "ko") == words
    assert parse_quiet(words) == found


@pytest.mark.parametrize(
    ("count", "written"), [(2, "A1 및 A2"), (4, "A1, A2, A3 및 A4"), (6, "A1, A2, A3, A4 외 2명")]
)
def test_authors_are_listed(count: int, written: str) -> None:
    moment = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)
    many = Article(
        id=7,
        url="https://www.example.org/2024/08/harbour/",
        headline="Cranes idle",
        dek="",
        topics=tuple(author(f"A{number}") for number in range(1, count + 1)),
        published=Published(at=moment, has_time=True),
        seen_at=moment,
    )

    assert byline(many, SEOUL, "ko") == f"<i>{written} · 2024년 8월 21일 14:05</i>"


def test_large_numbers_are_grouped() -> None:
    assert TEXTS.n("digest.title", 1234) == "새 기사 1,234건"
