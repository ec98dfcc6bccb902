"""When the log tells that Telegram cannot reach the webhook."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.reachability import Change, Reachability, WebhookReport

URL = "https://bot.example.org/telegram"


def report(waiting: int, failed: int | None) -> WebhookReport:
    """Return a report; `failed` counts minutes, whichever they are from."""
    at = None if failed is None else datetime(2026, 3, 4, tzinfo=UTC) + timedelta(minutes=failed)
    return WebhookReport(url=URL, waiting=waiting, failed_at=at, failure="Connection refused")


@pytest.mark.parametrize(
    ("reports", "changes"),
    [
        pytest.param([(3, 1, False)], [None], id="a failure from before is no news"),
        pytest.param([(0, None, False), (3, 1, False)], [None, Change.BROKEN], id="it fails"),
        pytest.param(
            [(0, None, False), (0, 1, True)], [None, None], id="brought at the second try"
        ),
        pytest.param(
            [(3, 1, False), (3, 1, False)], [None, None], id="no failure since the bot began"
        ),
        pytest.param(
            [(0, None, False), (3, 1, False), (4, 2, False), (4, 2, False)],
            [None, Change.BROKEN, None, None],
            id="told once for as long as it lasts",
        ),
        pytest.param(
            [(0, None, False), (3, 1, False), (0, 1, True)],
            [None, Change.BROKEN, Change.MENDED],
            id="nothing waits any more",
        ),
        pytest.param(
            [(0, None, False), (3, 1, False), (2, 1, True)],
            [None, Change.BROKEN, Change.MENDED],
            id="updates come, and none fails",
        ),
        pytest.param(
            [(0, None, False), (3, 1, False), (2, 2, True)],
            [None, Change.BROKEN, None],
            id="some come and some fail",
        ),
        pytest.param(
            [(0, None, False), (3, 1, False), (0, 1, True), (5, 9, False)],
            [None, Change.BROKEN, Change.MENDED, Change.BROKEN],
            id="it fails again",
        ),
    ],
)
def test_each_change_is_told_once(
    reports: list[tuple[int, int | None, bool]], changes: list[Change | None]
) -> None:
    reachability = Reachability()

    told = [reachability.judge(report(w, f), came=came) for w, f, came in reports]

    assert told == changes
