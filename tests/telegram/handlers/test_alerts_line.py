"""What stands behind /alerts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.handlers.alerts_line import Order, Verb, read_order


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("coal OR iron", Order(verb=Verb.ADD, text="coal OR iron")),
        ("add coal", Order(verb=Verb.ADD, text="coal")),
        ('"remove" troops', Order(verb=Verb.ADD, text='"remove" troops')),
        (
            'name Kim\u2019s sister: "Kim Yo Jong" OR "Kim Yo-jong" OR \uae40\uc5ec\uc815',
            Order(
                verb=Verb.ADD,
                name="Kim\u2019s sister",
                text='"Kim Yo Jong" OR "Kim Yo-jong" OR \uae40\uc5ec\uc815',
            ),
        ),
        (
            "name \u201cPorts\u201d : section:economy",
            Order(verb=Verb.ADD, name="Ports", text="section:economy"),
        ),
        ("name 2 Ports", Order(verb=Verb.NAME, which="2", text="Ports")),
        ("rename 2 Ports", Order(verb=Verb.NAME, which="2", text="Ports")),
        ("name section:economy", Order(verb=Verb.NAME, which="section:economy")),
        ("EDIT 1 coal  -iron", Order(verb=Verb.EDIT, which="1", text="coal  -iron")),
        ("remove Ports of call", Order(verb=Verb.REMOVE, which="Ports of call")),
        ("pause", Order(verb=Verb.PAUSE)),
    ],
)
def test_a_line_is_a_query_or_a_verb_with_its_object(typed: str, order: Order) -> None:
    assert read_order(typed) == order


@given(st.text())
def test_any_text_is_an_order(typed: str) -> None:
    order = read_order(typed)

    assert order.text in typed
    assert order.which in typed
