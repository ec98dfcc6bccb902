"""HTML into a tree, unless it is made to choke on.

The parser takes time in proportion to the square of how deep elements are nested (measured with
100,000 open `div`: 54 s, during which nothing else runs), and copies unclosed formatting into
every paragraph. Pages that people wrote are far from either.
"""

import re
from collections import Counter
from typing import Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bot.domain.errors import SourceError

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^<>]*/(?=>))?)")
_MOST_OPEN: Final = 3_000
_MOST_FORMATTING: Final = 200
_FORMATTING_NAMES: Final = "b big code em font i nobr s small strike strong tt u"
_FORMATTING: Final = frozenset(_FORMATTING_NAMES.split())
#: Closed by themselves, or by the next of their kind.
_CLOSING_NAMES: Final = (
    "a area base body br col colgroup dd dt embed head hr html img input li link meta optgroup"
    " option p param rp rt source tbody td tfoot th thead tr track wbr"
)
_CLOSING: Final = frozenset(_CLOSING_NAMES.split())


def parse_html(text: str) -> LexborHTMLParser:
    """Return the page's tree; raises SourceError `not-a-page`."""
    if not is_sane(text):
        raise SourceError("not-a-page", "The answer is HTML that no browser could show.")
    try:
        return LexborHTMLParser(text.encode("utf-8", errors="replace").decode("utf-8"))
    except (SelectolaxError, ValueError) as error:
        raise SourceError("not-a-page", f"The answer cannot be read as HTML: {error}.") from None


def is_sane(text: str) -> bool:
    """Return whether no more elements are open at any place than a page can need."""
    open_by_name: Counter[str] = Counter()
    unclosed = formatting = 0
    for closing, written, closed_at_once in _TAG.findall(text):
        name = written.lower()
        if name in _CLOSING or (closed_at_once and open_by_name["svg"]):
            continue
        if closing and not open_by_name[name]:
            continue
        change = -1 if closing else 1
        open_by_name[name] += change
        unclosed += change
        formatting += change if name in _FORMATTING else 0
        if unclosed > _MOST_OPEN or formatting > _MOST_FORMATTING:
            return False
    return True
