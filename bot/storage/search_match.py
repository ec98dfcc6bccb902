"""Says words and topics in the full-text index' own language, MATCH."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.query import Carries, Phrase, Prefix, Term
from bot.storage.article_words import INDEXED_BEGINNING, MARK
from bot.storage.search_branches import Group

#: SQL: the number of a topic; no topic has 0.
TOPIC: Final = "COALESCE((SELECT id FROM topics WHERE kind = {kind} AND key = {key}), 0)"

#: A beginning of more words than that is left to the index, which puts all their articles together
#: before it looks at the first.
_MOST_WORDS: Final = 200
#: SQL: all words that begin so, joined by OR.
_WORDS: Final = f"""(
    SELECT CASE COUNT(*)
        WHEN 0 THEN '"{MARK}0"'
        WHEN {_MOST_WORDS + 1} THEN '"' || {{start}} || '" *'
        ELSE group_concat('"' || word || '"', ' OR ')
    END
    FROM (
        SELECT word FROM vocabulary WHERE word >= {{start}} AND word < {{end}}
        LIMIT {_MOST_WORDS + 1}
    )
)"""  # noqa: S608 - made of constants
_BEHIND_ALL: Final = "\U0010ffff"


@dataclass
class Values:
    """Collects a statement's parameters under names of their own."""

    given: dict[str, object] = field(default_factory=dict)

    def name(self, value: object) -> str:
        name = f"v{len(self.given)}"
        self.given[name] = value
        return f":{name}"


def match_of(groups: Iterable[Group], values: Values) -> str:
    """Return SQL for what MATCH is asked: groups of words and topics, all of which must hold.

    Topics come first, with those that are excluded: their lists are the quickest to walk, and what
    they leave is all that the words' lists are asked for.
    """
    every = list(groups)
    topics = [group for group in every if all(isinstance(one.term, Carries) for one in group)]
    words = [group for group in every if group not in topics]
    match = _Match(values)
    if any(map(_is_wanted, topics)) and words:
        match.every(topics)
        if any(map(_is_wanted, words)):
            match.say(" AND ")
            match.every(words)
        else:
            match.exclude(words)
    else:
        match.every(every)
    return match.sql


def _is_wanted(group: Group) -> bool:
    return len(group) > 1 or not group[0].negated


@dataclass(frozen=True)
class _Any:
    """One of the terms occurs, or one of those that are excluded does not."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]


def _group_of(group: Group) -> _Any:
    return _Any(
        tuple(one.term for one in group if not one.negated),
        tuple(one.term for one in group if one.negated),
    )


class _Match:
    """Writes the expression: text that is a parameter, and SQL between."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._pieces: list[str] = []
        self._text = ""

    @property
    def sql(self) -> str:
        self._ask()
        return " || ".join(self._pieces)

    def say(self, text: str) -> None:
        self._text += text

    def every(self, groups: Iterable[Group]) -> None:
        """Write what is wanted, and then what is excluded."""
        known = list(groups)
        self.say("(")
        wanted = (_group_of(group) for group in known if _is_wanted(group))
        self.joined(" AND ", wanted, otherwise=f'"{MARK}"')
        self.exclude(group for group in known if not _is_wanted(group))
        self.say(")")

    def exclude(self, groups: Iterable[Group]) -> None:
        absent = [group[0].term for group in groups]
        if absent:
            self.say(" NOT ")
            self.joined(" OR ", absent)

    def joined(self, by: str, parts: Iterable[Term | _Any], otherwise: str = "") -> None:
        """Write the parts in brackets."""
        self.say("(")
        is_first = True
        for part in parts:
            if not is_first:
                self.say(by)
            self._any(part) if isinstance(part, _Any) else self._term(part)
            is_first = False
        self.say(f"{otherwise})" if is_first else ")")

    def _any(self, group: _Any) -> None:
        if not group.excluded:
            self.joined(" OR ", group.terms)
            return
        self.say("(")
        if group.terms:
            self.joined(" OR ", group.terms)
            self.say(" OR ")
        self.say(f'("{MARK}" NOT ')
        self.joined(" AND ", group.excluded)
        self.say("))")

    def _term(self, term: Term) -> None:
        """Write a term. Words hold letters and digits only: quotes hold them."""
        match term:
            case Phrase(stems):
                self.say(f'{{headline dek}} : "{" ".join(stems)}"')
            case Prefix(start) if len(start) <= INDEXED_BEGINNING:
                self.say(f'"{start}" *')
            case Prefix(start):
                first, end = self._values.name(start), self._values.name(start + _BEHIND_ALL)
                self.say("(")
                self._ask(_WORDS.format(start=first, end=end))
                self.say(")")
            case Carries(kind, key):
                self.say(f'"{MARK}')
                name = self._values.name
                self._ask(TOPIC.format(kind=name(str(kind)), key=name(key)))
                self.say('"')
            case _:
                raise TypeError(term)

    def _ask(self, sql: str = "") -> None:
        """Close the text so far, and go on with what the database finds."""
        if self._text:
            self._pieces.append(self._values.name(self._text))
            self._text = ""
        if sql:
            self._pieces.append(sql)
