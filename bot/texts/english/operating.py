"""What administrators are told of sources and backups, and users who ask too much."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "source.failing": (
        "<b>A source has failed for an hour</b>\n{source}\n\n{fault}\n\n"
        "Failing since {since}. I keep trying, and tell you when it is back."
    ),
    "source.back": (
        "<b>The source is back</b>\n{source}\n\nIt had failed since {since}."
        " What it published meanwhile comes unless it is too old."
    ),
    "backup.failing": (
        "<b>No backup could be made</b>\n{fault}\n\n"
        "Failing since {since}. I keep trying, and tell you when it works again."
    ),
    "backup.back": "<b>Backups work again</b>\nThey had failed since {since}.",
    "flood.wait": "A moment, please: that was a lot at once. I answer again in a few seconds.",
    "flood.wait-toast": "A moment, please: that was a lot at once.",
}
