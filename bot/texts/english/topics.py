"""Following and muting."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "kind.section": "section",
    "kind.author": "author",
    "kind.label": "label",
    "kind.sections": "Sections",
    "kind.authors": "Authors",
    "kind.labels": "Labels",
    "list.follow-sections": "<b>Sections</b>\nTap a section to follow it; tap again to stop.",
    "list.follow-authors": "<b>Authors</b>\nTap an author to follow them; tap again to stop.",
    "list.follow-labels": "<b>Labels</b>\nTap a label to follow it; tap again to stop.",
    "list.mute-sections": "<b>Mute sections</b>\nTap a section never to be alerted on it.",
    "list.mute-authors": "<b>Mute authors</b>\nTap an author never to be alerted on them.",
    "list.mute-labels": "<b>Mute labels</b>\nTap a label never to be alerted on it.",
    "list.beats": "A muted topic wins over everything that you follow.",
    "list.page": "Page {page} of {pages}",
    "list.empty": "There are none yet. They appear here once {site} has published something.",
    "list.to-mute": "Switch to muting",
    "list.to-follow": "Switch to following",
    "list.previous": "← Back",
    "list.next": "More →",
    "list.numbers": "The number is how many articles I know of.",
    "topic.button": "{mark}{name} · {count}",
    "topic.named": "{mark}{name} ({kind})",
    "toast.followed": "You follow {name}.",
    "toast.unfollowed": "You no longer follow {name}.",
    "toast.muted": "{name} is muted.",
    "toast.unmuted": "{name} is no longer muted.",
    "toast.gone": "That topic is no longer there.",
    "change.followed": "✓ You now follow {topic}.",
    "change.followed-already": "You follow {topic} already.",
    "change.muted": "🔇 Muted: {topic}. No article with it will come.",
    "change.muted-already": "{topic} is muted already.",
    "change.unfollowed": "You no longer follow {topic}.",
    "change.unfollowed-already": "You did not follow {topic}.",
    "change.unmuted": "{topic} is no longer muted.",
    "change.unmuted-already": "{topic} was not muted.",
    "change.ambiguous": "There is more than one “{typed}”. Which one do you mean?",
    "change.near": "I know no “{typed}”. Did you mean one of these?",
    "change.unknown": "I know no section, author or label called “{typed}”.",
    "change.browse": "Look through /sections, /authors or /labels.",
    "name.example": "economy",
    "name.follow": "Write the name behind the command: <code>/follow {example}</code>. Or tap:",
    "name.mute": "Write the name behind the command: <code>/mute {example}</code>. Or tap:",
    "name.unfollow": (
        "Write the name behind the command: <code>/unfollow {example}</code>. Or tap what to drop:"
    ),
    "name.unmute": (
        "Write the name behind the command: <code>/unmute {example}</code>. Or tap what to drop:"
    ),
    "following.nothing": (
        "<b>You follow nothing yet.</b> Choose a section, an author or a label, and its new"
        " articles come here."
    ),
    "following.nothing-group": (
        "<b>This group follows nothing yet.</b> An administrator can choose what comes here."
    ),
    "following.nothing-muted": "<b>Nothing is muted.</b> Choose what never to be alerted on:",
    "following.title": "<b>You follow</b>",
    "following.muted": "<b>Muted</b>",
    "following.line": "{kind}: {names}",
    "following.names": {"one": "{names} and {count} more", "other": "{names} and {count} more"},
    "following.open": "Tap one to change how its alerts come, or to drop it:",
    "following.remove": "Tap to remove:",
    "following.drop": "✕ {name}",
    "following.drop-mute": "✕ 🔇 {name}",
    "mute.back": "← Back",
}
