"""What the site corrects, a reader sees corrected in the message that is there already."""

import pytest

from bot.demo.newsroom.article import label_named
from tests.aids.ledger import edits
from tests.aids.play import PATIENCE, Play

pytestmark = pytest.mark.e2e


async def test_a_corrected_headline_is_edited_in_place_and_stays_one_message(play: Play) -> None:
    reader = await play.subscriber("Economy")
    article = play.publish("Cranes stand idle", "economy")
    alert = await play.alert(reader)
    await play.settled(1)
    labels = alert.labels

    play.newsroom.correct(article, headline="Cranes at work again")
    edited = await reader.next_edit(PATIENCE)

    assert edited.id == alert.id
    assert edited.text.splitlines()[1:3] == ["Cranes stand idle", "Cranes at work again"]
    assert "strikethrough" in {entity["type"] for entity in edited.entities}
    assert "Updated" in edited.text
    assert edited.labels == labels
    await play.logged("message_edited", chat=reader.chat_id)


async def test_a_corrected_byline_and_label_replace_the_former_ones_in_one_edit(
    play: Play,
) -> None:
    reader = await play.subscriber("Economy")
    article = play.publish(
        "Cranes stand idle", "economy", authors=("Ida Holm",), labels=("column",)
    )
    alert = await play.alert(reader)
    await play.settled(1)

    play.newsroom.correct(article, authors=("Tam O'Dell",), labels=(label_named("opinion"),))
    edited = await reader.next_edit(PATIENCE)
    play.publish("Barges wait", "economy")  # the feed is read again
    await play.alert(reader)
    await play.settled(2)

    assert edited.id == alert.id
    kicker, headline, byline, updated = edited.text.splitlines()
    assert (kicker, headline) == ("ECONOMY · OPINION", "Cranes stand idle")
    assert byline.startswith("Tam O'Dell · ")
    assert updated.startswith("Updated ")
    assert edits(play.database_path) == 0
    assert len(play.events("message_edited")) == 1


async def test_a_story_reads_as_a_thread(play: Play) -> None:
    """In an archive as small as a test's, only near-twins are known to be one story."""
    reader = await play.subscriber("Economy")
    dek = "Coast guard says the ferry Mirae struck a reef near Okcheon in fog"
    play.publish("Ferry Mirae runs aground off Okcheon island", "economy", dek=dek)
    first = await play.alert(reader)
    await play.settled(1)

    play.publish("Captain of ferry Mirae questioned over Okcheon reef", "economy", dek=dek)
    second = await play.alert(reader)

    assert second.reply_to is not None
    assert second.reply_to.id == first.id
