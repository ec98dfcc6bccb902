"""Reports: written, read again, compared; and files that are none."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import report
from benchmarks.figures import Benchmark, Notes
from benchmarks.report import EarlierReportError, Result

MACHINE = {"date": "2026-01-01", "cores": 2}


def result(name: str, *values: float, at_most: float | None = None) -> Result:
    notes = Notes()
    for value in values:
        notes.add("time", value, "s", at_most=at_most)
    benchmark = Benchmark(name=name, workload="Work.", measure=lambda _notes, _rounds: None)
    return Result(benchmark=benchmark, figures=notes.figures, seconds=1.0)


def shown(one: Result, earlier: report.Earlier | None = None) -> str:
    console = Console(record=True, width=160, file=StringIO())
    report.show(console, one, earlier)
    return console.export_text(styles=True)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report.write(path, MACHINE, [result("a", 1.0, 3.0, 2.0, at_most=2.0)])

    figure = report.read(path)["a", "time"]
    assert figure["values"] == [1.0, 3.0, 2.0]
    assert (figure["least"], figure["median"], figure["greatest"]) == (1.0, 2.0, 3.0)
    assert figure["goal"] == {"at_most": 2.0, "at_least": None}


def test_a_report_keeps_what_did_not_run_and_replaces_what_did(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report.write(path, MACHINE, [result("a", 1.0), result("b", 1.0)])
    report.write(path, MACHINE, [result("b", 9.0)])

    medians = {name: figure["median"] for (name, _), figure in report.read(path).items()}
    assert medians == {"a": 1.0, "b": 9.0}


@pytest.mark.parametrize(
    ("before", "cell", "is_apart"),
    [
        ([4.0, 5.0], "x 0.33", True),  # not one of the values is in the other's range
        ([1.0, 5.0], "x 0.50", False),
        ([0.0], "0", True),  # there is no ratio to nothing
    ],
)
def test_a_figure_stands_beside_the_earlier_one(
    before: list[float], cell: str, tmp_path: Path, *, is_apart: bool
) -> None:
    """It is bold where the ranges do not touch: only then something has surely changed."""
    path = tmp_path / "report.json"
    report.write(path, MACHINE, [result("a", *before)])

    told = shown(result("a", 1.0, 2.0), report.read(path))

    assert cell in told
    last = next(line for line in told.splitlines() if "time" in line)
    assert ("\x1b[1m" in last) is is_apart


def test_a_figure_that_the_earlier_report_lacks_is_new(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report.write(path, MACHINE, [result("other", 1.0)])

    assert "new" in shown(result("a", 1.0), report.read(path))


def test_a_goal_is_shown_as_met_or_missed() -> None:
    assert "≤ 2 \x1b[32mmet" in shown(result("a", 1.0, at_most=2.0))
    assert "≤ 2 \x1b[31mmissed" in shown(result("a", 3.0, at_most=2.0))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no JSON",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"results": 5}',
        b'{"results": ["a"]}',
        b'{"results": [{"benchmark": "a"}]}',
        b'{"results": [{"benchmark": "a", "figures": [{"what": "time"}]}]}',
        (
            b'{"results": [{"benchmark": "a", "figures": [{"what": "t", "median": "x",'
            b' "least": 1, "greatest": 1}]}]}'
        ),
    ],
)
def test_a_file_that_is_no_report_is_told_and_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)

    with pytest.raises(EarlierReportError, match=r"report\.json is no report of benchmarks"):
        report.read(path)
    with pytest.raises(EarlierReportError):
        report.write(path, MACHINE, [result("a", 1.0)])
    assert path.read_bytes() == content


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EarlierReportError, match="No such file"):
        report.read(tmp_path / "none.json")
