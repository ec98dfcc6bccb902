"""A reader chooses what to follow, and gets every new article on it: once, as promised."""

from datetime import UTC, datetime

import pytest

from bot.domain.delivery import State
from tests.aids.play import Play

pytestmark = pytest.mark.e2e

#: 14:05 at the site.
MOMENT = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)


async def test_who_starts_and_presses_a_section_gets_its_next_article_and_no_other(
    play: Play,
) -> None:
    reader = play.server.reader("Mina", language_code="en")
    await reader.ask("/start")
    await reader.press("Sections")
    await reader.next_edit()
    answer = await reader.press("Economy")
    await reader.next_edit()
    assert "You follow Economy" in answer.text
    assert any(label.startswith("✓ Economy") for label in reader.last.labels)
    reader.skip()

    play.publish("A drill ends early", "military")
    article = play.publish(
        "Cranes & cables stand idle",
        "economy",
        dek="Three ports report fewer ships than a year ago",
        authors=("Ida Holm", "Tam O'Dell"),
        labels=("nk-pro",),
        published=MOMENT,
    )
    message = await play.alert(reader)
    rows = await play.settled(1)

    address = play.newsroom.address(article)
    (call,) = [
        call.parameters
        for call in play.server.calls
        if call.method == "sendMessage" and call.parameters["text"].startswith("<b>ECONOMY")
    ]
    assert call["chat_id"] == reader.chat_id
    assert call["parse_mode"] == "HTML"
    assert call["text"] == (
        "<b>ECONOMY · NK PRO</b>\n"
        f'<a href="{address}"><b>Cranes &amp; cables stand idle</b></a>\n'
        "Three ports report fewer ships than a year ago\n"
        "<i>Ida Holm and Tam O'Dell · 21 Aug 2024, 14:05</i>"
    )
    assert call["link_preview_options"] == {"prefer_large_media": True, "url": address}
    assert "disable_notification" not in call
    assert message.labels == ["Open", "Save", "Mute…", "Why?"]
    assert message.buttons[0]["url"] == address
    assert [(row.headline, row.state) for row in rows] == [(article.headline, State.SENT)]
    assert len(reader.messages) == 2


async def test_a_mute_beats_every_follow(play: Play) -> None:
    muting = await play.subscriber("Economy", "Ida Holm")
    await muting.ask("/mute nk pro")
    control = await play.subscriber("Economy", first_name="Control")

    play.publish("Coal prices fall", "economy", labels=("nk-pro",), authors=("Ida Holm",))
    await play.alert(control)
    play.publish("Coal prices rise", "economy", authors=("Ida Holm",))

    assert "Coal prices rise" in (await play.alert(muting)).text
    await play.settled(3)
    assert not any("fall" in message.text for message in muting.messages)


async def test_a_mute_takes_back_what_is_still_owed(play: Play) -> None:
    reader = await play.subscriber("Economy")
    play.server.faults.on("sendMessage", chat_id=reader.chat_id).too_many(60)
    play.publish("Rice prices double", "economy")
    await play.logged("delivery_deferred", chat=reader.chat_id)

    await reader.ask("/mute Economy")
    (row,) = await play.settled(1)

    assert (row.state, row.detail) == (State.DROPPED, "preferences changed")


async def test_an_author_is_followed_by_name_in_any_spelling(play: Play) -> None:
    reader = await play.subscriber()
    answer = await reader.ask("/follow tam odell")
    assert "Tam O'Dell (author)" in answer.text

    play.publish("Someone else's story", "military", authors=("Ida Holm",))
    play.publish("Radar on a hill", "military", authors=("Ida Holm", "Tam O'Dell"))

    assert "Radar on a hill" in (await play.alert(reader)).text
    assert len(await play.settled(1)) == 1


async def test_a_label_is_followed_by_button(play: Play) -> None:
    reader = await play.subscriber()
    await reader.ask("/labels")
    await reader.press("COLUMN")

    play.publish("A view of the harbour", "society", labels=("column",))
    play.publish("No view at all", "society")

    assert "A view of the harbour" in (await play.alert(reader)).text
    assert len(await play.settled(1)) == 1


async def test_a_deep_link_follows_its_section_at_once(play: Play) -> None:
    reader = play.server.reader("Mina", language_code="en")
    answer = await reader.ask("/start section_foreign-relations")
    assert "Foreign Relations" in answer.text

    play.publish("Talks about talks", "foreign-relations")

    assert "Talks about talks" in (await play.alert(reader)).text


async def test_one_who_follows_an_article_for_several_reasons_gets_it_once(play: Play) -> None:
    reader = await play.subscriber("Economy", "Foreign Relations", "Ida Holm", "COLUMN")

    play.publish(
        "Ferries for everyone",
        "economy",
        "foreign-relations",
        labels=("column",),
        authors=("Ida Holm",),
    )
    await play.alert(reader)
    play.publish("A second story", "economy")
    await play.alert(reader)

    await play.settled(2)
    assert [message.text.splitlines()[1] for message in reader.messages[-2:]] == [
        "Ferries for everyone",
        "A second story",
    ]


async def test_a_section_that_no_profile_names_can_be_followed_once_it_was_met(play: Play) -> None:
    play.publish("A ward opens", "health")
    await play.logged("source_read", new=1)
    reader = await play.subscriber("Health")

    play.publish("A ward closes", "health")

    assert "A ward closes" in (await play.alert(reader)).text


async def test_paused_alerts_are_kept_and_come_when_the_resumption_is_answered(play: Play) -> None:
    reader = await play.subscriber("Economy")
    await reader.ask("/pause")
    play.publish("Published in the pause", "economy")
    await play.logged("fanout_planned", deliveries=1)
    assert [row.state for row in play.owed()] == [State.HELD]

    await reader.ask("/resume")
    await reader.press("Send")

    assert "Published in the pause" in (await play.alert(reader)).text
    assert [row.state for row in await play.settled(1)] == [State.SENT]
