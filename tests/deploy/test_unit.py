"""The unit of systemd and the command beside it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.faults import Status
from tests.aids.deploying import DEPLOY, unit

UNIT = unit()
SERVICE = DEPLOY / "dekbot.service"
BESIDE = DEPLOY / "dekbot"


def only(key: str) -> str:
    (value,) = UNIT[key]
    return value


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The unit with a program that is there, since systemd looks for it."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    path = tmp_path / SERVICE.name
    program = only("ExecStart").split()[0]
    path.write_text(SERVICE.read_text(encoding="utf-8").replace(program, "/bin/true"))
    return path


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own arguments
        ["systemd-analyze", *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )


def test_systemd_understands_every_line(installed: Path) -> None:
    told = analyze("verify", str(installed))

    assert (told.returncode, told.stderr) == (0, "")


def test_systemd_finds_it_well_confined(installed: Path) -> None:
    """Of 10, which is what a service without any of it is exposed."""
    told = analyze("security", "--offline=true", "--no-pager", "--threshold=15", str(installed))

    assert told.returncode == 0, told.stdout[-500:]


def test_it_is_a_user_of_its_own_who_writes_to_its_folder_only() -> None:
    assert only("User") == only("Group") == "dekbot"
    assert only("ProtectSystem") == "strict"
    assert only("WorkingDirectory") == f"/var/lib/{only('StateDirectory')}"
    assert "ReadWritePaths" not in UNIT


def test_the_token_is_handed_over_as_a_credential() -> None:
    name, _, path = only("LoadCredential").partition(":")

    assert f"DEKBOT_BOT_TOKEN_FILE=%d/{name}" in only("Environment").split()
    assert path == f"/etc/dekbot/{name}"


def test_what_a_repetition_does_not_mend_is_not_repeated() -> None:
    assert only("Restart") == "on-failure"
    assert only("RestartPreventExitStatus") == str(int(Status.FAILED))


def test_it_has_the_time_that_it_needs_to_end() -> None:
    found = re.fullmatch(r"(\d+)s", only("TimeoutStopSec"))

    assert found
    assert int(found[1]) > 10


def test_no_sign_of_life_is_waited_for_that_the_bot_does_not_give() -> None:
    assert "WatchdogSec" not in UNIT
    assert only("Type") == "exec"


def test_commands_beside_the_service_have_its_program_its_folder_and_its_user() -> None:
    script = BESIDE.read_text(encoding="utf-8")

    assert f"cd {only('WorkingDirectory')}\n" in script
    assert f"runuser -u {only('User')} -- {only('ExecStart').split()[0]} " in script
    assert BESIDE.stat().st_mode & 0o111
