"""Whatever readers type and press, in whatever order, they get an answer."""

import asyncio
from random import Random
from typing import Final

import pytest

from bot.demo.botapi.world import NotPossibleError
from tests.aids.ledger import standings
from tests.aids.play import PATIENCE, Play

pytestmark = pytest.mark.e2e

FORGED: Final = (
    "follow economy",
    "0:list:s:0:f",
    "2:list:s:0:f",
    "1:nothing",
    "1:list",
    "1:list:x:0:f",
    "1:list:s:-1:f",
    "1:list-set:s:0:f:99999:f",
    "1:list-set:s:0:f:99999999999999999999999:f",
    "\u202e" * 21,
)
STARTS: Final = ("", "/search ", "/follow ", "/mute ", "/latest ", "/pause ", "/start ", "/x ")
PIECES: Final = (
    "<b>",
    "</a>",
    "&amp;",
    "&",
    '"',
    "*",
    "-",
    " OR ",
    "author:",
    'section:"',
    "after:",
    "2024-13",
    "{name}",
    "%s",
    "word ",
    "\n",
    "\u05e9\u05dc\u05d5\u05dd ",
    "\u202e",
    "\u2066",
    "\u200b",
    "e\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1f0\U0001f1f5",
    "long" * 500,
)
#: Code points: Latin, Arabic, Hangul, symbols, and beyond the first plane.
LETTERS: Final = (*range(0x20, 0x250), *range(0x600, 0x700), *range(0xAC00, 0xAD00), 0x1F600)


async def test_stop_deletes_everything_and_start_begins_anew(play: Play) -> None:
    reader = await play.subscriber("Economy", "Ida Holm")
    play.publish("Told before", "economy")
    await play.alert(reader)
    await play.settled(1)

    await reader.ask("/stop")
    await reader.press("Yes")
    edited = await reader.next_edit()
    assert "deleted" in edited.text
    assert standings(play.database_path) == {}
    assert play.owed() == []
    play.publish("Told to nobody", "economy")
    await play.logged("fanout_planned", deliveries=0)

    await reader.ask("/start")
    assert "You follow nothing yet" in (await reader.ask("/following")).text


async def test_a_stop_that_is_not_meant_keeps_everything(play: Play) -> None:
    reader = await play.subscriber("Economy")

    await reader.ask("/stop")
    await reader.press("No, keep")
    await reader.next_edit()

    assert "Economy" in (await reader.ask("/following")).text


async def test_a_button_pressed_twice_at_once_does_it_once_and_answers_twice(play: Play) -> None:
    reader = await play.subscriber()
    shown = await reader.ask("/sections")

    answers = await asyncio.gather(
        reader.press("Economy", message=shown), reader.press("Economy", message=shown)
    )

    assert [answer.text for answer in answers] == ["You follow Economy."] * 2
    assert "Sections: Economy" in (await reader.ask("/following")).text


async def test_an_old_or_forged_button_is_answered_politely(play: Play) -> None:
    reader = await play.subscriber()
    message = await reader.ask("/sections")

    for data in FORGED:
        message.markup = {"inline_keyboard": [[{"text": "Odd", "callback_data": data}]]}
        answer = await reader.press(data, message=message, timeout=PATIENCE)
        assert answer.text.startswith(("This button is from an older", "That topic is no longer"))

    assert "You follow nothing yet" in (await reader.ask("/following")).text


async def test_the_mute_buttons_of_an_alert_mute_what_it_is_about(play: Play) -> None:
    reader = await play.subscriber("Economy")
    play.publish("Muted below", "economy", authors=("Ida Holm",))
    alert = await play.alert(reader)

    await reader.press("Mute…", message=alert)
    await reader.next_edit()
    answer = await reader.press("Ida Holm", message=alert)
    assert answer.text == "Ida Holm is muted."
    play.publish("By her again", "economy", authors=("Ida Holm",))
    play.publish("By another one", "economy", authors=("Tam O'Dell",))

    assert "By another one" in (await play.alert(reader)).text
    assert alert.buttons[0]["url"].startswith(play.newsroom.url)
    assert len(await play.settled(2)) == 2


@pytest.mark.parametrize("draw", range(4))
async def test_any_text_gets_an_answer(play: Play, draw: int) -> None:
    random = Random(draw)  # noqa: S311 - the same texts in every run

    for number, text in enumerate([odd_text(random) for _ in range(25)]):
        if number % 10 == 0:  # who asks more in a row is slowed
            reader = await play.subscriber()
        try:
            answer = await reader.ask(text, timeout=PATIENCE)
        except NotPossibleError:  # blank, or too long for a messenger
            continue
        assert answer.text, text


def odd_text(random: Random) -> str:
    """Return a command or none, and behind it a run of what has broken messages before."""
    start = random.choice(STARTS)
    pieces = [random.choice(PIECES) for _ in range(random.randrange(1, 12))]
    letters = [chr(random.choice(LETTERS)) for _ in range(random.randrange(8))]
    return start + "".join(random.sample(pieces + letters, len(pieces + letters)))
