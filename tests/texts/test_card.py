"""An article as a card to choose by inline mode."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.demo.botapi.html import parse_html
from bot.domain.article import Article, Published
from bot.domain.topic import author, label, section
from bot.texts.card import card
from bot.texts.clip import is_blank, units
from bot.texts.letter import Preview
from tests.aids.examples import examples
from tests.aids.prose import articles, languages

SEOUL = ZoneInfo("Asia/Seoul")
MOMENT = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)
ARTICLE = Article(
    id=7,
    url="https://www.example.org/2024/08/harbour/",
    headline="Cranes <idle> & waiting",
    dek="Three ports report fewer ships",
    topics=(section("Trade"), label("NK PRO"), author("Ada Lindqvist"), author("Beom O'Neill")),
    published=Published(at=MOMENT),
    seen_at=MOMENT,
)


def test_a_card_is_plain_text_and_its_message_the_alert() -> None:
    shown = card(ARTICLE, SEOUL, "en")

    assert shown.title == "Cranes <idle> & waiting"
    assert shown.description.splitlines() == [
        "Three ports report fewer ships",
        "NK PRO · Ada Lindqvist and Beom O'Neill · 21 Aug 2024, 14:05",
    ]
    assert shown.letter.html.startswith("<b>TRADE · NK PRO</b>\n")
    assert [button.text for row in shown.letter.rows for button in row] == ["Open"]


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ("https://www.example.org/p.jpg", "https://www.example.org/p.jpg"),
        ("data:image/png;base64,AAAA", None),
        ("http://localhost/p.jpg", None),
        (None, None),
    ],
)
def test_a_picture_is_shown_where_telegram_can_fetch_it(
    picture: str | None, shown: str | None
) -> None:
    assert card(replace(ARTICLE, picture=picture), SEOUL, "en").picture == shown


def test_an_address_that_telegram_refuses_leaves_a_card_without_a_button() -> None:
    letter = card(replace(ARTICLE, url="http://localhost/a"), SEOUL, "en").letter

    assert [row for row in letter.rows if row] == []
    assert letter.preview is Preview.NONE


@given(articles(), languages)
@settings(max_examples=examples(30))
def test_any_article_yields_a_card_that_telegram_accepts(one: Article, language: str) -> None:
    shown = card(one, SEOUL, language)
    parsed, _ = parse_html(shown.letter.html)

    assert 0 < len(shown.id.encode()) <= 64
    assert not is_blank(shown.title)
    assert units(shown.title) <= 202
    assert len(shown.description.splitlines()) <= 2
    assert 0 < units(parsed) <= 4096
