"""The Dockerfile and what gets into the image."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from bot.cli.commands import cli
from tests.aids.deploying import DEPLOY, PROJECT, stages, values

BEFORE, BUILDER, RUNTIME = stages()
IGNORED = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
#: What a builder copies from the project.
COPIED = {source for value in values(BUILDER, "COPY") for source in value.split()[:-1]}


def commands() -> set[str]:
    return set(vars(typer.main.get_command(cli))["commands"])


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint is not built for this machine")

    told = subprocess.run(  # noqa: S603 - found above
        [hadolint, str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stdout) == (0, "")


def test_both_stages_stand_on_one_image_of_a_python_that_is_tested() -> None:
    (image,) = values(BEFORE, "ARG")
    workflow = (PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    tested = re.findall(r'"(3\.\d+)"', workflow)
    found = re.fullmatch(r"PYTHON_IMAGE=python:(3\.\d+)-slim-\w+", image)

    assert found
    assert found[1] in tested
    assert values(BUILDER, "FROM") == ["${PYTHON_IMAGE} AS builder"]
    assert values(RUNTIME, "FROM") == ["${PYTHON_IMAGE}"]


def test_what_runs_has_nothing_of_what_builds_but_the_environment() -> None:
    assert values(RUNTIME, "COPY") == ["--from=builder /venv /venv"]
    assert not any("pip" in value for value in values(RUNTIME, "RUN"))


def test_it_runs_as_a_number_that_is_not_root() -> None:
    (user,) = values(RUNTIME, "USER")

    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)


def test_nothing_is_written_but_to_the_volume() -> None:
    variables = " ".join(values(RUNTIME, "ENV"))

    assert values(RUNTIME, "VOLUME") == ["/data"]
    assert "PYTHONDONTWRITEBYTECODE=1" in variables
    assert any("compileall" in value for value in values(BUILDER, "RUN"))


def test_the_settings_folder_data_is_the_volume() -> None:
    """The database's default is relative, and so is whatever else comes to be kept in `data`."""
    (folder,) = values(RUNTIME, "WORKDIR")

    assert Path(folder, "data") == Path("/data")
    assert "DEKBOT_" not in " ".join(values(RUNTIME, "ENV"))


def test_the_bot_is_asked_how_it_is_by_a_command_of_its_own() -> None:
    (check,) = values(RUNTIME, "HEALTHCHECK")
    call = json.loads(check.partition("CMD ")[2])

    assert call == ["dekbot", "health", "--live"]
    assert call[1] in commands()


def test_the_bot_itself_gets_the_signals() -> None:
    (entry,), (command,) = values(RUNTIME, "ENTRYPOINT"), values(RUNTIME, "CMD")

    assert json.loads(entry) + json.loads(command) == ["dekbot", "run"]
    assert values(RUNTIME, "STOPSIGNAL") == ["SIGTERM"]


def test_no_secret_is_asked_for_while_the_image_is_made() -> None:
    told = " ".join(
        one.value for one in [*BEFORE, *BUILDER, *RUNTIME] if one.name in {"ARG", "ENV"}
    )

    assert not re.search(r"token|secret|password", told, re.IGNORECASE)


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    about = project["project"]

    assert {
        "constraints.txt",
        "pyproject.toml",
        about["readme"],
        *about["license-files"],
        *wheel["packages"],
        *wheel["force-include"],
    } == COPIED


def test_the_builder_is_sent_what_is_copied_and_nothing_else() -> None:
    rules = [line for line in IGNORED if line and not line.startswith("#")]

    assert rules[0] == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == COPIED
    assert all((PROJECT / name).exists() for name in COPIED)
