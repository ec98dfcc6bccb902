"""Filters and the order under results and headlines: one tap puts in, another takes out."""

from datetime import timedelta

import pytest

from bot.demo.botapi import Message
from bot.domain.topic import author, section
from bot.telegram.handlers.buttons import LONGEST
from bot.texts.clip import units
from tests.aids.articles import FOREIGN
from tests.telegram.handlers.conftest import Desk, tap


def asked(message: Message) -> str:
    """Return the first line: the query, or what the headlines are of."""
    return message.text.splitlines()[0]


def headlines(message: Message) -> list[str]:
    lines = [line for line in message.text.splitlines() if line.split(".")[0].isdigit()]
    return [line.partition(". ")[2] for line in lines]


async def test_results_offer_their_section_their_author_and_the_last_30_days(desk: Desk) -> None:
    mina = desk.reader()

    message = await mina.ask("crane")

    rows = [[one["text"] for one in row] for row in (message.markup or {})["inline_keyboard"]]
    assert rows == [
        ["Older →"],
        ["Only Economy"],
        ["Only Ada Lindqvist"],
        ["Last 30 days", "By relevance"],
        ["Alert me on this", "Save…"],
    ]


async def test_a_tap_puts_a_filter_in_and_a_second_takes_it_away(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane")
    whole = message.text

    await tap(mina, "Only Economy")
    assert asked(message) == "Search: section:economy crane"
    assert len(headlines(message)) == 5
    await tap(mina, "Only Ada Lindqvist")
    assert asked(message) == 'Search: author:"Ada Lindqvist" section:economy crane'
    assert len(headlines(message)) == 3
    await tap(mina, "✓ Economy")
    assert asked(message) == 'Search: author:"Ada Lindqvist" crane'
    await tap(mina, "✓ Ada Lindqvist")

    assert message.text == whole


async def test_a_typed_filter_is_marked_and_taken_away_like_a_tapped_one(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask('crane section:"Foreign Relations" before:2027 -label:pro')
    assert message.labels[:2] == ["✓ Foreign Relations", "✓ Before 1 Jan 2027"]

    await tap(mina, "✓ Foreign Relations")
    await tap(mina, "✓ Before 1 Jan 2027")

    assert asked(message) == "Search: crane -label:pro"


async def test_the_last_30_days_are_a_date_that_stays(desk: Desk) -> None:
    """Tomorrow the button tells the same day by its date."""
    mina = desk.reader()
    old = desk.clock() - timedelta(days=31)
    await desk.publish("old", headline="An old crane stands idle", published=old)
    message = await mina.ask("crane")

    await tap(mina, "Last 30 days")
    assert asked(message) == "Search: after:2026-02-02 crane"
    assert "✓ Last 30 days" in message.labels
    await tap(mina, "Older →")
    assert headlines(message)[-1] == "Harbour crane number 0 stands idle"
    desk.clock.pass_time(days=1)
    await tap(mina, "← Newer")
    assert "✓ Since 3 Feb 2026" in message.labels
    await tap(mina, "✓ Since 3 Feb 2026")
    await tap(mina, "Older →")

    assert headlines(message)[-1] == "An old crane stands idle"


async def test_relevance_is_an_order_that_paging_and_filters_keep(desk: Desk) -> None:
    mina = desk.reader()
    newest = desk.clock() - timedelta(hours=1)
    told = {"headline": "Idle", "dek": "A crane stands", "sections": [FOREIGN]}
    await desk.publish("dek", **told, published=newest)
    message = await mina.ask("crane")
    assert headlines(message)[0] == "Idle"

    await tap(mina, "By relevance")
    assert headlines(message)[0] == "Harbour crane number 6 stands idle"
    await tap(mina, "More →")
    assert headlines(message)[-1] == "Idle"
    await tap(mina, "Only Economy")
    assert "✓ By relevance" in message.labels
    assert "Idle" not in headlines(message)
    await tap(mina, "✓ Economy")
    await tap(mina, "✓ By relevance")

    assert headlines(message)[0] == "Idle"


@pytest.mark.parametrize("typed", ["section:economy", "after:2020", "-crane", "crane number 3"])
async def test_an_order_is_offered_where_there_is_something_to_order(
    desk: Desk, typed: str
) -> None:
    message = await desk.reader().ask(f"/search {typed}")

    assert "By relevance" not in message.labels


async def test_under_the_newest_headlines_a_filter_leads_to_a_search_and_back(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/latest")
    shown = message.text

    await tap(mina, "Only Economy")
    assert asked(message) == "Search: section:economy"
    await tap(mina, "✓ Economy")

    assert message.text == shown


async def test_the_headlines_of_a_topic_keep_it_when_they_are_narrowed(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/latest economy")
    assert message.labels[:2] == ["✓ Economy", "Only Trade"]

    await tap(mina, "Only Ada Lindqvist")
    assert asked(message) == 'Search: author:"Ada Lindqvist" section:economy'
    message = await mina.ask("/latest beom o'neill")
    await tap(mina, "✓ Beom O'Neill")

    assert asked(message) == "Latest from NK News"


async def test_the_headlines_of_the_last_30_days_are_a_search(desk: Desk) -> None:
    mina = desk.reader()
    old = desk.clock() - timedelta(days=40)
    await desk.publish("old", sections=[FOREIGN], published=old)
    message = await mina.ask("/latest foreign relations")

    await tap(mina, "Last 30 days")

    assert asked(message) == "Search: after:2026-02-02 section:foreign-relations"
    assert len(headlines(message)) == 2


async def test_no_button_is_longer_than_a_phone_shows(desk: Desk) -> None:
    long = "Provincial committees of the northern ports "
    for number in range(2):
        await desk.publish(
            f"long-{number}",
            headline=f"Zeppelin {number}",
            sections=[section(long * 2)] if number else [],
            authors=[author(f"{long}Ada")] if number else [],
        )
    mina = desk.reader()
    message = await mina.ask("zeppelin")
    labels = list(message.labels)
    await tap(mina, "Only Provincial committees")
    labels += message.labels

    assert [label for label in labels if units(label) > LONGEST] == []
    assert "✓ Provincial committees of…" in labels


async def test_a_query_that_would_become_too_long_gets_no_filters(desk: Desk) -> None:
    message = await desk.reader().ask("crane " * 41)

    assert message.labels == ["Older →", "By relevance", "Alert me on this", "Save…"]


async def test_where_filters_leave_nothing_they_can_be_taken_away(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane section:military after:2020")
    assert "Nothing found. Tap a filter" in message.text

    await tap(mina, "✓ Military")

    assert len(headlines(message)) == 5


@pytest.mark.parametrize("typed", ["ecomony", "section:ecomony", 'section:"Ecomony"'])
async def test_where_nothing_is_found_topics_of_a_near_name_are_offered(
    desk: Desk, typed: str
) -> None:
    mina = desk.reader()
    message = await mina.ask(f"/search {typed}")
    assert "Or do you look for one of these?" in message.text

    await tap(mina, "Economy (section)")

    assert asked(message) == "Latest: Economy"


async def test_a_topic_that_is_gone_is_told(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane")
    forged = {"text": "Only Economy", "callback_data": "1:search-topic:n:s:4711"}
    message.markup = {"inline_keyboard": [[forged]]}

    answer = await mina.press("Only Economy")

    assert answer.text == "That topic is no longer there."


async def test_a_second_tap_on_the_same_button_does_no_harm(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("crane section:economy section:trade")
    drop = next(one for one in message.buttons if one["text"] == "✓ Economy")
    await tap(mina, "✓ Economy")
    left = message.text
    message.markup = {"inline_keyboard": [[drop]]}

    await tap(mina, "✓ Economy")

    assert message.text == left
