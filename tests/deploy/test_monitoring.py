"""Dashboard, rules and scrape example ask for figures that the bot shows."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.domain.readiness import Connection, SourceReadings
from bot.services.figures import Snapshot, Stored
from bot.services.records import OpenFigures
from bot.settings import Settings
from bot.web.metrics import metrics_routes
from tests.aids.looking import served
from tests.aids.metered import Metered

PROJECT = Path(__file__).resolve().parents[2]
DEPLOY = PROJECT / "deploy"
PAGE = (PROJECT / "docs" / "operating" / "monitoring.md").read_text(encoding="utf-8")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

FEED = "https://www.example.org/feed/"
RULE_TESTS = Path(__file__).with_name("alerts_test.yml")

#: Prometheus' own, and the labels that it gives to whatever it scrapes.
GIVEN = {"up"}
GIVEN_LABELS = {"job", "instance"}
#: What a query may hold beside names of figures and of their labels.
FUNCTIONS = {
    *("sum", "count", "min", "by", "on", "and", "or", "unless", "vector", "time"),
    *("rate", "increase", "changes", "histogram_quantile"),
}


def load(path: str) -> Any:
    text = (DEPLOY / path).read_text(encoding="utf-8")
    return json.loads(text) if path.endswith(".json") else yaml.safe_load(text)


def panels() -> list[dict[str, Any]]:
    return [one for one in load("grafana/dashboard.json")["panels"] if one["type"] != "row"]


def rules() -> list[dict[str, Any]]:
    return [rule for group in load("prometheus/alerts.yml")["groups"] for rule in group["rules"]]


def queries() -> Iterator[str]:
    for panel in panels():
        yield from (target["expr"] for target in panel["targets"])
    yield from (rule["expr"] for rule in rules())
    yield from (
        one["definition"]
        for one in load("grafana/dashboard.json")["templating"]["list"]
        if one["type"] == "query"
    )


def names_in(query: str) -> set[str]:
    """Return the figures that a PromQL query asks for."""
    bare = re.sub(r'\{[^}]*\}|"[^"]*"|\[[^]]*\]', " ", query)
    bare = re.sub(r"\b(by|on|without|ignoring)\s*\([^)]*\)", " ", bare)
    if values := re.fullmatch(r"label_values\((\w+), *\w+\)", bare):
        return {values[1]}
    return set(re.findall(r"[a-zA-Z_:][\w:]*", bare)) - FUNCTIONS


def labels_in(query: str) -> set[tuple[str, str]]:
    """Return figures with a label each that the query picks them by."""
    picked = re.findall(r"(\w+)\{([^}]*)\}", query)
    return {
        (name, label)
        for name, within in picked
        for label in re.findall(r"(\w+)\s*[!=]?[=~]", within)
    }


@pytest.fixture
async def exported() -> dict[str, set[str]]:
    """The labels of every figure that is shown by a bot that has lived a little."""
    meter = Metered()
    meter.polled(FEED, "feed", "read")
    meter.asked("sendMessage", "200")
    source = SourceReadings(url=FEED, kind="feed", interval=timedelta(minutes=5), read_at=NOON)
    nothing = OpenFigures(owed=0, due=0, held=0, oldest_due=None)
    stored = Stored(at=NOON, deliveries=nothing, sources=(source,))

    async def look() -> Snapshot:
        return Snapshot(stored=stored, connection=Connection(answered_at=NOON))

    async with served(metrics_routes(meter.registry, look)) as asked:
        text = await asked.text("/metrics")
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_figure_that_is_asked_for_is_shown(exported: dict[str, set[str]]) -> None:
    asked = {name for query in queries() for name in names_in(query)}

    assert len(asked) > 20
    assert asked - exported.keys() == GIVEN


def test_figures_are_picked_by_labels_that_they_have(exported: dict[str, set[str]]) -> None:
    picked = {pair for query in queries() for pair in labels_in(query)}

    assert ("dekbot_sends_total", "outcome") in picked
    wrong = {
        (name, label)
        for name, label in picked
        if label not in exported.get(name, set()) | GIVEN_LABELS
    }
    assert wrong == set()


def test_every_figure_of_ours_is_explained(exported: dict[str, set[str]]) -> None:
    ours = {re.sub(r"_(bucket|sum|count)$", "", name) for name in exported if "dekbot" in name}
    explained = set(re.findall(r"`(dekbot_\w+)", PAGE))

    assert ours == explained


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_a_rule_says_how_bad_it_is_and_in_words_what(rule: dict[str, Any]) -> None:
    assert rule["alert"].startswith("Dekbot")
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert "$labels" in rule["annotations"]["summary"]
    assert rule["annotations"]["description"].endswith(".")
    assert f"`{rule['alert']}`" in PAGE


def test_every_rule_is_tried_out_on_a_bad_day() -> None:
    tried = yaml.safe_load(RULE_TESTS.read_text(encoding="utf-8"))["tests"]
    expected = [
        sample["labels"]
        for test in tried
        for asked in test.get("promql_expr_test", ())
        for sample in asked.get("exp_samples", ())
    ]
    fired = {name for labels in expected for name in re.findall(r'alertname="(\w+)"', labels)}

    assert fired == {rule["alert"] for rule in rules()}


def test_the_rules_do_on_bad_days_what_they_are_for() -> None:
    if shutil.which("promtool") is None:
        pytest.skip("promtool is not installed; it comes with Prometheus")
    for arguments in (
        ["check", "config", DEPLOY / "prometheus" / "prometheus.yml"],
        ["test", "rules", RULE_TESTS],
    ):
        ended = subprocess.run(  # noqa: S603 - our own files
            ["promtool", *map(str, arguments)],  # noqa: S607 - from the PATH, as it is installed
            capture_output=True,
            text=True,
            check=False,
        )

        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_scrape_example_finds_rules_and_bot() -> None:
    example = load("prometheus/prometheus.yml")
    (job,) = example["scrape_configs"]
    port = Settings.model_fields["web_port"].default

    assert [(DEPLOY / "prometheus" / name).is_file() for name in example["rule_files"]] == [True]
    assert job["job_name"] == "dekbot"
    assert job["static_configs"] == [{"targets": [f"127.0.0.1:{port}"]}]


def test_the_dashboard_s_panels_are_told_apart_and_lie_side_by_side() -> None:
    dashboard = load("grafana/dashboard.json")
    every = dashboard["panels"]
    taken = [
        (x, y)
        for panel in every
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]

    assert len({panel["id"] for panel in every}) == len(every)
    assert len(set(taken)) == len(taken)
    assert max(x for x, _ in taken) < 24
    for panel in panels():
        assert panel["title"]
        assert panel["description"]
        assert panel["targets"]
        assert panel["datasource"]["uid"] == "${datasource}"
    assert {one["name"] for one in dashboard["templating"]["list"]} == {"datasource", "instance"}
