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
    answer = await reader.press("Economy")
    assert "You follow Economy" in answer.text
    assert any(label.startswith("✓ Economy") for label in reader.last.labels)
    reader.skip()

    play.publish("A drill ends early", "military")
    article = play.publish(
        "Cranes & <cables> stand idle",
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
        f'<a href="{address}"><b>Cranes &amp; &lt;cables&gt; stand idle</b></a>\n'
        "Three ports report fewer ships than a year ago\n"
        "<i>Ida Holm and Tam O'Dell · 21 Aug 2024, 14:05</i>"
    )
    assert call["link_preview_options"] == {"prefer_large_media": True, "url": address}
    assert "disable_notification" not in call
    assert message.labels == ["Open", "Mute…"]
    assert message.buttons[0]["url"] == address
    assert [(row.headline, row.state) for row in rows] == [(article.headline, State.SENT)]
    assert len(reader.messages) == 2
