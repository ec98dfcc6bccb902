"""Every event that the program logs, found in its source, and as `docs/operating/events.md` has it.

An event's name is the first argument of `log.info(…)` and its like: a text, or a choice of two.
Where a call names it through a variable, `NAMED_THROUGH` says which names that may be.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
DOCUMENT: Final = PROJECT / "docs" / "operating" / "events.md"
#: What each method logs as.
LEVELS: Final = {
    "debug": "debug",
    "info": "info",
    "warning": "warning",
    "error": "error",
    "exception": "error",
    "critical": "critical",
}
#: The module and the variable, and the names that it may hold; each is a text of that module.
NAMED_THROUGH: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("bot/services/reporting.py", "event"): (
        "chat_retired",
        "topic_retired",
        "chat_moved",
        "chat_silent",
    ),
    ("bot/services/source_control.py", "event"): ("source_switched_on", "source_switched_off"),
    ("bot/services/telling.py", "event"): ("notice_sent", "notice_undeliverable"),
}
_ROW: Final = re.compile(r"^\| `(\w+)` \| ([a-z, ]+) \|(.*?)\| .+ \| .+ \|$", re.MULTILINE)


@dataclass(slots=True, kw_only=True)
class Event:
    name: str
    levels: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    #: Whether a call gives fields that cannot be read off it (`**fields`).
    has_more: bool = False
    #: Where it is logged.
    places: set[str] = field(default_factory=set)


def logged_events() -> dict[str, Event]:
    """Return what the program logs, by name; raises ValueError for a name that cannot be told."""
    found: dict[str, Event] = {}
    for path in sorted((PROJECT / "bot").rglob("*.py")):
        module = path.relative_to(PROJECT).as_posix()
        for call, levels in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{module}:{call.lineno}"
            for name in _names(call.args[0], module, place):
                event = found.setdefault(name, Event(name=name))
                event.levels |= levels
                named = {keyword.arg for keyword in call.keywords if keyword.arg}
                event.fields |= named - {"exc_info"}
                event.has_more |= any(keyword.arg is None for keyword in call.keywords)
                event.places.add(place)
    return found


def documented_events() -> dict[str, Event]:
    rows = _ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    return {
        name: Event(
            name=name, levels=set(levels.split(", ")), fields=set(re.findall(r"`(\w+)`", fields))
        )
        for name, levels, fields in rows
    }


def _calls(module: ast.Module) -> Iterator[tuple[ast.Call, set[str]]]:
    """Yield the calls that log, and the levels that each may have."""
    chosen = {
        target.id: _levels(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and _levels(node.value)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if levels := chosen.get(name) or _levels(node.func):
                yield node, levels


def _levels(node: ast.expr) -> set[str]:
    """Return the levels of `log.info`, and of `log.info if … else log.debug`."""
    match node:
        case ast.IfExp(body=first, orelse=second):
            return _levels(first) | _levels(second)
        case ast.Attribute(value=ast.Name(id="log"), attr=method) if method in LEVELS:
            return {LEVELS[method]}
    return set()


def _names(node: ast.expr, module: str, place: str) -> tuple[str, ...]:
    match node:
        case ast.Constant(value=str(name)):
            return (name,)
        case ast.IfExp(body=first, orelse=second):
            return (*_names(first, module, place), *_names(second, module, place))
        case ast.Name(id=variable) if (module, variable) in NAMED_THROUGH:
            return NAMED_THROUGH[module, variable]
    raise ValueError(
        f"{place} names an event in a way that cannot be read: write its name there, or add module,"
        f" variable and names to NAMED_THROUGH in {Path(__file__).relative_to(PROJECT)}"
    )
