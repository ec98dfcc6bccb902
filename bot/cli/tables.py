"""Shows reports as tables."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.cells import cell, table
from bot.cli.terminal import plain
from bot.domain.article import Published, Teaser
from bot.services.reports import Finding, ImportReport, PollReport, Verdict

_STYLES: Final = {
    Verdict.OK: "green",
    Verdict.WARNING: "yellow",
    Verdict.FAILED: "bold red",
}


def findings_table(findings: Sequence[Finding]) -> RenderableType:
    shown = table("What", "Verdict", "Found", "What to do")
    for finding in findings:
        verdict = Text(finding.verdict, style=_STYLES[finding.verdict])
        shown.add_row(cell(finding.subject), verdict, cell(finding.text), cell(finding.remedy))
    return shown


def polls_table(reports: Sequence[PollReport]) -> RenderableType:
    """Return what was read from every source, then a row for each source."""
    if not reports:
        return Text("No source is to be read now.")
    shown = table("Source", "Kind", "Outcome", "Read", "New", "Alerting")
    for report in reports:
        outcome = f"{report.outcome}: {report.fault}" if report.fault else report.outcome
        style = _STYLES[Verdict.FAILED if report.fault else Verdict.OK]
        numbers = (len(report.teasers), report.new, report.alerts)
        shown.add_row(
            cell(report.source),
            cell(report.kind),
            cell(outcome, style),
            *(Text(str(number), justify="right") for number in numbers),
        )
    return Group(*(_teasers(report) for report in reports if report.teasers), shown)


def import_lines(report: ImportReport) -> RenderableType:
    told = Text(f"{report.read} articles read, {report.new} of them new; nobody was alerted.")
    return Group(told, *(cell(fault, _STYLES[Verdict.FAILED]) for fault in report.faults))


def _teasers(report: PollReport) -> Table:
    shown = table("Published", "Headline", "Topics", "Byline")
    shown.title = cell(report.source)
    shown.title_justify = "left"
    for teaser in report.teasers:
        shown.add_row(
            _date(teaser.published),
            _headline(teaser),
            _names(topic.name for topic in (*teaser.labels, *teaser.sections)),
            _names(topic.name for topic in teaser.authors),
        )
    return shown


def _headline(teaser: Teaser) -> Text:
    headline = cell(teaser.headline, f"bold link {plain(teaser.url)}")
    return Text("\n").join([headline, cell(teaser.dek)]) if teaser.dek else headline


def _date(published: Published | None) -> Text:
    if published is None:
        return Text("")
    return Text(
        f"{published.at:%Y-%m-%d %H:%M}" if published.has_time else f"{published.at:%Y-%m-%d}"
    )


def _names(names: Iterable[str]) -> Text:
    return cell(", ".join(names))
