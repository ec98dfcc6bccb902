"""A running bot as its supervisor and Prometheus see it."""

import asyncio
import json
import resource
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import __version__
from tests.aids.clock import FakeClock
from tests.aids.ledger import baselined, deliveries
from tests.aids.looking import Looking, free_port, looking
from tests.aids.play import PATIENCE, OpenPlay, Play
from tests.aids.process import Running, started, variables_of
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

#: Who runs the bot.
ADA = 42
PAGES = ("/health/live", "/health/ready", "/metrics", "/nowhere")


@asynccontextmanager
async def watched(opened: OpenPlay, **options: Any) -> AsyncIterator[tuple[Play, Looking]]:
    port = free_port()
    async with opened(web_port=port, **options) as play, looking(port) as asked:
        yield play, asked


async def figures(asked: Looking) -> dict[tuple[str, str], float]:
    """Return the figures by name and labels."""
    text = await asked.text("/metrics")
    return {
        (sample.name.removeprefix("dekbot_"), ",".join(map(str, sample.labels.values()))): (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def fill_disk(bot: Running, *, full: bool) -> None:
    """Have the kernel refuse every further byte that the bot writes to a file, or take it again."""
    _, hard = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))


async def told(asked: Looking, wanted: int) -> Any:
    """Return what readiness tells once it answers with that status."""
    async with asyncio.timeout(PATIENCE):
        while True:
            status, ready = await asked.get("/health/ready")
            if status == wanted:
                return ready
            await asyncio.sleep(0.05)


async def test_what_happens_is_seen_in_the_figures_and_the_token_nowhere(
    opened: OpenPlay,
) -> None:
    async with watched(opened) as (play, asked):
        ada = await play.subscriber("Economy")
        ben = await play.subscriber("Economy", first_name="Ben")
        play.server.faults.on("sendMessage", chat_id=ada.chat_id).too_many(1)
        play.server.faults.on("sendMessage", chat_id=ben.chat_id).blocked()
        play.publish("Cranes are idle", "economy")
        await play.settled(2)
        status, ready = await asked.get("/health/ready")
        shown = await figures(asked)
        pages = [await asked.text(path) for path in PAGES]
        pages.append(await asked.text(f"/bot{play.server.token}/getMe"))

    assert (status, ready["status"]) == (200, "ok")
    checks = [check["check"] for check in ready["checks"]]
    assert checks == ["database", "deliveries", "telegram", "source"]
    (feed,) = [check["subject"] for check in ready["checks"] if check["check"] == "source"]
    assert shown["polls_total", f"feed,baseline,{feed}"] == 1
    assert shown["polls_total", f"feed,read,{feed}"] >= 1
    assert shown["articles_total", "alerting"] == 1
    assert shown["deliveries_owed_total", ""] == 2
    assert shown["deliveries_settled_total", "sent"] == 1
    assert shown["deliveries_settled_total", "dropped"] == 1
    assert shown["sends_total", "throttled"] == 1
    assert shown["telegram_throttled_total", "alerts"] == 1
    assert shown["alert_latency_seconds_count", ""] == 1
    assert shown["reply_latency_seconds_count", "message"] == 4
    assert shown["outbox_deliveries", "due"] == 0
    assert shown["database_transaction_seconds_count", "writing"] > 0
    assert shown["build_info", __version__] == 1
    secret = play.server.token.partition(":")[2]
    assert [page for page in pages if secret in page] == []


async def test_the_outbox_in_the_figures_is_the_one_in_the_database(opened: OpenPlay) -> None:
    async with watched(opened, begin=False) as (play, asked):
        await play.start()
        reader = await play.subscriber("Economy")
        await reader.ask("/pause", timeout=PATIENCE)
        play.publish("Cranes are idle", "economy")
        await until(lambda: len(deliveries(play.database_path)) == 1, seconds=PATIENCE)
        shown = await figures(asked)
        (row,) = play.owed()

    assert row.state == "held"
    assert shown["outbox_deliveries", "held"] == 1
    assert shown["outbox_deliveries", "due"] + shown["outbox_deliveries", "later"] == 0


