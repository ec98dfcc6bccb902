"""The reading list: page by page, with what can be taken off and had back."""

import pytest

from bot.demo.botapi import Reader
from tests.telegram.handlers.conftest import Desk, tap


async def with_list(desk: Desk, count: int = 7) -> Reader:
    """Return a reader who has saved so many articles, one a minute, the last number last."""
    mina = desk.reader()
    for number in range(count):
        desk.clock.pass_time(minutes=1)
        await mina.ask(f"/save https://www.example.org/2026/03/harbour-{number}/")
    return mina


def order(text: str) -> list[str]:
    """Return the numbers of the cranes in the order of the list."""
    lines = [line for line in text.splitlines() if ". Harbour crane number" in line]
    return [line.split("number ")[1].split()[0] for line in lines]


async def test_the_last_saved_stands_first_with_kicker_and_date(desk: Desk) -> None:
    mina = await with_list(desk, 2)

    message = await mina.ask("/saved")

    assert message.text.splitlines() == [
        "Reading list · 2 articles",
        "",
        "1. Harbour crane number 1 stands idle",
        "ECONOMY · 24 Feb 2026, 14:06",
        "",
        "2. Harbour crane number 0 stands idle",
        "TRADE · NK PRO · 23 Feb 2026, 14:06",
        "",
        "Tap ✕ to take one off, or write /saved remove 1.",
    ]
    assert message.labels == ["✕ 1", "✕ 2", "Export…"]
    links = [one["url"] for one in message.entities if one["type"] == "text_link"]
    assert links[0] == "https://www.example.org/2026/03/harbour-1/"


async def test_a_long_list_has_pages(desk: Desk) -> None:
    mina = await with_list(desk)

    message = await mina.ask("/saved")
    assert order(message.text) == ["6", "5", "4", "3", "2"]
    await tap(mina, "More →", message)

    assert order(message.text) == ["1", "0"]
    assert message.labels == ["✕ 6", "✕ 7", "← Back", "Export…"]
    assert "Page 2 of 2" in message.text


async def test_what_is_taken_off_can_be_had_back_where_it_was(desk: Desk) -> None:
    mina = await with_list(desk, 3)
    message = await mina.ask("/saved")

    off = await tap(mina, "✕ 2", message)
    assert message.text.startswith("Taken off: Harbour crane number 1 stands idle")
    assert order(message.text) == ["2", "0"]
    assert message.labels[0] == "↩ Undo"
    back = await tap(mina, "↩ Undo", message)

    assert order(message.text) == ["2", "1", "0"]
    assert [off.text, back.text] == [
        "No longer on the reading list.",
        "It is back on the reading list.",
    ]


async def test_the_last_article_of_the_last_page_taken_off_shows_the_page_before(
    desk: Desk,
) -> None:
    mina = await with_list(desk, 6)
    message = await mina.ask("/saved")
    await tap(mina, "More →", message)

    await tap(mina, "✕ 6", message)

    assert order(message.text) == ["5", "4", "3", "2", "1"]


async def test_an_empty_list_says_how_to_fill_it(desk: Desk) -> None:
    mina = await with_list(desk, 1)
    message = await mina.ask("/saved")

    await tap(mina, "✕ 1", message)

    assert "The reading list is empty." in message.text
    assert message.labels == ["↩ Undo"]
    await tap(mina, "↩ Undo", message)
    assert order(message.text) == ["0"]


async def test_a_number_typed_takes_that_article_off(desk: Desk) -> None:
    mina = await with_list(desk)

    reply = await mina.ask("/saved remove 6")

    assert reply.text.startswith("Taken off: Harbour crane number 1 stands idle")
    assert "Page 2 of 2" in reply.text
    assert len((await desk.state(mina.id)).saved) == 6


@pytest.mark.parametrize("typed", ["0", "8", "-1", "two", "99999999999", "1 2"])
async def test_a_number_that_is_not_on_the_list_changes_nothing(desk: Desk, typed: str) -> None:
    mina = await with_list(desk, 2)

    reply = await mina.ask(f"/saved remove {typed}")

    assert reply.text.startswith(f"There is no number {typed} on the reading list.")
    assert order(reply.text) == ["1", "0"]


async def test_a_button_pressed_twice_takes_nothing_else_off(desk: Desk) -> None:
    mina = await with_list(desk, 3)
    message, other = await mina.ask("/saved"), await mina.ask("/saved")
    await tap(mina, "✕ 1", message)

    answer = await tap(mina, "✕ 1", other)

    assert answer.text == "It was not on the reading list any more."
    assert order(other.text) == ["1", "0"]


async def test_a_forged_time_puts_nothing_into_the_future(desk: Desk) -> None:
    mina = await with_list(desk, 2)
    message = await mina.ask("/saved")
    (first, second) = (await desk.state(mina.id)).saved
    await tap(mina, "✕ 2", message)
    forged = {"text": "X", "callback_data": f"1:saved-back:{second}:{2**62}:0"}
    message.markup = {"inline_keyboard": [[forged]]}
    desk.clock.pass_time(minutes=1)

    await tap(mina, "X", message)
    desk.clock.pass_time(minutes=1)
    await mina.ask("/save https://www.example.org/2026/03/harbour-5/")

    state = await desk.state(mina.id)
    assert state.saved[1:] == (second, first)


async def test_everybody_in_a_group_may_read_the_list(desk: Desk) -> None:
    ada, ben = desk.reader("Ada"), desk.reader("Ben")
    group = desk.server.world.supergroup("Desk", members=[ben.person], admins=[ada.person])
    await ada.in_chat(group).ask("/save https://www.example.org/2026/03/harbour-0/")

    message = await ben.in_chat(group).ask("/saved")
    refused = await ben.in_chat(group).press("✕ 1", message=message)

    assert order(message.text) == ["0"]
    assert refused.text.startswith("Only this group's administrators")
