"""What the project's files promise of each other."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot import __version__
from bot.cli.commands import cli
from bot.settings import Settings, load_settings
from bot.settings.loading import known_variables

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
MODULES = sorted(path for name in ("bot", "chaos") for path in (PROJECT / name).rglob("*.py"))

#: Of the standard library's urllib, what the domain may use: it reads addresses, not the network.
PURE_URLLIB = {"urllib.parse"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def tracked_files() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
            cwd=PROJECT,
            capture_output=True,
            check=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no checkout")
    paths = [PROJECT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def examples() -> dict[str, str]:
    """Return the variables of `.env.example` with their values."""
    return dict(re.findall(r"^#(DEKBOT_[A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def files() -> set[str]:
    """Return the variables that name a file with a secret."""
    return {name for name in examples() if name.endswith("_FILE")}


def test_the_example_names_every_setting_and_no_other() -> None:
    assert examples().keys() == known_variables()


def test_the_example_shows_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in known_variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    uncommented = re.sub(r"^#(?=DEKBOT_)", "", EXAMPLE, flags=re.MULTILINE)
    (tmp_path / ".env").write_text(uncommented, encoding="utf-8")

    assert load_settings().model_dump() == Settings().model_dump()


def test_the_example_leaves_empty_only_what_has_no_default() -> None:
    """Otherwise the test before would pass with a value missing."""
    empty = {name for name, value in examples().items() if not value}
    fields = Settings.model_fields.items()
    without = {f"DEKBOT_{name.upper()}" for name, field in fields if field.default in (None, ())}

    assert empty == without | files()


def test_the_example_explains_every_setting_just_above_it() -> None:
    for paragraph in EXAMPLE.strip().split("\n\n")[1:]:
        *comments, setting = paragraph.splitlines()

        assert setting.startswith("#DEKBOT_")
        assert comments
        assert all(comment.startswith("# ") for comment in comments)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(DEKBOT_\w+)` \| (?:`(.*?)`)? ?\|", README, re.MULTILINE))

    assert rows == {n: v for n, v in examples().items() if n not in files()}


def test_the_readme_lists_every_command() -> None:
    listed = set(re.findall(r"^\| `dekbot (\w+)", README, re.MULTILINE))
    group = typer.main.get_command(cli)

    assert listed == set(vars(group)["commands"])


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    texts = [README, (PROJECT / ".ci" / "run").read_text(encoding="utf-8")]
    calls = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
    named = {name for text in texts for name in calls.findall(text)}

    assert named
    assert named <= targets


def test_what_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)

    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_constraints_are_versions_and_nothing_else() -> None:
    wrong = [line for line in CONSTRAINTS if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)]

    assert CONSTRAINTS
    assert wrong == []


def test_constraints_cover_what_the_project_asks_for() -> None:
    pinned = dict(line.split("==") for line in CONSTRAINTS)
    versions = {canonicalize_name(name): version for name, version in pinned.items()}
    project = PYPROJECT["project"]
    wanted = map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["dev"]])

    uncovered = [
        str(one)
        for one in wanted
        if not one.specifier.contains(versions.get(canonicalize_name(one.name), "0"))
    ]

    assert uncovered == []


def test_no_file_names_a_place_on_one_machine() -> None:
    # Put together here, so that this file does not name them itself.
    places = re.compile("|".join(f"/{place}/" for place in ("root", "work", "home/[a-z]", "opt")))
    found = [
        name_of(path)
        for path in tracked_files()
        if path.suffix not in {".png", ".json"}
        and places.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


def test_no_lock_file_is_kept() -> None:
    locks = re.compile(r"(.*\.lock|pylock.*\.toml|Pipfile\.lock)")

    assert [name_of(path) for path in tracked_files() if locks.fullmatch(path.name)] == []


def test_rooms_are_small() -> None:
    """No file is longer than 250 lines."""
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {name: lines for name, lines in long.items() if lines > 250} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }

    assert {name: lines for name, lines in long.items() if lines > 60} == {}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_domain_needs_the_standard_library_only() -> None:
    """import-linter knows floors and top-level packages; this closes what it cannot say."""
    foreign = [
        f"{name_of(path)}: {name}"
        for path in MODULES
        if path.is_relative_to(PROJECT / "bot" / "domain")
        for name in imports(path)
        if not name.startswith("bot.domain.")
        and (name.split(".")[0] not in sys.stdlib_module_names or is_network(name))
    ]

    assert foreign == []


def is_network(name: str) -> bool:
    return name.startswith("urllib") and name not in PURE_URLLIB


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## [{__version__}]" in changelog


def test_continuous_integration_runs_the_same_commands() -> None:
    workflow = (PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    tests = workflow.partition("\n  image:")[0]
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.findall(r"run: (.*)", tests) == [".ci/run"]
    first, second, *_ = re.findall(r"^make .*", script, re.MULTILINE)
    assert [first, second] == ["make test", "make check"]
