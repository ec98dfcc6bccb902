"""Takes a query apart so that dates become ranges of ids, which the index need not look beyond.

`a b OR after:2024` is answered by whatever is answered by `a b` or by `a after:2024`: these are its
branches. Each is a row of groups as a query is, and a stretch of time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.query import From, Literal, Phrase, Prefix, Query, Until

Group = tuple[Literal, ...]

#: A query that would have more is looked at article by article instead.
_MOST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """All of it must hold."""

    #: Of words and topics alone.
    groups: tuple[Group, ...] = ()
    #: What is looked at article by article.
    residue: tuple[Group, ...] = ()
    #: Published at that moment or later, and before that moment; None where any will do.
    first: datetime | None = None
    end: datetime | None = None

    def within(self, first: datetime | None, end: datetime | None) -> "Branch":
        firsts = [one for one in (self.first, first) if one]
        ends = [one for one in (self.end, end) if one]
        return replace(self, first=max(firsts, default=None), end=min(ends, default=None))

    @property
    def is_vain(self) -> bool:
        """Whether nothing whatever answers."""
        if self.first and self.end and self.first >= self.end:
            return True
        alone = {group[0] for group in self.groups if len(group) == 1}
        return any(Literal(one.term, not one.negated) in alone for one in alone)


def branches(query: Query) -> list[Branch]:
    """Return what answers the query between them; none where nothing can."""
    found = [Branch()]
    for group in query.groups:
        choices = list(_choices(group))
        if len(found) * len(choices) > _MOST:
            found = [replace(one, residue=(*one.residue, group)) for one in found]
        else:
            found = [_both(one, choice) for one in found for choice in choices]
        found = [one for one in found if not one.is_vain]
    return found


def as_one(query: Query) -> Branch:
    """Return the query as one branch in which nothing but words stands beside words.

    Words that are joined to others by OR are left to be looked at, article by article: so they do
    not count for relevance.
    """
    found = Branch()
    for group in query.groups:
        choices = list(_choices(group))
        is_mixed = len(choices) > 1 or (len(group) > 1 and any(map(_is_no_word, group)))
        found = (
            replace(found, residue=(*found.residue, group))
            if is_mixed
            else _both(found, choices[0])
        )
    return found


def _both(one: Branch, choice: Branch) -> Branch:
    groups = (*one.groups, *choice.groups)
    return replace(one, groups=groups).within(choice.first, choice.end)


def _choices(group: Group) -> Iterator[Branch]:
    """Yield what suffices, one beside the other: the words and topics, and either kind of date."""
    others = tuple(one for one in group if not isinstance(one.term, From | Until))
    dates = [_bounds(one) for one in group if one not in others]
    firsts = [first for first, _ in dates if first]
    ends = [end for _, end in dates if end]
    if firsts and ends and min(firsts) <= max(ends):
        yield Branch()  # every moment is either after the one or before the other
        return
    if others:
        yield Branch(groups=(others,))
    if firsts:
        yield Branch(first=min(firsts))
    if ends:
        yield Branch(end=max(ends))


def _bounds(literal: Literal) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when a date holds; what is not before a moment is from it on."""
    match literal.term:
        case From(moment):
            return (None, moment) if literal.negated else (moment, None)
        case Until(moment):
            return (moment, None) if literal.negated else (None, moment)
    raise TypeError(literal)


def _is_no_word(literal: Literal) -> bool:
    return literal.negated or not isinstance(literal.term, Phrase | Prefix)
