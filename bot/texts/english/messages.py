"""Alerts, digests and what is said when something goes wrong."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "alert.updated": "Updated {clock}",
    "alert.open": "Open",
    "alert.mute": "Mute…",
    "article.others": {
        "one": "{names} and {count} other",
        "other": "{names} and {count} others",
    },
    "article.untitled": "(without a headline)",
    "digest.title": {"one": "{count} new article", "other": "{count} new articles"},
    "digest.edition": {
        "one": "Your edition \u00b7 {count} article",
        "other": "Your edition \u00b7 {count} articles",
    },
    "digest.catch-up": {
        "one": "While it was quiet \u00b7 {count} article",
        "other": "While it was quiet \u00b7 {count} articles",
    },
    "digest.part": "{title} · part {part} of {parts}",
    "digest.elsewhere": "Other news",
    "error.sorry": (
        "Sorry, that did not work, and it is our fault rather than yours. The fault has been"
        " noted. Please try again in a minute."
    ),
}
