"""Every command with wrong options and arguments: one sentence, status 2, nothing done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from typer.main import get_command

from bot.cli.commands import cli
from tests.aids.application import Dekbot, FakeApplication

COMMANDS: Final[dict[str, Any]] = dict(get_command(cli).commands)  # type: ignore[attr-defined]

#: What each command that takes values refuses, beside what `wrong_for_any` finds by itself: the
#: arguments, and what the sentence must hold.
WRONG: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "demo": (
        ("--port -1", "--port"),
        ("--port 65536", "--port"),
        ("--port 8765.5", "--port"),
        ("--speed 0", "--speed"),
        ("--speed 601", "--speed"),
        ("--speed nan", "--speed"),
        ("--speed fast", "--speed"),
    ),
    "import": (("missing.xml", "missing.xml"), (".", "directory")),
    "trace": (
        ("x --limit -1", "'-1' is no whole number from 0 to 10000"),
        ("x --limit 10001", "'10001'"),
        ("x --limit 1e3", "'1e3'"),
        ("x --limit ²", "'²'"),
        ("x --chat me", "'me' is no chat id, like 123456789"),
        ("x --chat 0", "'0'"),
        ("x --chat 99999999999999999", "'99999999999999999'"),
        ("x --chat 1,2", "'1,2'"),
    ),
}
#: Commands whose values nothing is wrong with before they are used: an address, or none at all.
TAKE_ANY: Final = frozenset(
    {"backup", "check", "health", "migrate", "poll", "preview", "prune", "restore", "run"}
)


def wrong_for_any() -> Iterator[tuple[str, str]]:
    """Yield what every command must refuse, by the options and arguments that it says it takes."""
    for name, command in COMMANDS.items():
        yield f"{name} --nonsense", "--nonsense"
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        if any(one.required for one in arguments):
            yield name, "Missing argument"
        if all(one.nargs == 1 for one in arguments):
            given = " ".join("x" for _ in arguments)
            yield f"{name} {given} superfluous", "superfluous"
        for option in command.params:
            if option.param_type_name == "option":
                given = " ".join("x" for _ in arguments)
                flag = f"{option.opts[0]}=yes" if option.is_flag else option.opts[0]
                yield f"{name} {given} {flag}", option.opts[0]


ROWS: Final = [
    *wrong_for_any(),
    *((f"{name} {arguments}", words) for name, rows in WRONG.items() for arguments, words in rows),
    ("nonsense", "nonsense"),
    ("chekc", "Did you mean 'check'"),
    ("--nonsense", "--nonsense"),
    ("--version=2", "--version"),
]


@pytest.mark.parametrize(("line", "words"), ROWS, ids=[line for line, _ in ROWS])
def test_it_is_one_sentence_and_nothing_is_done(
    dekbot: Dekbot, application: FakeApplication, folder: Path, line: str, words: str
) -> None:
    ended = dekbot(*line.split())

    (sentence,) = ended.err.splitlines()
    assert (ended.status, ended.out) == (2, "")
    assert sentence.startswith("dekbot")
    assert words in sentence
    assert sentence.endswith(" --help)")
    assert application.asked == []
    assert list(folder.iterdir()) == []


def test_every_command_has_its_rows() -> None:
    told = WRONG.keys() | TAKE_ANY

    assert COMMANDS.keys() == told, (
        f"add to WRONG what these refuse, or to TAKE_ANY: {sorted(COMMANDS.keys() - told)};"
        f" take out: {sorted(told - COMMANDS.keys())}"
    )


def test_no_arguments_at_all_show_the_help(dekbot: Dekbot) -> None:
    ended = dekbot()

    assert (ended.status, ended.err) == (2, "")
    assert "migrate" in ended.out


def test_a_wrong_setting_stops_every_command_but_the_demo(
    dekbot: Dekbot, application: FakeApplication, folder: Path
) -> None:
    """It is told before anything is read, made or sent."""
    saved = folder / "saved.xml"
    saved.write_text("x")
    (folder / ".env").write_text("DEKBOT_WEB_PORT=none\n")
    given = {"import": ["saved.xml"]}

    for name in sorted(COMMANDS.keys() - {"demo"}):
        arguments = given.get(name, _required(COMMANDS[name]))
        ended = dekbot(name, *arguments)

        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith("DEKBOT_WEB_PORT: 'none' cannot be used; expected a port")
        assert len(ended.err.splitlines()) == 1
    assert application.asked == []
    assert {path.name for path in folder.iterdir()} == {"saved.xml", ".env"}


def _required(command: Any) -> list[str]:
    needed = [one for one in command.params if one.param_type_name == "argument" and one.required]
    return ["x" for _ in needed]
