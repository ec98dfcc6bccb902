"""Health over HTTP."""

import pytest
from structlog.testing import capture_logs

from bot.domain.readiness import Check, Condition
from bot.web.health import health_routes
from tests.aids.looking import served

FEED = "https://www.example.org/feed/"


class Supervised:
    """A bot whose checks are what a test says."""

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions
        self.looks = 0

    async def look(self) -> list[Check]:
        self.looks += 1
        return [
            Check(name="source", subject=FEED, condition=one, text="As it is.", seconds=1.5)
            for one in self.conditions
        ]


async def test_it_tells_that_the_bot_lives_and_looks_at_nothing() -> None:
    bot = Supervised(Condition.FAILED)
    async with served(health_routes(bot.look)) as asked:
        assert await asked.get("/health/live") == (200, {"status": "ok"})
    assert bot.looks == 0


@pytest.mark.parametrize(
    ("condition", "status"),
    [(Condition.OK, 200), (Condition.DEGRADED, 200), (Condition.FAILED, 503)],
)
async def test_readiness_is_told_by_status_and_check_by_check(
    condition: Condition, status: int
) -> None:
    bot = Supervised(Condition.OK, condition)
    async with served(health_routes(bot.look)) as asked:
        got = await asked.get("/health/ready")

    told = {"check": "source", "subject": FEED, "text": "As it is.", "seconds": 1.5}
    checks = [told | {"status": "ok"}, told | {"status": condition.value}]
    assert got == (status, {"status": condition.value, "checks": checks})


async def test_what_is_told_is_kept_by_nobody_in_between() -> None:
    async with served(health_routes(Supervised().look)) as asked:
        for path in ("/health/live", "/health/ready"):
            assert (await asked.headers(path))["Cache-Control"] == "no-store"


async def test_a_fault_of_ours_is_told_without_its_traceback() -> None:
    async def look() -> list[Check]:
        raise RuntimeError("a secret of ours")

    with capture_logs() as logs:
        async with served(health_routes(look)) as asked:
            status, told = await asked.get("/health/ready")

    assert (status, told["status"]) == (500, "failed")
    assert "secret" not in told["text"]
    assert [event["event"] for event in logs if event["log_level"] == "error"] == [
        "web_request_failed"
    ]


@pytest.mark.parametrize("path", ["/", "/health", "/health/ready/", "/metrics/../etc", "/%00"])
async def test_an_unknown_path_is_not_found(path: str) -> None:
    async with served(health_routes(Supervised().look)) as asked:
        assert await asked.get(path) == (404, {"status": "failed", "text": "Not Found"})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_a_wrong_method_is_told_with_those_that_are_right(method: str) -> None:
    async with served(health_routes(Supervised().look)) as asked:
        assert await asked.get("/health/ready", method) == (
            405,
            {"status": "failed", "text": "Method Not Allowed"},
        )
        assert (await asked.headers("/health/ready", method))["Allow"] == "GET,HEAD"
