"""The wheel, as it is installed: nothing of the checkout beside it."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot import __version__
from tests.aids.deploying import PROJECT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as pip does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(  # noqa: S603 - our own arguments
        [*build, "--directory", str(folder)], cwd=PROJECT, check=True, capture_output=True
    )
    (file,) = folder.glob("*.whl")
    with ZipFile(file) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def dekbot(wheel: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the wheel's in the folder, where `bot` is nothing but the wheel's."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DEKBOT_")}
    return subprocess.run(  # noqa: S603 - likewise
        [sys.executable, "-P", "-m", "bot", *arguments],
        cwd=folder,
        env={**usual, "PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_of_the_package_is_in_it(wheel: Path) -> None:
    """Profiles, languages, the chat page and the Bot API's description among them."""
    here = {
        path.relative_to(PROJECT)
        for path in (PROJECT / "bot").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {str(path) for path in here if not (wheel / path).is_file()} == set()


def test_nothing_else_is_in_it(wheel: Path) -> None:
    top = {path.name for path in wheel.iterdir()}

    assert top == {"bot", f"dekbot-{__version__}.dist-info"}
    assert {path.name for path in (wheel / "bot").iterdir()} - {
        path.name for path in (PROJECT / "bot").iterdir()
    } == {"migrations"}


def test_it_makes_a_database_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    told = dekbot(wheel, tmp_path, "--version")
    made = dekbot(wheel, tmp_path, "migrate")

    assert (told.returncode, told.stdout) == (0, f"dekbot {__version__}\n")
    assert (made.returncode, made.stderr) == (0, "")
    assert "Done: 0001" in made.stdout
    assert (tmp_path / "data" / "dekbot.db").is_file()


def test_its_own_migrations_are_what_it_goes_by(wheel: Path) -> None:
    versions = {path.name for path in (wheel / "bot" / "migrations" / "versions").glob("*.py")}

    assert versions == {path.name for path in (PROJECT / "migrations" / "versions").glob("*.py")}
