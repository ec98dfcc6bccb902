"""Standing searches, and how often something comes."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "estimate.day": {"one": "about one a day", "other": "about {count} a day"},
    "estimate.week": {"one": "about one a week", "other": "about {count} a week"},
    "estimate.month": {"one": "about one a month", "other": "about {count} a month"},
    "estimate.seldom": "less than one a month",
    # The number is that of the days.
    "estimate.within": {
        "one": "{pace}; {articles} in the last day",
        "other": "{pace}; {articles} in the last {count} days",
    },
    "estimate.never": {"one": "none in the last day", "other": "none in the last {count} days"},
    "estimate.line": "How often: {often}.",
    "estimate.listed": "<b>{name}</b>: {often}",
    "estimate.described": "<b>{name}</b>: {description} ({often})",
    "searches.alert-me": "Alert me on this",
    "searches.saved": "✓ In your alerts",
    "searches.title": "<b>Standing searches</b>",
    "searches.what": "Every new article that answers one of them comes as an alert.",
    "searches.none": (
        "There are none yet. With one, every new article that answers it comes as an alert."
    ),
    "searches.how": (
        "Add one, in words as for /search:\n"
        "<code>/alerts coal OR iron</code>\n"
        '<code>/alerts section:economy author:"Jane Doe" -label:opinion</code>\n'
        "<code>/alerts name Ports: harbour OR quay OR docks</code> gives it a name"
    ),
    "searches.verbs": (
        "Tap one to change it, or write its number: <code>/alerts edit 1 new words</code>,"
        " <code>/alerts name 1 Ports</code>, <code>/alerts pause 1</code>,"
        " <code>/alerts remove 1</code>"
    ),
    "searches.entry": "{number}. {search}\n{often}",
    "searches.paused-mark": "paused",
    "searches.page": "{number}. {search}",
    "searches.added": "<b>✓ You will be alerted on this.</b>",
    "searches.there": "<b>You are alerted on this already.</b>",
    "searches.changed": "<b>✓ Changed.</b>",
    "searches.is-paused": "Paused: it brings nothing until you resume it.",
    "searches.pause": "Pause",
    "searches.resume": "Resume",
    "searches.edit": "Edit or name…",
    "searches.remove": "✕ Remove",
    "searches.all": "↩ All standing searches",
    "searches.one": "↩ Back to it",
    "searches.edit-how": (
        "Write what it shall look for, or a name for it, behind its number:\n"
        "<code>/alerts edit {number} {query}</code>\n"
        "<code>/alerts name {number} {name}</code>"
    ),
    "searches.example-name": "Ports",
    "searches.removed": "<b>Removed:</b> {search}",
    "searches.undo": "↩ Undo",
    "searches.empty": "That asks for nothing. Give a few words, an author, a section or a label.",
    "searches.too-long": "That is too long: a standing search has 512 characters at most.",
    "searches.too-many": "There are 50 already, and that is the most. Remove one first: /alerts",
    "searches.unchanged": "Nothing has changed.",
    "searches.unknown": "There is no standing search “{typed}”.",
    "searches.quote": (
        "Should it look for the word “{verb}” itself, put that in quotation marks:"
        ' <code>/alerts "{verb}" …</code>'
    ),
    "toast.search-added": "You will be alerted on this.",
    "toast.search-there": "You are alerted on this already.",
    "toast.search-paused": "Paused.",
    "toast.search-resumed": "It brings alerts again.",
    "toast.search-removed": "Removed.",
    "toast.search-restored": "It is back.",
    "toast.search-gone": "That standing search is no longer there.",
    "menu.alerts": "Standing searches",
}
