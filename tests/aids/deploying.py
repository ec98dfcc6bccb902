"""Reads what deploys: the Dockerfile, the compose file and the unit of systemd."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

PROJECT: Final = Path(__file__).resolve().parents[2]
DEPLOY: Final = PROJECT / "deploy"


@dataclass(frozen=True, slots=True)
class Instruction:
    name: str
    value: str


def stages() -> list[list[Instruction]]:
    """Return the Dockerfile's instructions: before the first FROM, then each stage's."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", without_comments).splitlines()
    found: list[list[Instruction]] = [[]]
    for line in filter(None, map(str.strip, lines)):
        name, _, value = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append(Instruction(name, value.strip()))
    return found


def values(stage: Sequence[Instruction], name: str) -> list[str]:
    return [one.value for one in stage if one.name == name]


def compose() -> dict[str, Any]:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def unit() -> dict[str, list[str]]:
    """Return all that the service's unit sets, whatever the section; a key may come repeatedly."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "dekbot.service").read_text(encoding="utf-8").splitlines():
        key, is_set, value = line.partition("=")
        if is_set and not key.startswith("#"):
            found.setdefault(key, []).append(value)
    return found
