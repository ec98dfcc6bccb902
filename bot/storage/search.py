"""Puts a query to the full-text index: the SQL twin of `bot.domain.query.answers`.

Groups of words that stand alone go into one MATCH, which the index walks from the newest article
on; whatever MATCH cannot say (topics, dates, negations joined by OR) becomes a condition on the
articles that it yields.
"""

from dataclasses import dataclass, field
from typing import Final, assert_never

from bot.domain.query import Carries, From, Literal, Phrase, Prefix, Query, Term, Until
from bot.domain.relevance import HEADLINE_WEIGHT, asked_words
from bot.storage.instants import to_number

_ARTICLES: Final = "articles a"


@dataclass
class _Values:
    """Collects the statement's parameters under names of their own."""

    given: dict[str, object] = field(default_factory=dict)

    def name(self, value: object) -> str:
        name = f"v{len(self.given)}"
        self.given[name] = value
        return f":{name}"


def matching_ids(query: Query) -> tuple[str, dict[str, object]]:
    """Return the statement that yields the ids of answering articles, newest first.

    Its parameters `limit` and `offset` are the caller's.
    """
    start, where, values = _clauses(query)
    order = "a.id" if start == _ARTICLES else "f.rowid"
    page = f"ORDER BY {order} DESC LIMIT :limit OFFSET :offset"
    # All that a reader typed is a parameter.
    return f"SELECT a.id FROM {start} WHERE {where} {page}", values  # noqa: S608


def ranked_ids(query: Query) -> tuple[str, dict[str, object]]:
    """Return the statement that yields the ids of answering articles, the most relevant first.

    The rules are those of `bot.domain.relevance`; a query without words is a ValueError. Besides
    `limit` and `offset`, the parameter `ranked` is the caller's: how many of the newest answers
    are put in order.
    """
    wanted = asked_words(query)
    if not wanted:
        raise ValueError("nothing in the query can be ranked")
    start, where, values = _clauses(query)
    values["headline"] = f"{{headline}} : ({_every(wanted)})"
    # All that a reader typed is a parameter.
    statement = f"""
        SELECT id FROM (
            SELECT a.id AS id, bm25(articles_fts, {HEADLINE_WEIGHT}) AS score
            FROM {start} WHERE {where} ORDER BY f.rowid DESC LIMIT :ranked
        )
        ORDER BY
            id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :headline) DESC,
            score,
            id DESC
        LIMIT :limit OFFSET :offset
    """  # noqa: S608
    return statement, values


def matching_count(query: Query) -> tuple[str, dict[str, object]]:
    """Return the statement that yields how many articles answer."""
    start, where, values = _clauses(query)
    return f"SELECT COUNT(*) FROM {start} WHERE {where}", values  # noqa: S608 - as above


def _clauses(query: Query) -> tuple[str, str, dict[str, object]]:
    """Return what to read from, the conditions, and their parameters."""
    values = _Values()
    wanted = asked_words(query)
    absent = [group for group in query.groups if _is_absence(group)]
    others = [group for group in query.groups if group not in wanted and group not in absent]
    if not wanted:
        others += absent
    conditions = [_condition(group, values) for group in others]
    start = _ARTICLES
    if wanted:
        match = _every(wanted)
        for group in absent:
            match = f"({match}) NOT {_expression(group[0].term)}"
        start = "articles_fts f JOIN articles a ON a.id = f.rowid"
        conditions.insert(0, f"articles_fts MATCH {values.name(match)}")
    return start, " AND ".join(conditions) or "true", values.given


def _is_absence(group: tuple[Literal, ...]) -> bool:
    return len(group) == 1 and group[0].negated and isinstance(group[0].term, Phrase | Prefix)


def _every(groups: list[tuple[Literal, ...]]) -> str:
    return " AND ".join(f"({_any(group)})" for group in groups)


def _any(group: tuple[Literal, ...]) -> str:
    return " OR ".join(_expression(literal.term) for literal in group)


def _expression(term: Term) -> str:
    """Return words as MATCH says it. Words hold letters and digits only: quotes hold them."""
    match term:
        case Phrase(stems):
            return f'{{headline dek}} : "{" ".join(stems)}"'
        case Prefix(start):
            return f'"{start}" *'
        case _:
            raise TypeError(term)


def _condition(group: tuple[Literal, ...], values: _Values) -> str:
    return "(" + " OR ".join(_literal(literal, values) for literal in group) + ")"


def _literal(literal: Literal, values: _Values) -> str:
    condition = _term(literal.term, values)
    return f"NOT ({condition})" if literal.negated else condition


def _term(term: Term, values: _Values) -> str:
    match term:
        case Phrase() | Prefix():
            match = values.name(_expression(term))
            return f"a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH {match})"  # noqa: S608 - a parameter's name
        case Carries(kind, key):
            return (
                "EXISTS (SELECT 1 FROM article_topics c"  # noqa: S608 - parameters' names
                " WHERE c.article_id = a.id AND NOT c.withdrawn"
                " AND c.topic_id = (SELECT id FROM topics"
                f" WHERE kind = {values.name(str(kind))} AND key = {values.name(key)}))"
            )
        case From(moment):
            return f"a.published_at >= {values.name(to_number(moment))}"
        case Until(moment):
            return f"a.published_at < {values.name(to_number(moment))}"
    assert_never(term)
