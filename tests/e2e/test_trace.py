"""`dekbot trace` as an operator calls it, beside the bot that it tells of."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.aids.play import OpenPlay, Play
from tests.aids.process import Warm, variables_of

pytestmark = pytest.mark.e2e


async def traced(play: Play, warm: Warm, folder: Path, *arguments: str) -> Any:
    ended = await warm.dekbot(folder, "trace", *arguments, "--json", **variables_of(play.settings))
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


async def test_an_articles_path_is_told_beside_the_running_bot(
    opened: OpenPlay, warm: Warm, tmp_path: Path
) -> None:
    async with opened() as play:
        reader = await play.subscriber("Economy")
        gone = await play.subscriber("Economy", first_name="Tam")
        other = await play.subscriber("Military", first_name="Ida")
        play.server.faults.on("sendMessage", chat_id=gone.person.id).blocked()
        article = play.publish("Cranes stand idle", "economy")
        await play.settled(2)
        address = play.newsroom.address(article)

        told = await traced(play, warm, tmp_path, f"{address}?utm_source=feed")
        chat = await traced(play, warm, tmp_path, address, "--chat", str(other.person.id))
        (sent,) = play.events("delivery_sent")

    assert told["article"]["headline"] == "Cranes stand idle"
    assert told["article"]["brought_by"] == f"{play.newsroom.url}/feed/"
    assert told["article"]["id"] == sent["article"]
    assert told["outbox"]["states"] == {"sent": 1, "dropped": 1}
    dropped, arrived = told["outbox"]["deliveries"]
    assert (dropped["chat_id"], dropped["detail"]) == (
        gone.person.id,
        "bot was blocked by the user",
    )
    assert (arrived["chat_id"], arrived["topics"]) == (reader.person.id, ["Economy"])
    assert (arrived["message_id"], arrived["attempts"]) == (sent["message"], 1)
    assert arrived["seconds"] > 0
    assert [(one["delivery"], one["absence"]) for one in chat["chats"]] == [(None, "not-followed")]
