"""Puts a query to the full-text index: the SQL twin of `bot.domain.query.answers`.

Words and topics go into one MATCH, which the index walks from the newest article on, within the
range of ids that the query's dates leave (`bot.storage.search_branches`). What MATCH cannot say
becomes a condition on the articles that it yields; there is little of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.domain.query import Carries, From, Literal, Phrase, Prefix, Query, Term, Until
from bot.domain.relevance import HEADLINE_WEIGHT, asked_words
from bot.storage.article_ids import ASTRAY, first_id, last_id
from bot.storage.article_words import MARK
from bot.storage.instants import to_number
from bot.storage.search_branches import Branch, Group, as_one, branches
from bot.storage.search_match import TOPIC, Values, match_of

_NOTHING: Final = "SELECT id FROM articles WHERE false"
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
#: The least or greatest id of what may be published then, those astray included; see `ASTRAY`.
_BOUND: Final = f"""
    {{extreme}}({{usual}}, COALESCE((
        SELECT {{extreme}}(id) FROM articles INDEXED BY ix_articles_astray
        WHERE {ASTRAY} AND published_at {{condition}}
    ), {{usual}}))
"""  # noqa: S608 - made of constants


_SCORE: Final = f"bm25(articles_fts, {HEADLINE_WEIGHT}, 1.0, 1.0, 0.0)"
#: The columns that count; what differs from its stem (`inflected`) is no part of a phrase.
_HEADLINE: Final = ("w.headline",)
_EVERYWHERE: Final = ("w.headline", "w.dek", "w.inflected")


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with its parameters; all that a reader typed is one of these."""

    statement: str
    values: dict[str, object]


def matching_ids(query: Query, limit: int, offset: int) -> Asked:
    """Return the statement that yields the `id`s of answering articles, newest first."""
    values = Values({"limit": limit, "offset": offset})
    parts = [f"{_select(one, values)} ORDER BY id DESC" for one in branches(query)]
    if len(parts) == 1:
        return Asked(f"{parts[0]} LIMIT :limit OFFSET :offset", values.given)
    values.given["reach"] = limit + offset
    every = " UNION ".join(f"SELECT id FROM ({part} LIMIT :reach)" for part in parts)  # noqa: S608 - all that a reader typed is a parameter
    page = "ORDER BY id DESC LIMIT :limit OFFSET :offset"
    return Asked(f"SELECT id FROM ({every or _NOTHING}) {page}", values.given)  # noqa: S608 - as above


def ranked_ids(query: Query, limit: int, offset: int, ranked: int) -> Asked:
    """Return the statement that yields the `id`s of answering articles, the most relevant first.

    The rules are those of `bot.domain.relevance`; a query without words is a ValueError. Only so
    many (`ranked`) of the newest answers are put in order. What they are ordered by is yielded too.
    """
    wanted = asked_words(query)
    if not wanted:
        raise ValueError("nothing in the query can be ranked")
    values = Values({"limit": limit, "offset": offset, "ranked": ranked})
    by_headline = " AND ".join(_condition(group, values, _HEADLINE) for group in wanted)
    found = _select(as_one(query), values, f"{_SCORE} AS score, {by_headline} AS by_headline")
    return Asked(
        f"""
        SELECT id, score, by_headline FROM ({found} ORDER BY id DESC LIMIT :ranked)
        ORDER BY by_headline DESC, score, id DESC
        LIMIT :limit OFFSET :offset
        """,  # noqa: S608 - as above
        values.given,
    )


def matching_count(query: Query) -> Asked:
    """Return the statement that yields how many articles answer."""
    values = Values()
    parts = [_select(one, values) for one in branches(query)]
    every = " UNION ".join(parts) or _NOTHING
    return Asked(f"SELECT COUNT(*) FROM ({every})", values.given)  # noqa: S608 - as above


def _select(branch: Branch, values: Values, further: str = "") -> str:
    """Return a SELECT of the ids in a branch."""
    number = "f.rowid" if branch.groups else "a.id"
    tables, conditions = [], []
    if branch.groups:
        tables.append("articles_fts f")
        conditions.append(f"articles_fts MATCH {match_of(branch.groups, values)}")
    if branch.first or branch.end or branch.residue or not branch.groups:
        tables.append("articles a")
        conditions.append(f"a.id = {number}")
    if branch.residue or further:
        tables.append("article_words w")
        conditions.append(f"w.article_id = {number}")
    conditions += _bounds(branch, number, values)
    conditions += [_condition(group, values) for group in branch.residue]
    columns = f"{number} AS id" + (f", {further}" if further else "")
    # The index comes first, whatever the planner may think of its cost.
    source = " CROSS JOIN ".join(tables)
    return f"SELECT {columns} FROM {source} WHERE {' AND '.join(conditions)}"  # noqa: S608 - as above


def _bounds(branch: Branch, number: str, values: Values) -> list[str]:
    """Return the conditions on when an article was published, and on its id, which tells it too."""
    found = []
    if branch.first:
        usual, condition = first_id(branch.first - _SECOND), f">= {_moment(branch.first, values)}"
        bound = _BOUND.format(extreme="MIN", usual=values.name(usual), condition=condition)
        found += [f"{number} >= {bound}", f"a.published_at {condition}"]
    if branch.end:
        usual, condition = last_id(branch.end + _DAY), f"< {_moment(branch.end, values)}"
        bound = _BOUND.format(extreme="MAX", usual=values.name(usual), condition=condition)
        found += [f"{number} <= {bound}", f"a.published_at {condition}"]
    return found


def _condition(group: Group, values: Values, columns: Sequence[str] = _EVERYWHERE) -> str:
    """Return the condition on one article's words, topics and date, without the index."""
    return "(" + " OR ".join(_literal(literal, values, columns) for literal in group) + ")"


def _literal(literal: Literal, values: Values, columns: Sequence[str]) -> str:
    condition = _term(literal.term, values, columns)
    return f"NOT ({condition})" if literal.negated else condition


def _term(term: Term, values: Values, columns: Sequence[str]) -> str:
    match term:
        case Phrase(stems):
            name = values.name(f" {' '.join(stems)} ")
            texts = [one for one in columns if one != "w.inflected"]
            return " OR ".join(f"instr(' ' || {one} || ' ', {name}) > 0" for one in texts)
        case Prefix(start):
            name = values.name(f" {start}")
            return " OR ".join(f"instr(' ' || {one}, {name}) > 0" for one in columns)
        case Carries(kind, key):
            topic = TOPIC.format(kind=values.name(str(kind)), key=values.name(key))
            return f"instr(w.topics || ' ', ' {MARK}' || {topic} || ' ') > 0"
        case From(moment):
            return f"a.published_at >= {_moment(moment, values)}"
        case Until(moment):
            return f"a.published_at < {_moment(moment, values)}"
    assert_never(term)


def _moment(moment: datetime, values: Values) -> str:
    return values.name(to_number(moment))
