"""The program as an operator calls it: processes of their own, over HTTP, on real files."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import State
from tests.aids.ledger import deliveries, headlines
from tests.aids.play import OpenPlay, Play, profile_of
from tests.aids.process import Ended, Warm, dekbot, variables_of
from tests.aids.seeding import seed

pytestmark = pytest.mark.e2e


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with a folder, the variables set, and a site and a Bot API to reach."""

    play: Play
    folder: Path
    variables: dict[str, str]
    program: Warm

    async def calls(self, *arguments: str, **variables: str) -> Ended:
        return await self.program.dekbot(self.folder, *arguments, **self.variables | variables)

    async def reads(self, *arguments: str) -> Any:
        """Return what a command that succeeds prints as JSON."""
        ended = await self.calls(*arguments, "--json")
        assert (ended.status, ended.err) == (0, ""), ended.out
        return json.loads(ended.out)


@pytest.fixture
async def operator(opened: OpenPlay, tmp_path: Path, warm: Warm) -> AsyncIterator[Operator]:
    def profile(newsroom: str) -> str:
        return profile_of(newsroom, "economy")

    async with opened(profile=profile, begin=False) as play:
        folder = tmp_path / "folder"
        folder.mkdir()
        variables = variables_of(play.settings)
        del variables["poll_interval"]
        yield Operator(play, folder, variables, warm)


async def test_python_m_bot_is_the_program(operator: Operator) -> None:
    """All other commands here are forked from one that is loaded."""
    cold = await dekbot(operator.folder, "check", "--json", **operator.variables)
    forked = await operator.calls("check", "--json")

    assert (cold.status, cold.err, json.loads(cold.out)) == (0, "", json.loads(forked.out))
    assert (forked.status, forked.err) == (cold.status, cold.err)


async def test_without_a_token_run_says_in_three_lines_what_to_do(tmp_path: Path) -> None:
    ended = await dekbot(tmp_path, "run")

    assert ended.status == 2
    assert len(ended.complaints) == 3
    assert "@BotFather" in ended.err


async def test_a_wrong_token_is_one_line_that_does_not_repeat_it(operator: Operator) -> None:
    token = "1:" + "x" * 35

    ended = await operator.calls("run", bot_token=token)

    assert (ended.status, ended.out) == (2, "")
    (line,) = [line for line in ended.complaints if "[" not in line]  # the log's have brackets
    assert "does not know the bot's token" in line
    assert "xxx" not in ended.err


async def test_a_database_that_cannot_be_written_is_one_line(operator: Operator) -> None:
    (operator.folder / "taken").write_text("a file, and no folder")
    url = f"sqlite+aiosqlite:///{operator.folder}/taken/dekbot.db"

    ended = await operator.calls("run", database_url=url)

    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert "taken" in ended.err


async def test_what_is_no_database_is_one_line(operator: Operator) -> None:
    path = operator.folder / "notes.txt"
    path.write_text("Remember the milk. " * 500)

    ended = await operator.calls("migrate", database_url=f"sqlite+aiosqlite:///{path}")

    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert path.read_text().startswith("Remember the milk.")


async def test_each_fault_of_a_profile_is_one_line_that_names_file_and_key(
    operator: Operator,
) -> None:
    profile = operator.folder / "mine.toml"
    told = profile_of(operator.play.newsroom.url)
    told = told.replace('timezone = "Asia/Seoul"', 'timezone = "Asia/Soul"')
    profile.write_text(told.replace('kind = "feed"', 'kind = "food"'))

    ended = await operator.calls("run", site=str(profile))

    assert ended.status == 2
    assert len(ended.complaints) == 2
    assert all("mine.toml" in line for line in ended.complaints)
    assert "timezone" in ended.err
    assert "kind" in ended.err


async def test_a_profile_that_is_not_there_is_one_line(operator: Operator) -> None:
    ended = await operator.calls("poll", site="nonews")

    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert "nonews" in ended.err


async def test_check_is_green_where_all_is_well(operator: Operator) -> None:
    findings = await operator.reads("check")

    assert {finding["verdict"] for finding in findings} == {"ok"}
    assert [finding["remedy"] for finding in findings if finding["remedy"]] == []
    feed, page = (f"{operator.play.newsroom.url}/{path}/" for path in ("feed", "tag/economy"))
    assert [finding["subject"] for finding in findings] == [
        "dekbot",
        "sqlite",
        "clock",
        "token",
        "updates",
        "command menu",
        "groups",
        "inline mode",
        "administrators",
        "hook",
        "send rate",
        "database",
        "soundness",
        "schema",
        "disk",
        "bot",
        "archive",
        "chats",
        "outbox",
        "oldest due delivery",
        "backups",
        "site",
        feed,
        f"hub of {feed}",
        page,
        f"polls of {feed}",
        f"polls of {page}",
        f"rhythm of {feed}",
        f"rhythm of {page}",
    ]


