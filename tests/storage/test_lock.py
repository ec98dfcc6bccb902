"""One bot to a database."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError, DatabaseError
from bot.storage.lock import held, holder


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def test_a_second_bot_is_told_who_holds_the_database_and_since_when(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "dekbot.db"
    with (
        held(url(path), now),
        pytest.raises(DatabaseError, match=r"process \d+ on \S+ .* since 2026-03-04 05:06 UTC"),
        held(url(path), now),
    ):
        pass


def test_another_name_of_the_same_file_is_the_same_database(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "dekbot.db"
    link = tmp_path / "link.db"
    with held(url(path), now):
        link.symlink_to(path)
        with pytest.raises(DatabaseError, match="in use"), held(url(link), now):
            pass


def test_the_lock_ends_with_its_holder_and_the_next_one_signs(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "dekbot.db"
    with held(url(path), now):
        pass
    with held(url(path), now.replace(year=2027)):
        told = json.loads(path.with_name("dekbot.db.lock").read_text())

    assert told["since"].startswith("2027")


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 7}', '{"since": 7}', "\0\0"])
def test_whatever_the_file_says_the_refusal_is_a_sentence(
    left: str, tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "dekbot.db"
    with held(url(path), now):
        path.with_name("dekbot.db.lock").write_text(left)
        with pytest.raises(DatabaseError, match="another process"), held(url(path), now):
            pass


def test_a_url_that_names_no_file_is_the_settings_fault(now: datetime) -> None:
    with pytest.raises(ConfigurationError), held("sqlite+aiosqlite:///:memory:", now):
        pass


def test_a_lock_file_that_cannot_be_made_is_told(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "dekbot.db.lock").mkdir()

    with (
        pytest.raises(DatabaseError, match="cannot be written"),
        held(url(tmp_path / "dekbot.db"), now),
    ):
        pass


def test_who_only_asks_for_the_holder_leaves_nothing_and_is_in_nobodys_way(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "new" / "dekbot.db"
    assert holder(url(path)) is None
    assert list(tmp_path.iterdir()) == []

    with held(url(path), now):
        during = holder(url(path))
    after = holder(url(path))
    with held(url(path), now):
        again = holder(url(path))

    assert during is not None
    assert "has been running on it since 2026-03-04 05:06 UTC" in during
    assert (after, again) == (None, during)