async def test_administrators_read_the_same_figures_in_chat_and_in_the_picture(
    opened: OpenPlay,
) -> None:
    async with watched(opened, admin_ids=(ADA,)) as (play, asked):
        readers = [await play.subscriber("Economy", first_name=name) for name in ("Ben", "Cleo")]
        play.server.faults.on("sendMessage", chat_id=readers[0].chat_id).blocked()
        mina = await play.subscriber("Economy", first_name="Mina")
        await mina.ask("/pause", timeout=PATIENCE)
        play.publish("Cranes are idle", "economy")
        await until(lambda: len(deliveries(play.database_path)) == 3, seconds=PATIENCE)
        await play.logged("delivery_sent")
        ada = play.server.reader("Ada", person_id=ADA, language_code="en")
        page = await ada.ask("/admin", timeout=PATIENCE)
        ada.skip()
        await ada.press("Chart", message=page, timeout=PATIENCE)
        picture = await ada.next_message(PATIENCE)
        shown = await figures(asked)

    sent = int(shown["deliveries_settled_total", "sent"])
    waiting = int(shown["outbox_deliveries", "due"] + shown["outbox_deliveries", "later"])
    held = int(shown["outbox_deliveries", "held"])
    assert (sent, held) == (1, 1)
    assert f"Waiting: {waiting} · Held: {held} · Due now: 0" in page.text
    assert f"Sent: {sent} in 24 hours" in page.text
    assert f": {sent} · " in picture.text.splitlines()[-1]
    assert picture.photo
    assert f", {sent}]".encode() in picture.photo.upload.content


async def test_trouble_is_told_and_so_is_its_end(opened: OpenPlay) -> None:
    """The clock stands still, so that the poll that failed is the last one for now."""
    clock = FakeClock(datetime.now(UTC))
    async with watched(opened, clock=clock) as (play, asked):
        play.newsroom.answer("/feed/", times=None, status=500)
        await play.logged("source_failed", kind="http-500")
        clock.pass_time(minutes=30)
        await play.logged("source_failed", failures=2)
        failing = await told(asked, 503)
        play.newsroom.restore()
        clock.now += timedelta(hours=7)
        mended = await told(asked, 200)

    (source,) = [check for check in failing["checks"] if check["check"] == "source"]
    assert source["status"] == "failed"
    assert source["text"].endswith("failures in a row: 2.")
    assert mended["status"] == "ok"


async def test_a_full_disk_makes_it_unready_and_figures_are_shown_all_the_same(
    opened: OpenPlay,
) -> None:
    """Nothing is to be written but the look itself: sources are read once an hour here."""
    options = {"begin": False, "web_port": free_port(), "poll_interval": timedelta(hours=1)}
    async with opened(**options) as play, looking(play.settings.web_port) as asked:
        variables = variables_of(play.settings) | {"log_format": "json"}
        async with started(play.database_path.parent, "run", **variables) as bot:
            await until(lambda: baselined(play.database_path) == 1, seconds=PATIENCE)
            before = await told(asked, 200)
            fill_disk(bot, full=True)
            full = await told(asked, 503)
            shown = await figures(asked)
            fill_disk(bot, full=False)
            after = await told(asked, 200)
            bot.send(signal.SIGTERM)
            ended = await bot.ended()

    (database,) = [check for check in full["checks"] if check["check"] == "database"]
    assert (before["status"], after["status"]) == ("ok", "ok")
    assert database["status"] == "failed"
    assert "the disk fails or has no room" in database["text"]
    assert shown["database_readable", ""] == 1
    assert shown["database_failures_total", "writing"] >= 1
    assert ended.status == 0
    events = [json.loads(line)["event"] for line in ended.complaints]
    assert events.count("database_unavailable") == events.count("database_available") == 1
