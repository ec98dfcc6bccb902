"""What stands behind /alerts: a query to be added, or a verb with the search that it is about.

The rules, in their order:

1. A first word that is one of the verbs is that verb; in quotation marks it is a query's word.
2. `name NAME: QUERY` adds a search with a name; the colon has a space behind it.
3. `edit` and `name` take a search's number and then the new words.
4. The other verbs take a number, a name, or the query itself.
5. Everything else is a query.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NAMED: Final = re.compile(r"(?P<name>[^:]+?)\s*:\s+(?P<query>\S.*)", re.DOTALL)
_QUOTES: Final = "\"'\u201c\u201d\u201e\u201f\u00ab\u00bb "


class Verb(StrEnum):
    ADD = "add"
    NAME = "name"
    EDIT = "edit"
    REMOVE = "remove"
    PAUSE = "pause"
    RESUME = "resume"
    LOUD = "loud"
    SILENT = "silent"
    LATER = "later"
    USUAL = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the reader wants done."""

    verb: Verb
    #: The search's number, name or query, as typed; empty for a new one.
    which: str = ""
    #: The new query, or the new name of an old search.
    text: str = ""
    #: Of a new search.
    name: str = ""


_VERBS: Final = {verb.value: verb for verb in Verb} | {
    "rename": Verb.NAME,
    "delete": Verb.REMOVE,
    "unpause": Verb.RESUME,
}


def read_order(typed: str) -> Order:
    """Return what is wanted; any text whatever is an order."""
    first, _, rest = typed.strip().partition(" ")
    verb, rest = _VERBS.get(first.casefold()), rest.strip()
    if verb is None:
        return Order(verb=Verb.ADD, text=typed.strip())
    if verb is Verb.ADD:
        return Order(verb=verb, text=rest)
    if verb is Verb.NAME and (named := _NAMED.fullmatch(rest)):
        return Order(verb=Verb.ADD, name=named["name"].strip(_QUOTES), text=named["query"])
    if verb in (Verb.NAME, Verb.EDIT):
        which, _, text = rest.partition(" ")
        return Order(verb=verb, which=which, text=text.strip())
    return Order(verb=verb, which=rest.strip(_QUOTES))
