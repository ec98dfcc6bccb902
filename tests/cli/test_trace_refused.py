"""`dekbot trace` where it can tell nothing: the real application, one sentence, nothing made."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from bot.cli import main
from bot.storage.migrate import migrate, undo
from tests.aids.application import Ended
from tests.aids.damage import overwrite

ARTICLE: Final = "https://www.nknews.org/2024/08/an-article/"


@pytest.fixture
def path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the database is to be."""
    monkeypatch.setenv("DEKBOT_DATABASE_URL", f"sqlite+aiosqlite:///{folder}/dekbot.db")
    return folder / "dekbot.db"


@pytest.fixture
def trace(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(["trace", *arguments])
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return call


def older(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    undo(f"sqlite:///{path}", "0003")


def newer(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def damaged(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    overwrite(path, seed=3, at=0, pages=1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: None, "does not exist; dekbot run, poll or import makes it"),
        (lambda path: path.mkdir(), "does not exist"),
        (lambda path: path.write_text("no database" * 500), "is no database"),
        (lambda path: path.write_bytes(b""), "without a schema"),
        (older, "is 0003, and this Dekbot works on"),
        (newer, "was written by a newer Dekbot (9999)"),
        (damaged, "is no database, or its beginning is damaged"),
    ],
)
def test_a_database_that_cannot_tell_is_one_sentence_and_stays_as_it_is(
    trace: Callable[..., Ended], path: Path, make: Callable[[Path], object], words: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None

    ended = trace(ARTICLE)

    (sentence,) = ended.err.splitlines()
    assert (ended.status, ended.out) == (2, "")
    assert words in sentence
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(
    "target", ["", " ", "/", "ftp://a/b", "https://", "two words", "http://[::1", "http://x:port/"]
)
def test_what_is_no_address_is_one_sentence_and_makes_nothing(
    trace: Callable[..., Ended], path: Path, target: str
) -> None:
    ended = trace(target)

    (sentence,) = ended.err.splitlines()
    assert (ended.status, ended.out) == (2, "")
    assert sentence.startswith(f"{target!r}: no article can have this address; expected one like")
    assert list(path.parent.iterdir()) == []


def test_what_was_never_met_is_told_and_is_status_2(
    trace: Callable[..., Ended], path: Path
) -> None:
    migrate(f"sqlite:///{path}")

    ended = trace(ARTICLE, "--chat", "-1001234567890")

    assert (ended.status, ended.err) == (2, "")
    assert f"{ARTICLE} is not known: no source has shown it." in ended.out
    assert "takes the address for an article's" in ended.out
