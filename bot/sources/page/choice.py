"""Which of a page's teasers belong to its matter, and which to lists beside it.

The rules, in their order:

1. What is in the page's margins (navigation, sidebar, header, footer) does not count.
2. A teaser counts that has two of dek, byline and date, and so do its neighbours in the same
   element. If hardly any teaser has that much, one of the three is enough; if hardly any has that,
   all teasers count: a page may be a list of bare headlines.
3. Of several teasers of an article the one that tells most counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.article import Teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    teaser: Teaser
    #: How many of dek, byline and date there are.
    richness: int
    #: Which element holds the teaser and its neighbours.
    container: int
    marginal: bool


def chosen(candidates: Sequence[Candidate]) -> tuple[Teaser, ...]:
    """Return the teasers that count, in order."""
    matter = [each for each in candidates if not each.marginal]
    wanted = _wanted_richness(matter)
    places = {each.container for each in matter if each.richness >= wanted}
    best: dict[str, Candidate] = {}
    for each in matter:
        key = each.teaser.key
        if each.container in places and (key not in best or each.richness > best[key].richness):
            best[key] = each
    return tuple(each.teaser for each in best.values())


def _wanted_richness(candidates: Sequence[Candidate]) -> int:
    for richness in (2, 1):
        if sum(each.richness >= richness for each in candidates) * 4 >= len(candidates):
            return richness
    return 0
