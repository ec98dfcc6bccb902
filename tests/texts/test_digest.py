"""Digests and lists of results."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.botapi.html import parse_html
from bot.domain.article import Article, Published
from bot.domain.topic import Topic, author, label, section
from bot.services.archive import PAGE_SIZE
from bot.texts.clip import units
from bot.texts.letters import digest_letters
from bot.texts.results import results
from tests.aids.examples import examples
from tests.aids.prose import articles, languages

SEOUL = ZoneInfo("Asia/Seoul")
ECONOMY, MILITARY = section("Economy"), section("Military")


def article(number: int, *topics: Topic) -> Article:
    moment = datetime(2024, 8, 21, 5, number % 60, tzinfo=UTC)
    return Article(
        id=number,
        url=f"https://www.example.org/2024/08/crane-{number}/",
        headline=f"Crane {number} is idle",
        dek="Three ports report fewer ships",
        topics=topics,
        published=Published(at=moment),
        seen_at=moment,
    )


def texts(*given_articles: Article) -> list[tuple[str, int]]:
    letters = digest_letters(given_articles, zone=SEOUL, language="en")
    return [(parse_html(letter.html)[0], count) for letter, count in letters]


def test_articles_stand_under_their_sections_in_the_order_of_appearance() -> None:
    ((text, count),) = texts(
        article(1, MILITARY),
        article(2, ECONOMY, author("Ada"), label("NK PRO")),
        article(3, MILITARY),
    )

    assert count == 3
    assert text.split("\n\n") == [
        "3 new articles",
        "MILITARY",
        "Crane 1 is idle\nThree ports report fewer ships\n21 Aug 2024, 14:01",
        "Crane 3 is idle\nThree ports report fewer ships\n21 Aug 2024, 14:03",
        "ECONOMY",
        "Crane 2 is idle\nThree ports report fewer ships\nNK PRO · Ada · 21 Aug 2024, 14:02",
    ]


def test_an_article_without_a_section_stands_under_other_news() -> None:
    ((text, _),) = texts(article(1))

    assert "OTHER NEWS" in text


def test_what_is_too_much_for_one_message_is_numbered() -> None:
    found = texts(*[article(number, ECONOMY) for number in range(80)])

    assert sum(count for _, count in found) == 80
    assert len(found) == 3
    assert [text.splitlines()[0] for text, _ in found] == [
        f"80 new articles · part {part} of 3" for part in (1, 2, 3)
    ]


def test_no_articles_make_no_message() -> None:
    assert digest_letters([], zone=SEOUL, language="en") == []


@given(st.lists(articles(), min_size=1, max_size=10), languages)
@settings(max_examples=examples(15))
def test_any_articles_make_messages_that_telegram_accepts(
    some: list[Article], language: str
) -> None:
    letters = digest_letters(some, zone=SEOUL, language=language)

    assert sum(count for _, count in letters) == len(some)
    for letter, count in letters:
        parsed, entities = parse_html(letter.html)
        assert count
        assert 0 < units(parsed) <= 4096
        assert len(letter.html.encode()) <= 32_768
        assert len(entities) <= 100


@given(st.lists(articles(), min_size=PAGE_SIZE, max_size=PAGE_SIZE), languages)
@settings(max_examples=examples(15))
def test_a_page_of_any_articles_leaves_room_for_a_title(some: list[Article], language: str) -> None:
    parsed, _ = parse_html(results(some, SEOUL, language, first=99_991))

    assert units(parsed) <= 3_300


def test_results_are_numbered_from_the_first_of_the_page() -> None:
    some = [replace(article(number), dek="") for number in (1, 2)]

    parsed, _ = parse_html(results(some, SEOUL, "en", first=6))

    assert parsed.splitlines() == [
        "6. Crane 1 is idle",
        "21 Aug 2024, 14:01",
        "",
        "7. Crane 2 is idle",
        "21 Aug 2024, 14:02",
    ]
