"""Reading lists for spreadsheets, read back by the standard library."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.domain.reading_list import SavedArticle
from bot.texts.clip import clean
from bot.texts.exports.spreadsheet import COLUMNS, spreadsheet
from tests.aids.examples import examples
from tests.aids.prose import saved_articles
from tests.aids.shelves import kept

SEOUL = ZoneInfo("Asia/Seoul")


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def test_a_row_tells_what_is_known_in_the_readers_zone() -> None:
    head, row = read(spreadsheet([kept()], SEOUL))

    assert tuple(head) == COLUMNS
    assert dict(zip(head, row, strict=True)) == {
        "headline": "Harbour cranes stand idle",
        "dek": "Three ports report fewer ships",
        "authors": "Ada Lindqvist; Beom O'Neill",
        "sections": "Trade",
        "labels": "NK PRO",
        "published": "2026-03-05T05:06+09:00",
        "saved": "2026-03-06T07:30+09:00",
        "url": "https://www.example.org/2026/03/harbour/",
    }


def test_a_date_without_a_time_stays_the_sites_day() -> None:
    _, row = read(spreadsheet([kept(has_time=False)], SEOUL))

    assert row[5] == "2026-03-04"


def test_lines_end_as_the_standard_has_it_and_quotes_are_doubled() -> None:
    text = spreadsheet([kept('A "quiet" port, says one')], SEOUL)

    assert text.endswith("\r\n")
    assert '"A ""quiet"" port, says one"' in text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_a_spreadsheet_would_reckon_with_stays_text(first: str) -> None:
    headline = f'{first}HYPERLINK("https://evil.example.org")'
    _, row = read(spreadsheet([kept(headline)], SEOUL))

    assert row[0] == f"'{headline}"


@given(saved_articles)
@settings(max_examples=examples(30))
def test_any_text_comes_back_as_it_was_and_is_no_formula(items: list[SavedArticle]) -> None:
    rows = read(spreadsheet(items, SEOUL))[1:]

    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        headline = clean(item.article.headline)
        assert row[0] in (headline, f"'{headline}")
        assert row[0] == headline or headline[0] in "=+-@\uff1d\uff0b\uff0d\uff20"
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
