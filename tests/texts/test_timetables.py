"""Editions and quiet hours in words, in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.botapi.html import parse_html
from bot.domain.editions import Editions
from bot.domain.editions_parser import parse_editions
from bot.domain.quiet import QuietHours
from bot.domain.quiet_parser import parse_quiet
from bot.texts.catalogue import Texts
from bot.texts.timetables import editions_in_words, quiet_in_words
from tests.aids.prose import languages


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hourly", "every hour"),
        ("weekends hourly", "weekends, every hour"),
        ("daily 8 18", "every day at 08:00 and 18:00"),
        ("mon 9; fri 17", "Monday at 09:00; Friday at 17:00"),
        ("mon-wed 9", "Monday, Tuesday and Wednesday at 09:00"),
        ("weekdays 7, weekends 10", "weekdays at 07:00; weekends at 10:00"),
    ],
)
def test_editions_read_as_a_sentence(typed: str, words: str) -> None:
    found = parse_editions(typed)

    assert isinstance(found, Editions)
    assert editions_in_words(found, Texts("en"), "en") == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("22:00-07:00", "22:00\u201307:00, every day"),
        ("weekdays 22-7", "22:00\u201307:00, weekdays"),
        ("weekends", "weekends, all day"),
        ("sun", "Sunday, all day"),
    ],
)
def test_quiet_hours_read_as_a_sentence(typed: str, words: str) -> None:
    found = parse_quiet(typed)

    assert isinstance(found, QuietHours)
    assert quiet_in_words(found, Texts("en"), "en") == words


def test_times_are_written_as_the_reader_writes_them() -> None:
    found = parse_editions("daily 18:00")

    assert isinstance(found, Editions)
    assert editions_in_words(found, Texts("en-US"), "en-US") == "every day at 6:00\u202fPM"


@given(st.sampled_from(["hourly", "mon,wed 9 18:30", "daily 8"]), languages)
def test_any_language_makes_text_that_telegram_accepts(typed: str, language: str) -> None:
    found = parse_editions(typed)

    assert isinstance(found, Editions)
    parsed, entities = parse_html(editions_in_words(found, Texts(language), language))
    assert parsed
    assert not entities
