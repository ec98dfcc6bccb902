"""A short run of the workload, end to end: what is counted is what happened."""

from pathlib import Path

import pytest

from benchmarks.figures import Notes
from benchmarks.peer import AWAY, NEARBY, note_all
from benchmarks.peer_runs import fan_out, killed
from benchmarks.peers import Peer, read_peers
from benchmarks.processes import BotError
from benchmarks.serving import Conditions
from bot.demo.botapi import Limits

pytestmark = pytest.mark.e2e
CHATS = 20
ONE_MESSAGE = Conditions(limits=Limits(per_second=0.001))


def naive(**how: str) -> Peer:
    """Return the bot of `tests.aids.naive_bot`."""
    return Peer(
        name="Naive",
        command=["{python}", "{project}/tests/aids/naive_bot.py"],
        seed=["{python}", "-c", "pass"],
        environment={
            "API_URL": "{api_url}",
            "TOKEN": "{token}",
            "FEED_URL": "{feed_url}",
            "CHATS": "{chats}",
            **how,
        },
        silence=2,
    )


@pytest.fixture
def dekbot() -> Peer:
    return read_peers()[0]


def test_dekbot_alerts_each_chat_once_over_tls(dekbot: Peer) -> None:
    outcome = fan_out(dekbot, AWAY, CHATS, tuned=True)

    assert dict(outcome.tally.received) == dict.fromkeys(range(1, CHATS + 1), 1)
    assert (outcome.lost, outcome.tally.repeated, outcome.tally.refused) == (0, 0, 0)
    assert outcome.seconds is not None
    assert outcome.cpu_seconds > 0
    assert outcome.rss > 50_000_000


def test_dekbot_loses_nothing_when_it_is_killed(dekbot: Peer) -> None:
    assert killed(dekbot, CHATS).lost == 0


def test_chats_that_get_nothing_are_counted_as_lost() -> None:
    outcome = fan_out(naive(SKIPS="5"), NEARBY, CHATS, tuned=True)

    assert (outcome.lost, outcome.tally.repeated) == (4, 0)


def test_a_second_message_is_no_delivery() -> None:
    outcome = fan_out(naive(REPEATS="5"), NEARBY, CHATS, tuned=True)

    assert (outcome.lost, outcome.tally.repeated) == (0, 4)


def test_refusals_are_counted_and_what_is_not_tried_again_is_lost() -> None:
    outcome = fan_out(naive(), ONE_MESSAGE, CHATS, tuned=True)

    assert (outcome.tally.delivered, outcome.lost, outcome.tally.refused) == (1, 19, 19)


@pytest.mark.parametrize(
    ("saves", "lost", "repeated"),
    [
        ("before", 10, 0),  # what counts as sent before it is
        ("behind", 0, 10),  # what counts as sent when all of it is
    ],
)
def test_a_kill_half_way_shows_what_the_bot_forgets(saves: str, lost: int, repeated: int) -> None:
    outcome = killed(naive(SAVES=saves, HANGS="10"), CHATS)

    assert (outcome.lost, outcome.tally.repeated) == (lost, repeated)


def test_what_is_noted_of_a_bot_has_no_goals_but_ours() -> None:
    notes = Notes()
    note_all(notes, naive(SAVES="before"), 1, CHATS)

    figures = {figure.what: figure for figure in notes.figures}
    assert all(figure.goal is None for figure in figures.values())
    assert figures["Naive: lost without limits"].values == [0]
    assert figures["Naive: 429s at that limit"].values == [0]
    assert "Naive: from feed to last alert, TLS, 50 ms away" not in figures


def test_a_bot_that_cannot_be_seeded_or_started_is_told(tmp_path: Path) -> None:
    unseeded = naive().model_copy(update={"seed": ["{python}", "-c", "exit('no room')"]})
    with pytest.raises(BotError, match=r"seeding command ended with status 1.*\nno room"):
        fan_out(unseeded, NEARBY, CHATS, tuned=True)

    failing = naive().model_copy(update={"command": [*naive().command, "--fails"]})
    with pytest.raises(BotError, match="nobody told me the way"):
        fan_out(failing, NEARBY, CHATS, tuned=True)
