"""Finding articles again."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "search.title": "Search: {query}",
    "search.nothing": (
        "Nothing found. Try fewer words or another spelling; <code>sanction*</code> finds every"
        " word that begins so."
    ),
    "search.nothing-filtered": ("Nothing found. Tap a filter to take it away, or try fewer words."),
    "search.near": "Or do you look for one of these?",
    "search.no-more": "There is nothing more.",
    "search.how": (
        "Write what to look for behind the command:\n\n"
        "<code>/search sanctions</code>: the word, in any form\n"
        '<code>/search "supply chain"</code>: the words in a row\n'
        "<code>/search missil*</code>: words that begin so\n"
        "<code>/search coal OR iron -china</code>: one of two, and not a third\n"
        '<code>/search author:"Jane Doe"</code>: by author; also <code>section:</code> and'
        " <code>label:</code>\n"
        "<code>/search russia after:2024-01-31 before:2024-06</code>: by date"
    ),
    "search.no-date": (
        "I left out {part}: write a date as <code>2024</code>, <code>2024-01</code> or"
        " <code>2024-01-31</code>."
    ),
    "search.too-long": "The query is very long; I left out its end, from {part}.",
    "search.shortened": "The query is very long; I looked for its beginning.",
    "search.previous": "← Newer",
    "search.next": "Older →",
    "search.by-relevance": "By relevance",
    "filter.only": "Only {name}",
    "filter.active": "✓ {name}",
    "filter.recent": "Last 30 days",
    "filter.since": "Since {day}",
    "filter.before": "Before {day}",
    "inline.nothing": "Nothing found. Search in the bot",
    "latest.title": "<b>Latest from {site}</b>",
    "latest.topic": "<b>Latest: {topic}</b>",
    "latest.nothing": "There are no articles here yet.",
}
