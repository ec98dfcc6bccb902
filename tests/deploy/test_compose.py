"""The compose file: what it promises of the containers."""

import json
import re
from typing import Any

import pytest

from bot.domain.duration import parse_duration
from tests.aids.deploying import DEPLOY, PROJECT, compose, stages, values

COMPOSE = compose()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
BOT = SERVICES["bot"]
RUNTIME = stages()[-1]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_can_do_no_more_than_it_must(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_started_again_and_its_log_has_an_end(name: str) -> None:
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    assert {"max-size", "max-file"} <= service["logging"]["options"].keys()


@pytest.mark.parametrize("name", SERVICES)
def test_each_image_has_a_tag_that_says_which(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")

    assert tag
    assert tag != "latest"


@pytest.mark.parametrize("name", SERVICES)
def test_no_port_is_open_to_other_machines(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_the_bot_runs_alone_where_nothing_else_is_asked_for() -> None:
    assert [name for name, service in SERVICES.items() if "profiles" not in service] == ["bot"]


def test_the_token_comes_as_a_file() -> None:
    (secret,) = BOT["secrets"]

    assert BOT["environment"]["DEKBOT_BOT_TOKEN_FILE"] == f"/run/secrets/{secret}"
    assert COMPOSE["secrets"][secret].keys() == {"file"}
    assert "DEKBOT_BOT_TOKEN" not in BOT["environment"]


def test_the_bot_runs_as_its_image_says_and_keeps_what_it_writes() -> None:
    (user,), (volume,) = values(RUNTIME, "USER"), values(RUNTIME, "VOLUME")
    targets = {mount.split(":")[1]: mount.split(":")[0] for mount in BOT["volumes"]}

    assert BOT["user"] == user
    assert targets[volume] in COMPOSE["volumes"]
    assert any(re.match(r"/tmp\b", mount) for mount in BOT["tmpfs"])  # noqa: S108 - a mount


def test_what_the_operator_makes_is_in_no_history() -> None:
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    (env_file,) = BOT["env_file"]
    secrets = [secret["file"] for secret in COMPOSE["secrets"].values()]

    assert env_file["required"] is False
    assert {f"deploy/{env_file['path']}", "deploy/backups/", "deploy/secrets/"} <= set(ignored)
    assert all(path.startswith("./secrets/") for path in secrets)


def test_the_bot_has_the_time_that_it_needs_to_end() -> None:
    assert parse_duration(BOT["stop_grace_period"]).total_seconds() > 10


def test_the_bot_is_asked_how_it_is_as_its_image_says() -> None:
    (check,) = values(RUNTIME, "HEALTHCHECK")
    options = {
        name.replace("-", "_"): value for name, value in re.findall(r"--([a-z-]+)=(\S+)", check)
    }
    told = BOT["healthcheck"]

    assert told["test"] == ["CMD", *json.loads(check.partition("CMD ")[2])]
    assert {name: str(told[name]) for name in options} == options


def test_the_files_that_are_mounted_are_there_or_are_the_operators_to_make() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service["volumes"]]
    sources = {source for mount in mounts if (source := mount.split(":")[0]).startswith("./")}
    files = [config["file"] for config in COMPOSE["configs"].values()]
    ours = sources - {"./backups"}

    assert [name for name in sorted(ours) if not (DEPLOY / name).exists()] == []
    assert [name for name in files if not (DEPLOY / name).is_file()] == []
    assert (DEPLOY / BOT["build"]["context"] / BOT["build"]["dockerfile"]).is_file()
