import json
from pathlib import Path
from typing import Any

import pytest

from bot.demo.botapi.methods import served
from bot.demo.botapi.spec import Spec, dump, extract

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "bot-api" / "api.json"
COMMITTED = Path(__file__).resolve().parents[3] / "bot" / "demo" / "botapi" / "spec.json"


@pytest.mark.skipif(not SHARED.exists(), reason="the whole specification is not here")
def test_the_committed_extract_is_what_the_specification_yields() -> None:
    full = json.loads(SHARED.read_text(encoding="utf-8"))

    assert COMMITTED.read_text(encoding="utf-8") == dump(extract(full, served()))


def test_every_served_method_is_in_the_extract(spec: Spec) -> None:
    assert set(spec.methods) == set(served())


@pytest.mark.parametrize(
    ("kind", "value", "faults"),
    [
        ("Integer", 7, []),
        ("Integer", True, ["Integer: Integer expected, got bool"]),
        ("Integer|String", "@wire", []),
        ("Array of String", "no", ["Array of String: Array of String expected"]),
        ("Array of Array of Integer", [[1], ["x"]], None),
        ("User", {"id": 1, "is_bot": False, "first_name": "A"}, []),
        ("User", {"id": 1, "is_bot": False}, ["User.first_name: required in User"]),
        ("BotCommand", {"command": "a", "description": "b", "x": 1}, None),
        ("ChatMember", {"status": "left", "user": {}}, None),
        ("User", 3, ["User: User expected, got int"]),
    ],
)
def test_a_value_is_held_against_its_type(
    spec: Spec, kind: str, value: Any, faults: list[str] | None
) -> None:
    found = spec.faults(kind, value)

    assert (found == faults) if faults is not None else found
