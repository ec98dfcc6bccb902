"""`@bot words` in any chat: cards of articles, for strangers and subscribers alike."""

from collections.abc import MutableMapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import InlineAnswer, Reader
from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.queries import TOO_OLD
from bot.services.timing import TimingService
from bot.telegram.handlers.inline_search import PAGE
from tests.aids.articles import ADA, ECONOMY, PRO
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import SEOUL, Desk, State

NOTHING = "Nothing found. Search in the bot"


def told(logs: Sequence[MutableMapping[str, Any]]) -> list[MutableMapping[str, Any]]:
    """Return the events but those of messages, which may come late."""
    return [event for event in logs if event["event"] != "update_handled"]


async def typed(reader: Reader, text: str, offset: str = "") -> InlineAnswer:
    """Type, and see that the log tells of it once, without a word of what was typed."""
    with capture_logs() as logs:
        answer = await reader.type_inline(text, offset)
        await until(lambda: bool(told(logs)))
    [event] = told(logs)
    assert (event["event"], event["log_level"]) == ("inline_query_answered", "info")
    assert set(event) == {"event", "log_level", "user", "outcome", "results"}
    assert (event["user"], event["results"]) == (reader.id, len(answer.results))
    return answer


async def test_words_show_cards_the_newest_first(desk: Desk) -> None:
    mina = desk.reader()

    answer = await typed(mina, "crane economy OR idle -section:foreign-relations")

    assert answer.titles == [f"Harbour crane number {n} stands idle" for n in (6, 4, 3, 1, 0)]
    assert (answer.next_offset, answer.button) == ("", None)
    assert answer.is_personal
    assert answer.cache_time <= 60


async def test_a_card_shows_headline_dek_byline_and_picture(desk: Desk) -> None:
    told = {"sections": [ECONOMY], "labels": [PRO], "authors": [ADA]}
    await desk.publish("quay", headline="A <quay> & more", dek="Three ports", **told)
    [card] = (await typed(desk.reader(), "quay")).results

    assert (card.title, card.url) == ("A <quay> & more", "https://www.example.org/2026/03/quay/")
    assert card.description == "Three ports\nNK PRO · Ada Lindqvist · 4 Mar 2026, 14:06"


async def test_a_chosen_card_is_the_alert_with_one_button_that_opens(desk: Desk) -> None:
    """Nobody in that chat asked for it: nothing there may be muted or explained."""
    mina, ben = desk.reader(), desk.reader("Ben")
    group = desk.server.world.group("Desk", members=[mina.person, ben.person])
    here = mina.in_chat(group)

    sent = await here.share(await typed(here, "harbour 6"), "Harbour crane number 6 stands idle")

    assert sent.text.splitlines() == [
        "TRADE · NK PRO",
        "Harbour crane number 6 stands idle",
        "Three ports report fewer ships than a year ago",
        "Ada Lindqvist and Beom O'Neill · 1 Mar 2026, 14:06",
    ]
    assert [(one["text"], one["url"]) for one in sent.buttons] == [
        ("Open", "https://www.example.org/2026/03/harbour-6/")
    ]
    assert sent.preview["url"] == "https://www.example.org/2026/03/harbour-6/"
    assert sent.preview["prefer_large_media"]


@pytest.mark.parametrize("kind", ["private", "group"])
async def test_a_card_that_was_sent_is_no_message_to_the_bot(desk: Desk, kind: str) -> None:
    mina = desk.reader()
    group = desk.server.world.group("Desk", members=[mina.person])
    here = mina if kind == "private" else mina.in_chat(group)
    answer = await typed(here, "harbour 6")

    await here.share(answer, answer.titles[0])
    await mina.ask("/help")

    assert len([one for one in desk.server.sent if one.chat_id == here.chat_id]) == (
        1 if kind == "private" else 0
    )


async def test_nothing_typed_shows_the_newest_headlines(desk: Desk) -> None:
    answer = await typed(desk.reader(), "  ")

    assert len(answer.results) == 7
    assert answer.titles[0] == "Harbour crane number 6 stands idle"


