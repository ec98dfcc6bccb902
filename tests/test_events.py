"""`docs/operating/events.md` names every event that the program logs, and no other."""

import ast

from tests.aids.events import (
    DOCUMENT,
    NAMED_THROUGH,
    PROJECT,
    Event,
    documented_events,
    logged_events,
)

LOGGED = logged_events()
DOCUMENTED = documented_events()
NAME = DOCUMENT.relative_to(PROJECT)


def row(event: Event) -> str:
    """Return the row that is to be filled in."""
    fields = ", ".join(f"`{one}`" for one in sorted(event.fields))
    levels = ", ".join(sorted(event.levels))
    return f"| `{event.name}` | {levels} | {fields} | means … | what to do … |"


def test_every_event_is_documented() -> None:
    missing = [LOGGED[name] for name in sorted(LOGGED.keys() - DOCUMENTED.keys())]
    rows = "\n".join(f"{row(one)}   (logged at {', '.join(sorted(one.places))})" for one in missing)

    assert missing == [], f"add to a table of {NAME}:\n{rows}"


def test_every_documented_event_is_logged() -> None:
    unknown = sorted(DOCUMENTED.keys() - LOGGED.keys())

    assert unknown == [], f"take out of {NAME}, for nothing logs it: {', '.join(unknown)}"


def test_levels_agree() -> None:
    wrong = [
        f"{name} is {', '.join(sorted(LOGGED[name].levels))}"
        for name in sorted(LOGGED.keys() & DOCUMENTED.keys())
        if LOGGED[name].levels != DOCUMENTED[name].levels
    ]

    assert wrong == [], f"put the level right in {NAME}: {'; '.join(wrong)}"


def test_fields_agree() -> None:
    """Fields that are gathered elsewhere (`**fields`) may be documented, and are not looked for."""
    wrong: list[str] = []
    for name in sorted(LOGGED.keys() & DOCUMENTED.keys()):
        logged, told = LOGGED[name], DOCUMENTED[name]
        lacking = sorted(logged.fields - told.fields)
        unknown = [] if logged.has_more else sorted(told.fields - logged.fields)
        wrong += [f"{name}: add `{one}`" for one in lacking]
        wrong += [f"{name}: take out `{one}`" for one in unknown]

    assert wrong == [], f"put the fields right in {NAME}: {'; '.join(wrong)}"


def test_each_event_has_one_row() -> None:
    rows = DOCUMENT.read_text(encoding="utf-8").splitlines()
    starts = [line.split("|")[1].strip() for line in rows if line.startswith("| `")]

    assert sorted(starts) == sorted(f"`{name}`" for name in DOCUMENTED), "a row cannot be read"


def test_names_given_through_a_variable_are_in_their_module() -> None:
    absent = [
        f"{module}: {name}"
        for (module, _), names in NAMED_THROUGH.items()
        for name in names
        if f'"{name}"' not in (PROJECT / module).read_text(encoding="utf-8")
    ]

    assert absent == []


def test_every_logger_is_called_log() -> None:
    """Only so are the events found."""
    found = [
        ast.unparse(node)
        for path in (PROJECT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and "get_logger" in ast.unparse(node.value)
    ]

    assert len(found) > 20
    assert {one.partition(" = ")[0] for one in found} == {"log"}
