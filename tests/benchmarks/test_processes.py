"""Servers and bots in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from benchmarks import acts
from benchmarks.cores import usage_of
from benchmarks.processes import (
    BotError,
    Command,
    Servers,
    ServersError,
    environment,
    running,
    serving,
)
from benchmarks.serving import Conditions

#: Reads the feed once its child has taken its memory.
PARENT = """
import subprocess, sys, time, urllib.request
program = "import time; x = b'x' * 60_000_000; print(1, flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
child.stdout.readline()
urllib.request.urlopen(sys.argv[1]).close()
time.sleep(600)
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with serving() as servers:
        yield servers


def command(folder: Path, *arguments: str) -> Command:
    return Command(
        arguments=[sys.executable, "-c", *arguments], folder=folder, asks_for_updates=False
    )


def test_an_act_returns_what_it_found_over_there(servers: Servers) -> None:
    servers.call(acts.publish, "News")

    tally = servers.call(acts.delivered, 5, 0.1)
    assert (tally.delivered, tally.repeated, tally.read_at) == (0, 0, None)


def test_an_act_that_fails_tells_why_and_the_next_one_works(servers: Servers) -> None:
    with pytest.raises(ServersError, match="missing 1 required positional argument: 'headline'"):
        servers.call(acts.publish)  # type: ignore[call-arg]

    assert servers.call(acts.contacts).feed_read >= 0


def test_the_servers_are_gone_at_the_end_with_their_certificate() -> None:
    with serving(Conditions(tls=True)) as servers:
        file = Path(servers.addresses.ca_file)
        assert servers.addresses.api_url.startswith("https://")
        assert "CERTIFICATE" in file.read_text()
        assert servers.usage().rss > 0
        pid = servers._pid

    assert not file.exists()
    assert not psutil.pid_exists(pid)
    with pytest.raises((ServersError, OSError)):
        servers.call(acts.contacts)


def test_a_bot_counts_with_its_descendants_and_ends_with_them(
    servers: Servers, tmp_path: Path
) -> None:
    with running(command(tmp_path, PARENT, servers.addresses.feed_url), servers) as bot:
        root = psutil.Process(bot.pid)
        (child,) = root.children()
        alone = root.memory_info().rss

        assert bot.usage().rss > alone + 60_000_000

    assert not psutil.pid_exists(bot.pid)
    assert not psutil.pid_exists(child.pid)


def test_processor_time_of_what_has_ended_is_counted() -> None:
    """A bot whose work is done in short-lived processes does not pass for an idle one."""
    before = usage_of(os.getpid()).cpu_seconds
    spin = "import time\nwhile time.process_time() < 0.5: pass"
    subprocess.run([sys.executable, "-c", spin], check=True)  # noqa: S603 - no input

    # The system counts in ticks of its own.
    assert usage_of(os.getpid()).cpu_seconds - before >= 0.4


def test_a_bot_that_ends_at_once_is_told_with_its_last_words(
    servers: Servers, tmp_path: Path
) -> None:
    gone = command(tmp_path, "import sys; sys.exit('no way')")
    told = "ended with status 1; its last words:\nno way"
    with pytest.raises(BotError, match=told), running(gone, servers):
        pass


def test_a_bot_that_never_polls_is_told(servers: Servers, tmp_path: Path) -> None:
    idle = replace(command(tmp_path, "import time; time.sleep(600)"), patience=0.2)
    with pytest.raises(BotError, match=r"did not poll within 0\.2 s"), running(idle, servers):
        pass


def test_a_bot_gets_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEKBOT_SEND_RATE", "5")
    monkeypatch.setenv("USUAL", "1")

    told = environment({"DEKBOT_SITE": "x"})
    assert "DEKBOT_SEND_RATE" not in told
    assert (told["USUAL"], told["DEKBOT_SITE"]) == ("1", "x")