async def test_an_unfinished_word_is_a_beginning(desk: Desk) -> None:
    """Telegram asks while somebody types."""
    answer = await typed(desk.reader(), "harbour cra")

    assert len(answer.results) == 7


@pytest.mark.parametrize("text", ["quay", "qua", ""])
async def test_more_comes_page_by_page_and_none_twice(desk: Desk, text: str) -> None:
    for number in range(2 * PAGE + 1):
        moment = desk.clock() + timedelta(minutes=number)
        await desk.publish(f"quay-{number}", headline=f"Quay {number}", published=moment)
    mina = desk.reader()

    answer = await typed(mina, text)
    titles = answer.titles
    while answer.next_offset:
        assert len(answer.results) == PAGE
        answer = await typed(mina, text, answer.next_offset)
        titles += answer.titles

    assert titles[: 2 * PAGE + 1] == [f"Quay {n}" for n in reversed(range(2 * PAGE + 1))]
    assert len(titles) == 2 * PAGE + 1 + (0 if text else 7)


@pytest.mark.parametrize(
    "text", ["zeppelin", "???", "after:soon", '"', "section:", "-", "x" * 256, "\u202e\u0301"]
)
async def test_where_nothing_is_found_a_button_leads_to_the_search(desk: Desk, text: str) -> None:
    mina = desk.reader()

    answer = await typed(mina, text)

    assert answer.results == ()
    assert answer.button == {"text": NOTHING, "start_parameter": "search"}
    message = await mina.ask(f"/start {answer.button['start_parameter']}")
    assert message.text.startswith("Write what to look for behind the command")


@pytest.mark.parametrize("offset", ["x", "-1", "1e9", "1000", "1**", "\u0661", "9" * 60, "1:2"])
async def test_a_forged_offset_shows_nothing(desk: Desk, offset: str) -> None:
    answer = await typed(desk.reader(), "crane", offset)

    assert (answer.results, answer.next_offset, answer.button) == ((), "", None)


async def test_a_page_beyond_the_end_is_empty(desk: Desk) -> None:
    answer = await typed(desk.reader(), "crane", "900*")

    assert (answer.results, answer.next_offset, answer.button) == ((), "", None)


async def test_a_stranger_is_served_in_their_language_and_stays_a_stranger(desk: Desk) -> None:
    answer = await typed(desk.reader(language_code="de"), "harbour 6")
    mina = desk.reader(language_code="ko")

    await typed(mina, "harbour 6")

    assert answer.results[0].description.endswith("01.03.2026, 14:06")
    assert await desk.state(mina.id) == State()


async def test_a_subscriber_reads_dates_in_the_zone_they_chose(desk: Desk) -> None:
    mina = desk.reader()
    await mina.ask("/timezone berlin")

    [card, *_] = (await typed(mina, "harbour 6")).results

    assert card.description.endswith("1 Mar 2026, 06:06")
    assert "1 Mar 2026, 06:06" in card.text
    found = await desk.subscriber(mina.id)
    assert found is not None
    assert (await TimingService(desk.store, desk.clock, SEOUL).view(found)).zone_name


async def test_an_answer_that_comes_too_late_is_no_fault(desk: Desk) -> None:
    mina = desk.reader()
    desk.server.faults.on("answerInlineQuery").refuse(Refusal.bad_request(TOO_OLD))
    with capture_logs() as logs:
        desk.server.world.ask_inline(mina.id, mina.id, "crane")
        await until(lambda: bool(logs))

    assert [(log["event"], log["outcome"]) for log in logs] == [("inline_query_answered", "found")]


async def test_what_another_bots_card_says_is_a_search_like_any_text(desk: Desk) -> None:
    mina = desk.reader()
    said = (await mina.say("/help")).as_json()
    await mina.next_message()
    other = {"id": 1, "is_bot": True, "first_name": "Other", "username": "other"}

    desk.server.world.updates.add(
        "message", {**said, "text": "crane", "entities": [], "via_bot": other}
    )

    assert (await mina.next_message()).text.startswith("Search: crane")
