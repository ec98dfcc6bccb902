"""What readers may rely on while much is going on: answers at once, no floods, no old news."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.botapi import Limits
from bot.domain.delivery import State
from tests.aids.ledger import headlines
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.seeding import seed
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

CHATS = 300


async def test_a_reader_is_answered_while_a_fanout_goes_on_at_the_cap(opened: OpenPlay) -> None:
    """At Telegram's limits and 28 alerts a second, 300 take more than ten seconds."""
    async with opened(begin=False, welcomes_strangers=True, limits=Limits()) as play:
        await seed(play.database_path, CHATS)
        await play.start()
        play.publish("A story for everyone", "economy")
        await play.server.wait_for(lambda: len(play.server.sent) >= 3, PATIENCE)

        reader = play.server.reader("Mina", language_code="en")
        replies = [
            await reader.ask(text) for text in ("/start", "/help", "/latest", "/sections", "cranes")
        ]
        await reader.press("Authors", message=replies[3])

        rows = play.owed()
        owed = [row for row in rows if row.open]
        assert [len(rows), len(reader.messages)] == [CHATS, 5]
        assert len(owed) > CHATS // 3
        assert "A story for everyone" in replies[2].text
        assert not [row for row in rows if row.attempts > 1]
    assert [call for call in play.events("delivery_deferred") if "throttled" in call["fault"]] == []


async def test_the_first_reading_is_stored_and_alerts_nobody(opened: OpenPlay) -> None:
    async with opened(begin=False) as play:
        await seed(play.database_path, 1)
        await play.start()

        assert len(headlines(play.database_path)) == 3
        assert play.owed() == []
        assert play.server.sent == []
        await play.logged("source_read")
        (baseline,) = play.events("source_read")
        assert (baseline["baseline"], baseline["new"], baseline["alerting"]) == (True, 3, 0)


async def test_a_new_source_of_a_running_bot_starts_with_a_baseline_too(opened: OpenPlay) -> None:
    async with opened() as play:
        reader = await play.subscriber("Economy", "Military")
        await play.stop()
        play.newsroom.answer("/feed/", times=None, status=503)
        play.publish("On the new page from the start", "military")
        play.rewrite_profile("military")
        await play.start()
        play.publish("On the new page later", "military")

        assert "On the new page later" in (await play.alert(reader)).text
        assert len(await play.settled(1)) == 1


async def test_after_an_outage_old_articles_are_stored_and_the_rest_comes_as_one_message(
    opened: OpenPlay,
) -> None:
    async with opened(max_alert_age=timedelta(hours=24)) as play:
        reader = await play.subscriber("Economy", "Military")
        await play.stop()
        now = datetime.now(UTC)
        for number in range(4):
            told = now - timedelta(hours=25 + number)
            play.publish(f"Stale {number}", "economy", published=told)
        for number in range(6):
            told = now - timedelta(hours=23 - number)
            section = "military" if number % 2 else "economy"
            play.publish(f"Fresh {number}", section, dek="In brief", published=told)

        await play.start()
        digest = await play.alert(reader)
        rows = await play.settled(6)

        assert {row.headline for row in rows} == {f"Fresh {number}" for number in range(6)}
        assert {row.state for row in rows} == {State.SENT}
        assert {row.message_id for row in rows} == {digest.id}
        assert len(reader.messages) == 3
        lines = digest.text.splitlines()
        assert lines[0] == "6 new articles"
        assert [line for line in lines if line.startswith("Fresh")] == [
            "Fresh 5", "Fresh 3", "Fresh 1", "Fresh 4", "Fresh 2", "Fresh 0"
        ]  # fmt: skip
        assert "Stale 3" in (await reader.ask("/search stale")).text


async def test_three_articles_at_once_are_three_alerts(play: Play) -> None:
    reader = await play.subscriber("Economy")

    for number in range(3):
        play.publish(f"Story {number}", "economy")
    rows = await play.settled(3)

    assert len({row.message_id for row in rows}) == 3
    told = [message.text.splitlines()[1] for message in reader.messages[2:]]
    assert sorted(told) == ["Story 0", "Story 1", "Story 2"]


async def test_an_article_met_again_in_a_further_section_widens_its_audience_only(
    opened: OpenPlay,
) -> None:
    async with opened() as play:
        await play.stop()
        play.rewrite_profile("military")
        await play.start()
        first = await play.subscriber("Economy")
        second = await play.subscriber("Military", first_name="Second")
        article = play.publish("Trucks for the army", "economy")
        await play.alert(first)
        assert [row.chat_id for row in await play.settled(1)] == [first.chat_id]

        play.newsroom.withdraw(article)
        again = play.publish("Trucks for the army", "economy", "military")

        assert play.newsroom.address(again) == play.newsroom.address(article)
        assert "Trucks for the army" in (await play.alert(second)).text
        await play.settled(2)
    assert len(first.messages) == 3


async def test_a_corrected_headline_alerts_nobody_again(play: Play) -> None:
    reader = await play.subscriber("Economy")
    article = play.publish("Ferrys run late", "economy")
    await play.alert(reader)

    play.newsroom.correct(article, headline="Ferries run late")
    await until(lambda: "Ferries run late" in headlines(play.database_path), seconds=PATIENCE)

    assert "Ferries run late" in (await reader.ask("/latest")).text
    assert len(await play.settled(1)) == 1
