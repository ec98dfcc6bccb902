"""What a publisher's word that an article is out has us read, and when.

The rules, in their order:

1. What lists all that is published is read first: feeds, then WordPress's interface, each in the
   profile's order, until one of them shows the article. Section pages show a part, and tell less
   of it: they are read where a site has nothing else, and in the last round.
2. The caches of a site lag. As long as the article is not there, there is one round after another,
   with `PAUSES` before them; then it is left to polling.
3. An article that is known already gets one round: it may have been corrected.
4. Whoever calls, and however often: a source is read at `READINGS`' pace at most, and left alone
   for `REST` seconds after a reading that failed. Calls are taken at the pace of `CALLS`.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.allowance import Pace

#: Seconds before each round: five minutes in all, the most that caches usually keep a feed for.
PAUSES: Final = (0.0, 2.0, 3.0, 10.0, 15.0, 30.0, 60.0, 180.0)
#: Of one source, because of calls: the first rounds of one article, then six a minute.
READINGS: Final = Pace(burst=5, every=10.0, pause=2.0)
#: Far more than any desk publishes.
CALLS: Final = Pace(burst=60, every=1.0)
#: Seconds.
REST: Final = 15.0
_LISTS: Final = ("feed", "wordpress")

#: A source's address and kind.
_Key = tuple[str, str]


def reading_order(sources: Sequence[_Key], *, last_round: bool = False) -> list[_Key]:
    """Return the sources that may show any article, in the order of reading (rule 1)."""
    lists = [source for kind in _LISTS for source in sources if source[1] == kind]
    pages = [source for source in sources if source[1] not in _LISTS]
    return [*lists, *pages] if last_round or not lists else lists
