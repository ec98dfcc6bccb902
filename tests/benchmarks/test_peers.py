"""`peer.toml`: what is read, and how a fault is told."""

import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks.peer_runs import command_of, installed
from benchmarks.peers import PEERS, Peer, PeersError, filled, read_peers

GOOD = '[[bots]]\nname = "Bot"\ncommand = ["run"]\nseed = ["seed"]\n'


def fault(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PeersError) as caught:
        read_peers(path)
    return str(caught.value)


def test_dekbot_itself_is_the_first_and_can_be_measured_here() -> None:
    dekbot = read_peers()[0]

    assert dekbot.name == "Dekbot"
    assert dekbot.lacks(installed()) == []
    assert dekbot.speaks_tls


def test_the_example_of_another_bot_is_right_once_it_is_uncommented() -> None:
    lines = PEERS.read_text(encoding="utf-8").splitlines()
    begun = lines.index("# [[bots]]")
    text = "\n".join(line.removeprefix("# ") for line in lines[begun:]).partition("\nIn a ")[0]

    bot = Peer.model_validate(tomllib.loads(text.replace("\n#\n", "\n\n"))["bots"][0])
    assert bot.name == "NodeRSSBot"
    assert bot.speaks_tls


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "bots: is missing; it must be at least one [[bots]]"),
        ("bots = []", "bots: [] is wrong; it must be at least one [[bots]]"),
        ("bots = 5", "bots: must be tables: write [[bots]]"),
        ("bots = [5]", "bots[0]: must be tables: write [[bots]]"),
        ("[[bots]]\n[[bot]]", "bot: is no known key; there are bots"),
        ("name = ", "this is no TOML: Invalid value (at end of document)"),
        (b"\xff", "byte 0 is no UTF-8; save it so"),
        (
            GOOD + 'sed = ["x"]',
            "bots[0].sed: is no known key; there are name, command, seed, needs,",
        ),
        (
            GOOD.replace('["run"]', '"run"'),
            'bots[0].command: \'run\' is wrong; it must be a list such as ["node", "index.js"]',
        ),
        (
            GOOD.replace('["seed"]', "[5]"),
            'bots[0].seed[0]: 5 is wrong; it must be a list such as ["./seed", "{chats}"]',
        ),
        (
            GOOD.replace("run", "{port}"),
            "bots[0].command[0]: there is no {port}; there are {api_url}, {token}, {feed_url},",
        ),
        (GOOD + "silence = 0", "bots[0].silence: 0 is wrong; it must be seconds, above 0 and"),
        (GOOD + 'settles = "1s"', "bots[0].settles: '1s' is wrong; it must be seconds, from 0 to"),
        (GOOD + 'ready = ["soon"]', "bots[0].ready[0]: 'soon' is wrong; it must be a list of"),
        (GOOD.replace("Bot", " "), "bots[0].name: ' ' is wrong; it must be text such as"),
        (
            GOOD + "[bots.environment]\nRATE = 5",
            'bots[0].environment.RATE: 5 is wrong; it must be a table of texts, such as X = "1"',
        ),
        (GOOD * 2, "bots.name: 'Bot' is there twice; give each its own"),
    ],
)
def test_a_fault_names_the_file_the_key_and_what_would_be_right(
    text: str | bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "peer.toml"

    assert f"{path}: {told}" in fault(path, text)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    assert len(fault(tmp_path / "peer.toml", '[[bots]]\nname = "Bot"').splitlines()) == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeersError, match="No such file or directory; name a TOML file"):
        read_peers(tmp_path / "peer.toml")


def test_what_is_not_installed_is_named(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.touch()
    bot = Peer(
        name="Bot",
        command=["{python}"],
        seed=["no-such-program", "x"],
        needs=["{folder}/there", "{folder}/not"],
    )

    places = {**installed(), "folder": str(tmp_path)}
    assert bot.lacks(places) == ["no-such-program", f"{tmp_path}/not"]


def test_placeholders_are_filled_in_and_empty_variables_are_not_set(tmp_path: Path) -> None:
    bot = Peer(
        name="Bot",
        command=["{python}", "{folder}/{chats}.js", "{}"],
        seed=["seed"],
        environment={"CA": "{ca_file}", "URL": "{api_url}/bot{token}"},
        tuned={"RATE": "1000"},
    )
    places = {"folder": str(tmp_path), "chats": "3", "ca_file": "", "api_url": "http://a"}
    places |= {"token": "1:x", "python": sys.executable}

    command = command_of(bot, places, tuned=False)
    assert command.arguments == [sys.executable, f"{tmp_path}/3.js", "{}"]
    assert command.environment == {"URL": "http://a/bot1:x"}
    assert command_of(bot, places, tuned=True).environment["RATE"] == "1000"


def test_what_was_filled_in_is_not_filled_in_again() -> None:
    assert filled("{folder}", {"folder": "/srv/{token}", "token": "1:x"}) == "/srv/{token}"
