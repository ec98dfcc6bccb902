"""Searching and the latest headlines."""

import pytest

from bot.demo.botapi import Reader
from bot.domain.topic import label
from bot.telegram.handlers.shown_query import LONGEST_QUERY
from bot.texts.clip import units
from tests.telegram.handlers.conftest import Desk, tap


def numbers(text: str) -> list[str]:
    return [line.split(".")[0] for line in text.splitlines() if " stands idle" in line]


@pytest.mark.parametrize("typed", ["/search crane", "crane", "  cranes \n idle ", "@dekbot crane"])
async def test_a_search_shows_the_newest_first_and_turns_pages(desk: Desk, typed: str) -> None:
    mina = desk.reader()

    message = await mina.ask(typed)
    assert numbers(message.text) == ["1", "2", "3", "4", "5"]
    assert "Harbour crane number 6" in message.text
    await tap(mina, "Older →")
    assert numbers(message.text) == ["6", "7"]
    assert "Harbour crane number 0" in message.text
    assert "Older →" not in message.labels
    await tap(mina, "← Newer")

    assert numbers(message.text) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "query",
    [
        'crane -author:"<b>Nobody</b> & Sons" OR "stands idle"',
        "crane & -\u05e9\u05dc\u05d5\u05dd",
        "crane “stands idle” -{zeppelin}",
        "crane " * 40,
        "crane OR " + "\U0001f600\u0301 OR " * 60 + "idle",
    ],
)
async def test_the_next_page_answers_the_same_query(desk: Desk, query: str) -> None:
    """The query is read from the message, so what it shows is what was asked."""
    mina = desk.reader()
    message = await mina.ask(query)
    asked = message.text.splitlines()[0]

    await tap(mina, "Older →")

    assert message.text.splitlines()[0] == asked
    assert numbers(message.text) == ["6", "7"]


async def test_a_very_long_query_is_shortened_and_that_is_said(desk: Desk) -> None:
    message = await desk.reader().ask("crane " * 600)

    assert units(message.text.splitlines()[0]) <= LONGEST_QUERY + len("Search: ")
    assert "I looked for its beginning." in message.text
    assert numbers(message.text) == ["1", "2", "3", "4", "5"]


async def test_filters_narrow_a_search(desk: Desk) -> None:
    message = await desk.reader().ask("/search crane label:nk-pro section:trade")

    assert numbers(message.text) == ["1", "2", "3"]
    assert "Older →" not in message.labels
    assert message.labels[-2:] == ["Alert me on this", "Save…"]


async def test_a_search_without_a_hit_tells_what_to_try(desk: Desk) -> None:
    message = await desk.reader().ask("zeppelin")

    assert message.text.startswith("Search: zeppelin")
    assert "Nothing found." in message.text


async def test_a_part_without_meaning_is_told_and_the_rest_searched(desk: Desk) -> None:
    mina = desk.reader()

    partly = await mina.ask("/search crane after:yesterday")
    wholly = await mina.ask("/search after:yesterday")

    assert "I left out after:yesterday" in partly.text
    assert numbers(partly.text) == ["1", "2", "3", "4", "5"]
    assert "I left out after:yesterday" in wholly.text
    assert "Nothing found" not in wholly.text


async def test_more_words_than_a_search_takes_are_told(desk: Desk) -> None:
    message = await desk.reader().ask("a " * 127)

    assert "I left out its end" in message.text


@pytest.mark.parametrize("typed", ["/search", "/search ...", "\U0001f44d", "- -", "\u200b"])
async def test_a_search_for_nothing_explains_itself(desk: Desk, typed: str) -> None:
    message = await desk.reader().ask(typed)

    assert "/search sanctions" in message.text


async def test_latest_shows_everything_in_pages(desk: Desk) -> None:
    mina = desk.reader()

    message = await mina.ask("/latest")
    assert message.text.startswith("Latest from NK News")
    await tap(mina, "Older →")

    assert numbers(message.text) == ["6", "7"]
    assert message.edits == 1


async def test_latest_of_a_topic_keeps_to_it(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/latest beom oneill")
    assert message.text.startswith("Latest: Beom O'Neill")
    for number in range(6):
        await desk.publish(f"quay-{number}", headline=f"Quay {number} stands idle")

    message = await mina.ask("/latest Ada Lindqvist")
    await tap(mina, "Older →")
    await tap(mina, "Older →")

    assert numbers(message.text) == ["11"]
    assert message.text.startswith("Latest: Ada Lindqvist")


async def test_latest_of_a_section_without_articles_says_so(desk: Desk) -> None:
    message = await desk.reader().ask("/latest military")

    assert "There are no articles here yet." in message.text


async def test_latest_of_a_name_that_is_unclear_offers_the_near_ones(desk: Desk) -> None:
    await desk.add_topics([label("ECONOMY")])
    mina = desk.reader()

    misspelt = await mina.ask("/latest ecomony")
    assert "Did you mean" in misspelt.text
    ambiguous = await mina.ask("/latest economy")
    assert "more than one" in ambiguous.text
    await tap(mina, "Economy (section)")
    assert ambiguous.text.startswith("Latest: Economy")
    unknown = await mina.ask("/latest zzzzzz")

    assert unknown.text.startswith("I know no section")
    assert unknown.labels == []


async def test_a_page_beyond_the_end_says_so(desk: Desk) -> None:
    mina = desk.reader()
    await _forge(mina, "crane", "1:search:900")
    answer = await tap(mina, "Forged")

    assert answer.text == ""
    assert "There is nothing more." in mina.last.text


@pytest.mark.parametrize(
    ("data", "said"),
    [("1:latest:s:4711:0", "no longer there"), ("1:search:0", "older message")],
)
async def test_a_button_that_asks_for_what_is_gone_is_answered(
    desk: Desk, data: str, said: str
) -> None:
    mina = desk.reader()
    await _forge(mina, "/help", data)

    answer = await mina.press("Forged")

    assert said in answer.text


async def _forge(mina: Reader, question: str, data: str) -> None:
    message = await mina.ask(question)
    message.markup = {"inline_keyboard": [[{"text": "Forged", "callback_data": data}]]}