async def test_check_names_what_is_broken(operator: Operator) -> None:
    operator.play.newsroom.answer("/feed/", status=500)

    ended = await operator.calls("check", bot_token="1:" + "x" * 35)

    assert ended.status == 2
    assert ended.out.count("│ failed") == 2
    assert "500" in ended.out


async def test_a_dry_poll_tells_what_would_be_and_changes_nothing(operator: Operator) -> None:
    path = operator.play.database_path
    await seed(path, 1)
    first = await operator.reads("poll", "--dry-run")
    assert [(one["outcome"], one["new"]) for one in first] == [("baseline", 3), ("baseline", 1)]
    assert headlines(path) == set()
    await operator.reads("poll")
    operator.play.publish("Would be told", "economy")

    second = await operator.reads("poll", "--dry-run")

    assert [(one["new"], one["alerts"]) for one in second] == [(1, 1), (1, 1)]
    assert len(headlines(path)) == 3
    assert deliveries(path) == []
    assert operator.play.server.sent == []


async def test_a_poll_plans_what_the_bot_then_sends(operator: Operator) -> None:
    play = operator.play
    reader = play.server.reader("Mina", begun=True, person_id=1)
    await seed(play.database_path, 1)
    await operator.reads("poll")
    play.publish("Planned by hand", "economy")

    reports = await operator.reads("poll")
    assert [report["alerts"] for report in reports] == [1, 0]
    assert [row.state for row in deliveries(play.database_path)] == [State.OWED]
    await play.start()

    assert "Planned by hand" in (await play.alert(reader)).text


async def test_preview_shows_an_article_a_page_and_a_feed_and_stores_nothing(
    operator: Operator,
) -> None:
    newsroom = operator.play.newsroom
    moment = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)
    article = operator.play.publish(
        "Cranes stand idle", "economy", dek="In three ports", published=moment
    )

    for target in (newsroom.address(article), f"{newsroom.url}/feed/"):
        letters = await operator.reads("preview", target)
        assert "<b>Cranes stand idle</b>" in letters[0]["html"]
        assert letters[0]["preview_url"] == newsroom.address(article)
    shown = await operator.calls("preview", f"{newsroom.url}/tag/economy/")

    assert shown.status == 0
    assert "Cranes stand idle" in shown.out
    assert "[ Open ]" in shown.out
    assert headlines(operator.play.database_path) == set()


async def test_preview_of_nothing_is_one_line(operator: Operator) -> None:
    ended = await operator.calls("preview", f"{operator.play.newsroom.url}/2024/08/nothing/")

    assert (ended.status, ended.out) == (2, "")
    assert len(ended.complaints) == 1
    assert "404" in ended.err


async def test_what_is_imported_is_found_and_alerts_nobody(operator: Operator) -> None:
    play = operator.play
    saved = operator.folder / "saved.xml"
    link = f"{play.newsroom.url}/2019/05/lighthouse/"
    saved.write_text(
        '<rss version="2.0"><channel><title>T</title><item><title>A lighthouse is lit</title>'
        f"<link>{link}</link><category>Economy</category><description>After ten dark years"
        "</description><pubDate>Wed, 01 May 2019 05:05:00 +0000</pubDate></item></channel></rss>"
    )
    broken = operator.folder / "broken.xml"
    broken.write_text("nothing of the kind")
    await seed(play.database_path, 1)

    ended = await operator.calls("import", str(saved), str(broken))
    assert ended.status == 1
    assert "1 articles read, 1 of them new" in ended.out
    assert "broken.xml" in ended.out
    again = json.loads((await operator.calls("import", str(saved), "--json")).out)
    assert (again["read"], again["new"]) == (1, 0)
    await play.start()
    reader = await play.subscriber()

    assert "A lighthouse is lit" in (await reader.ask("/search lighthouse")).text
    assert deliveries(play.database_path) == []


async def test_migrate_makes_a_database_and_says_so_once(operator: Operator) -> None:
    path = operator.folder / "new" / "dekbot.db"
    url = f"sqlite+aiosqlite:///{path}"

    first = await operator.calls("migrate", database_url=url)
    second = await operator.calls("migrate", database_url=url)

    assert first.out.startswith("Done: 0001")
    assert second.out == "The database is up to date.\n"
    assert headlines(path) == set()
