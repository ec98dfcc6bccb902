"""The lists of sections, authors and labels."""

import pytest

from bot.domain.topic import author
from bot.telegram.handlers.buttons import LONGEST
from bot.texts.clip import units
from tests.telegram.handlers.conftest import Desk, tap


@pytest.mark.parametrize(
    ("command", "first"),
    [
        ("/sections", "Economy · 5"),
        ("/authors", "Ada Lindqvist · 5"),
        ("/labels", "NK PRO · 3"),
    ],
)
async def test_a_list_begins_with_what_is_written_about_most(
    desk: Desk, command: str, first: str
) -> None:
    message = await desk.reader().ask(command)

    assert message.labels[0] == first


async def test_a_list_tells_what_its_sections_are_about(desk: Desk) -> None:
    message = await desk.reader().ask("/sections")

    assert "Trade: What crosses the border, and what does not (about 2 a week; 3 in" in message.text


async def test_a_list_tells_how_often_each_comes_before_it_is_followed(desk: Desk) -> None:
    mina = desk.reader()

    message = await mina.ask("/sections")
    assert "Economy: about 4 a week; 5 in the last 9 days\n" in message.text
    assert "Military: none in the last 9 days" in message.text
    reply = await mina.ask("/follow foreign relations")

    assert reply.text.endswith("\nHow often: about 2 a week; 2 in the last 9 days.")


async def test_a_tap_follows_and_a_second_tap_stops(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")

    first = await tap(mina, "Economy")
    assert message.labels[0] == "✓ Economy · 5"
    second = await tap(mina, "Economy")

    assert (first.text, second.text) == ("You follow Economy.", "You no longer follow Economy.")
    assert message.labels[0] == "Economy · 5"
    assert await desk.follows(mina.id) == set()


async def test_the_same_button_pressed_twice_does_the_same(desk: Desk) -> None:
    """Both presses ask to follow, though the first has changed the button meanwhile."""
    mina = desk.reader()
    message = await mina.ask("/sections")
    data = str(message.buttons[0]["callback_data"])

    for _ in range(2):
        query = desk.server.world.press(mina.id, mina.id, message.id, data)
        message.markup = {"inline_keyboard": [[{"text": "old", "callback_data": data}]]}
        await mina.wait_for(lambda query=query: desk.server.world.queries.answered(query.id))  # type: ignore[misc]

    assert await desk.follows(mina.id) == {"economy"}


async def test_muting_in_a_list_replaces_following(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/sections")

    await tap(mina, "Switch to muting")
    answer = await tap(mina, "Economy")

    assert answer.text == "Economy is muted."
    assert message.labels[0] == "🔇 Economy · 5"
    assert await desk.mutes(mina.id) == {"economy"}
    assert await desk.follows(mina.id) == set()

    answer = await tap(mina, "Economy")
    assert answer.text == "Economy is no longer muted."
    await tap(mina, "Switch to following")
    assert "Switch to muting" in message.labels


async def test_other_kinds_are_a_tap_away(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")

    await tap(mina, "Authors")

    assert "Beom O'Neill · 5" in message.labels
    assert "Sections" in message.labels


async def test_a_long_list_has_pages_of_eight(desk: Desk) -> None:
    await desk.add_topics([author(f"Zoe {number:02}") for number in range(20)])
    mina = desk.reader()
    message = await mina.ask("/authors")

    assert sum("·" in text for text in message.labels) == 8
    assert "Page 1 of 3" in message.text
    await tap(mina, "More →")
    assert "Page 2 of 3" in message.text
    await tap(mina, "Zoe 08")
    assert "Page 2 of 3" in message.text
    await tap(mina, "More →")
    assert "More →" not in message.labels
    await tap(mina, "← Back")

    assert "✓ Zoe 08 · 0" in message.labels


async def test_a_long_name_is_shortened_so_that_no_phone_cuts_it(desk: Desk) -> None:
    name = "The Honourable Bartholomew Featherstonehaugh of Cholmondeley"
    await desk.add_topics([author(name)])

    message = await desk.reader().ask("/authors")

    assert all(units(text) <= LONGEST for text in message.labels)
    assert any(text.endswith("… · 0") for text in message.labels)


async def test_short_names_stand_in_two_columns(desk: Desk) -> None:
    message = await desk.reader().ask("/labels")

    assert message.markup
    assert len(message.markup["inline_keyboard"][0]) == 2


async def test_a_topic_that_is_gone_is_told(desk: Desk) -> None:
    mina = desk.reader()
    message = await mina.ask("/sections")
    gone = {"text": "Gone", "callback_data": "1:list-set:s:0:f:4711:f"}
    message.markup = {"inline_keyboard": [[gone]]}

    answer = await tap(mina, "Gone")

    assert answer.text == "That topic is no longer there."
    assert message.labels[0] == "Economy · 5"


async def test_an_old_button_does_not_take_back_what_was_muted_since(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/follow economy")
    message = await mina.ask("/sections")
    await mina.ask("/mute economy")

    answer = await tap(mina, "✓ Economy", message)

    assert answer.text == "Economy is muted."
    assert await desk.mutes(mina.id) == {"economy"}
