"""What is said to a standing search that cannot be saved."""

from collections.abc import Sequence
from typing import Final

from bot.domain.query import Fault, Problem
from bot.services.searches import SearchFault
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip
from bot.texts.escape import Html

_LONGEST_PART: Final = 40
_MOST_PROBLEMS: Final = 3
_PROBLEMS: Final = {Fault.NO_DATE: "search.no-date", Fault.TOO_LONG: "search.too-long"}
_FAULTS: Final = {
    SearchFault.EMPTY: "searches.empty",
    SearchFault.TOO_LONG: "searches.too-long",
    SearchFault.TOO_MANY: "searches.too-many",
}


def fault_of(texts: Texts, fault: SearchFault | None) -> str:
    """Return why a search was not saved, as plain text."""
    return texts.plain(_FAULTS[fault] if fault else "toast.search-gone")


def problems_of(texts: Texts, problems: Sequence[Problem]) -> list[Html]:
    """Return what of a query made no sense, at most three lines."""
    return [
        texts.t(_PROBLEMS[one.fault], part=clip(clean(one.part), _LONGEST_PART))
        for one in problems[:_MOST_PROBLEMS]
    ]
