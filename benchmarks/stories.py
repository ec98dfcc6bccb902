"""How well articles are joined to stories, and how the rules' measures stand among others.

Two invented newsrooms' months (`tests/aids/newsrooms.py`): the measures are tuned on the first and
held against the second, which the sweep never looks at. Each month is placed article by article as
the planner does it, in a young archive and in one that has been kept for years; as it happened,
and crowded into the days of one story.

Precision: how many of the articles that were joined to a story belong to it. Recall: how many of
those that go on with a story were joined to it. Mutes: of how many articles a mute of an earlier
one holds back the later one, and how many of these pairs are of two stories.
"""

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from bot.domain.likeness import RULES, Archive, Rules
from tests.aids.newsrooms import Told, crowded, held_out, tuning
from tests.aids.threads import GROWN, Tally, archive_of, muted, placings, tally

#: The measures, with the values that are tried in place of the chosen one.
TRIED: dict[str, tuple[float, ...]] = {
    "least_score": (0.20, 0.22, 0.24, 0.26, 0.28, 0.30, 0.33),
    "least_evidence": (3, 4, 5),
    "rare": (0.10, 0.15, 0.20, 0.25, 0.30),
    "in_headline": (1.0, 1.25, 1.5, 1.75, 2.0),
    "name": (1.0, 1.2, 1.4, 1.6, 1.8),
    "other_sections": (0.5, 0.7, 0.85, 1.0),
    "others": (0.0, 0.2, 0.4, 0.6, 0.8),
    "sure_score": (0.26, 0.30, 0.35, 0.40),
    "sure_telling": (1, 2, 3),
}
AGES = {"young": 1, "grown": GROWN}
FIGURES = ("wrong", "missed", "precision", "recall", "F1", "mutes", "wrong mutes")


def figures(month: Sequence[Told], archive: Archive, rules: Rules = RULES) -> tuple[str, ...]:
    placed = list(placings(month, archive, rules))
    found: Tally = tally(placed)
    held_back = muted(placed, archive, rules)
    wrongly = sum(one.story != later.story for one, later in held_back)
    shares = (f"{one:.3f}" for one in (found.precision, found.recall, found.f1))
    return str(found.wrong), str(found.missed), *shares, str(len(held_back)), str(wrongly)


def stand() -> Table:
    table = Table(title="Going on with a story, as the rules are")
    for column in ("month", "archive", "pace", "articles", *FIGURES):
        table.add_column(
            column, justify="left" if column in ("month", "archive", "pace") else "right"
        )
    for name, month in {"tuning": tuning(), "held out": held_out()}.items():
        for age, growth in AGES.items():
            archive = archive_of(month, growth)
            for pace, told in {"as it was": month, "crowded": crowded(month)}.items():
                table.add_row(name, age, pace, str(len(month)), *figures(told, archive))
        table.add_section()
    return table


def sweep(age: str) -> Table:
    title = f"The measures and their neighbours, on the crowded month for tuning, {age} archive"
    table = Table(title=title)
    for column in ("measure", "value", *FIGURES):
        table.add_column(column, justify="left" if column == "measure" else "right")
    month = tuning()
    archive = archive_of(month, AGES[age])
    for measure, values in TRIED.items():
        for value in values:
            rules = replace(RULES, **{measure: value})  # type: ignore[arg-type]  # whole ones are whole
            shown = f"{value:g}{' *' if rules == RULES else '  '}"
            table.add_row(measure, shown, *figures(crowded(month), archive, rules))
        table.add_section()
    return table


def main() -> None:
    console = Console(width=120)
    console.print(stand())
    for age in AGES:
        console.print(sweep(age))
    console.print("* as chosen")


if __name__ == "__main__":
    main()
