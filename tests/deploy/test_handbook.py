"""The operator's handbook, and what else tells an operator what to type."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from bot.cli.commands import cli
from bot.settings.loading import known_variables
from tests.aids.deploying import DEPLOY, PROJECT

FRONT: Final = PROJECT / "docs" / "operating.md"
PAGES: Final = [FRONT, *sorted((PROJECT / "docs" / "operating").glob("*.md"))]
#: What an operator reads or copies.
TEXTS: Final = [
    *PAGES,
    *(path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and path.suffix != ".json"),
]
#: `dekbot` as a command, and what follows it up to the end of the command.
CALL: Final = re.compile(
    r"(?:^|[\s`(/])(?:dekbot|run --rm bot) +(?P<name>[a-z]+)\b(?P<rest>[^`|;&#\n]*)", re.MULTILINE
)
COMMANDS: Final[dict[str, Any]] = vars(typer.main.get_command(cli))["commands"]


def code(page: Path) -> str:
    """Return what stands as code on the page: fenced, or within a line."""
    text = page.read_text(encoding="utf-8")
    fence = re.compile(r"^ *```.*?\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`]+)`", fence.sub("", text))
    return "\n".join([*fence.findall(text), *(" ".join(span.split()) for span in inline)])


def calls(page: Path) -> Iterator[tuple[str, list[str]]]:
    for found in CALL.finditer(code(page)):
        yield found["name"], re.findall(r"(?<!\S)--[a-z][a-z-]*", found["rest"])


def options_of(name: str) -> set[str]:
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bDEKBOT_[A-Z_]+\b", path.read_text(encoding="utf-8")))

    assert named - known_variables() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    unknown = [
        " ".join(["dekbot", name, *options])
        for name, options in calls(page)
        if name not in COMMANDS or not set(options) <= options_of(name)
    ]

    assert unknown == []


def test_the_front_page_names_the_commands_that_an_operator_needs() -> None:
    """Otherwise the test before would pass where it finds none."""
    named = {name for name, _ in calls(FRONT)}

    assert {"check", "health", "run", "demo", "backup", "restore", "migrate"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    anchors = {anchor(title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}

    assert [link for link in links if not (page.parent / link).exists()] == []
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_the_front_page_leads_to_every_other_page() -> None:
    text = FRONT.read_text(encoding="utf-8")

    assert [page.name for page in PAGES[1:] if f"(operating/{page.name})" not in text] == []


def anchor(title: str) -> str:
    """Return what a heading is linked by."""
    kept = re.sub(r"[^\w\- ]", "", title.lower())
    return kept.replace(" ", "-")
