"""The reading list, and its files."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "alert.save": "Save",
    "alert.saved": "✓ Saved",
    "save.how": (
        "<b>Keep an article for later</b>\n"
        "Tap Save under an alert, answer any message that links to articles with /save, or give an"
        " address: <code>/save {url}</code>\n"
        "What is kept: /saved"
    ),
    "save.no-article": "I know no article in that message.",
    "save.done": "<b>✓ On the reading list:</b>",
    "save.there": "<b>On the reading list already:</b>",
    "save.off": "<b>No longer on the reading list:</b>",
    "save.full": (
        "The reading list holds {most} articles, and that is the most. Take some off first: /saved"
    ),
    "save.which": (
        "<b>Which of these?</b>\nTap a number to put that article on the reading list; tap again to"
        " take it off."
    ),
    "save.entry": "{number}. {headline}",
    "save.more": {
        "one": "And {count} more. For it there is <code>/save</code> with its address.",
        "other": "And {count} more. For them there is <code>/save</code> with an address.",
    },
    "save.choose": "Save…",
    "save.list": "Reading list",
    "toast.saved": "On the reading list: /saved",
    "toast.unsaved": "No longer on the reading list.",
    "saved.title": {
        "one": "<b>Reading list · {count} article</b>",
        "other": "<b>Reading list · {count} articles</b>",
    },
    "saved.none": (
        "<b>The reading list is empty.</b>\nTap Save under an alert, and the article is kept here"
        " until you take it off."
    ),
    "saved.verbs": "Tap ✕ to take one off, or write <code>/saved remove {number}</code>.",
    "saved.drop": "✕ {number}",
    "saved.removed": "Taken off: {headline}",
    "saved.undo": "↩ Undo",
    "saved.no-number": "There is no number {typed} on the reading list.",
    "saved.export": "Export…",
    "toast.saved-back": "It is back on the reading list.",
    "toast.saved-gone": "It was not on the reading list any more.",
    "export.title": "Reading list",
    "export.ask": "<b>The reading list as a file</b>\nIn which format?",
    "export.csv": "CSV for spreadsheets",
    "export.markdown": "Markdown for notes",
    "export.bibtex": "BibTeX for LaTeX",
    "export.ris": "RIS for Zotero, EndNote",
    "export.unknown": (
        "I know no format “{typed}”. Write <code>/export csv</code>, <code>markdown</code>,"
        " <code>bibtex</code> or <code>ris</code>, or tap:"
    ),
    "export.empty": (
        "<b>There is nothing to export:</b> the reading list is empty. Tap Save under an alert, and"
        " the article is kept there."
    ),
    "export.caption": {
        "one": "<b>Reading list</b>, {count} article",
        "other": "<b>Reading list</b>, {count} articles",
    },
    "toast.export": "Here it comes.",
    "toast.export-empty": "The reading list is empty now.",
    "document.refused": (
        "Files are not allowed in this chat, so I cannot send it here. An administrator can allow"
        " them, or ask me in a private chat."
    ),
    "menu.save": "Keep an article for later",
    "menu.saved": "The reading list",
    "menu.export": "The reading list as a file",
}
