"""What `check` says of the way that updates come."""

from datetime import UTC, datetime

import pytest

from bot.app.checks.updates import updates
from bot.domain.reachability import WebhookReport
from bot.services.reports import Verdict

OURS = "https://bot.example.org/telegram"
OTHERS = "https://other.example/hook-that-is-secret"


@pytest.mark.parametrize(
    ("set_", "wanted", "is_running", "failure", "verdict", "words"),
    [
        pytest.param("", None, True, "", Verdict.OK, "are fetched; 2 are waiting", id="fetched"),
        pytest.param(OTHERS, None, True, "", Verdict.WARNING, "other.example", id="a stranger's"),
        pytest.param(OTHERS, None, False, "", Verdict.WARNING, "other.example", id="left behind"),
        pytest.param(OURS, OURS, True, "", Verdict.OK, "are brought to bot.example.org", id="ours"),
        pytest.param(
            OURS, OURS, True, "Connection refused", Verdict.WARNING, "refused", id="unreachable"
        ),
        pytest.param(
            OURS, OURS, False, "Connection refused", Verdict.OK, "refused", id="nobody there"
        ),
        pytest.param("", OURS, False, "", Verdict.OK, "dekbot run sets it", id="not yet set"),
        pytest.param("", OURS, True, "", Verdict.WARNING, "are fetched", id="taken away"),
        pytest.param(OTHERS, OURS, True, "", Verdict.WARNING, "other.example", id="changed"),
    ],
)
def test_updates_that_do_not_come_where_they_should_are_worth_a_look(
    set_: str, wanted: str | None, is_running: bool, failure: str, verdict: Verdict, words: str
) -> None:
    failed_at = datetime(2026, 1, 1, tzinfo=UTC) if failure else None
    report = WebhookReport(url=set_, waiting=2, failed_at=failed_at, failure=failure)

    finding = updates(report, wanted, is_running=is_running)

    assert finding.verdict is verdict
    assert words in finding.text
    assert "secret" not in finding.text
    assert bool(finding.remedy) is (verdict is Verdict.WARNING)
