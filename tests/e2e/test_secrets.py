"""The token opens the bot to anybody: it is written nowhere."""

import io
import json
from collections.abc import Iterator

import pytest

from tests.aids.own_log import own_log
from tests.aids.play import PATIENCE, OpenPlay
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where everything is logged, as the program logs it."""
    with own_log() as stream:
        yield stream


async def test_a_whole_run_with_faults_tells_the_token_in_no_line_and_no_message(
    stream: io.StringIO, opened: OpenPlay
) -> None:
    """No secret is named to the log here: what is shaped like a token is hidden all the same."""
    async with opened(captured=False) as play:
        reader = await play.subscriber("Economy")
        faults = play.server.faults
        faults.on("getUpdates").status(502)
        faults.on("sendMessage", chat_id=reader.chat_id).truncated_json()
        play.publish("Cut in the middle", "economy")
        await play.settled(1)
        faults.on("sendMessage", chat_id=reader.chat_id).status(500)
        await reader.say("/help")
        await reader.say("/search <b>")
        faults.on("getUpdates", times=2).reset_before_reading()
        play.newsroom.answer("/feed/", body=b"<html>")
        play.publish("After the faults", "economy")
        await play.settled(2)
        await until(lambda: '"reply_not_sent"' in stream.getvalue(), seconds=PATIENCE)

    lines = stream.getvalue().splitlines()
    events = {json.loads(line)["event"] for line in lines}
    assert {"delivery_sent", "source_failed", "reply_not_sent", "stopped"} <= events
    assert any(json.loads(line)["level"] == "debug" for line in lines)
    secret = play.server.token.partition(":")[2]
    assert [line for line in lines if secret in line] == []
    assert [m.text for m in play.server.sent if secret in f"{m.text}{m.entities}{m.markup}"] == []
