"""Why an alert came, why one did not, and stories."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "alert.why": "Why?",
    "alert.correction": "CORRECTION",
    "alert.retracted": "RETRACTED",
    "why.how": (
        "<b>Why did it come, or not?</b>\n"
        "Reply to an alert with /why, and I tell what brought it. For an article that did not"
        " come, give its address: <code>/why {url}</code>"
    ),
    "why.no-alert": "That message is no alert of mine, or an old one that I no longer know.",
    "why.no-address": "That is no web address.",
    "why.title": "<b>Why this came</b>",
    "why.several": "<b>Why these came</b>\nTap a number for what can be changed.",
    "why.more": {
        "one": "And {count} more. For it there is <code>/why</code> with its address.",
        "other": "And {count} more. For them there is <code>/why</code> with an address.",
    },
    "why.entry": "{number}. {headline}\n{reason}",
    "why.by-topics": "It came because you follow {topics}.",
    "why.by-topics-group": "It came because this group follows {topics}.",
    "why.withdrawn": "The site has taken {topics} off the article since.",
    "why.by-search": "It answers the standing search {search}.",
    "why.by-gone": "What brought it has been removed since.",
    "why.admins": "Administrators can reply /why to change that.",
    "why.unknown": "I no longer know what brought this.",
    "why.list": "↩ All of them",
    "why.silence": "🔕 Make {name} silent",
    "why.unfollow": "✕ Unfollow {name}",
    "why.mute": "🔇 Mute {name}",
    "why.unmute": "Unmute {name}",
    "why.follow": "Follow {name}",
    "why.pause": "⏸ Pause {name}",
    "why.resume": "Resume {name}",
    "why.undo": "↩ Undo ({name})",
    "why.changed-since": "That has been changed since.",
    "absent.title": "<b>Why this did not come</b>",
    "absent.unknown": (
        "I do not know this article. Either it is not one of {site}, or I have not met it on the"
        " pages that I read. A new one may take some minutes."
    ),
    "absent.sent": "<b>It did come</b>",
    "absent.owed": "It is still to come: {moment}.",
    "absent.owed-now": "It is on its way.",
    "absent.held": "Alerts are paused, so it waits here. /resume brings it.",
    "absent.silent": "I may not write there at present, so it waits until I may again.",
    "absent.held-since": "It waits from your last pause. /resume brings it.",
    "absent.failed": "It was to come, but Telegram would not take the message. /latest has it.",
    "absent.dropped": (
        "It was to come, and was taken back: what had asked for it was changed, or it had become"
        " too old."
    ),
    "absent.muted": "This is muted: {topics}. A mute wins over everything that is followed.",
    "absent.muted-then": (
        "When it came out it had what is muted: {topics}. The site has taken that off it since."
    ),
    "absent.story-muted": "Its story is muted.",
    "absent.baseline": (
        "When I met it, it was no news any more: it is older than my first look at the site, or"
        " came up late. Such articles are in /search, and bring no alert."
    ),
    "absent.not-followed": "Nothing that is followed is in it. It has: {topics}.",
    "absent.no-topics": "It has no section, author or label that could be followed.",
    "absent.before-follow": (
        "You follow {topics}, but did not when it came out. New articles on it come."
    ),
    "absent.timing": "When alerts come",
    "story.muted": "🔇 <b>Muted: this story.</b> What goes on with it will not come:",
    "story.unmuted": "<b>This story is no longer muted:</b>",
    "story.which": (
        "That message has several articles. Reply to the alert on one of them, or write a name:"
        " <code>/mute {example}</code>"
    ),
    "story.goes-on": "It goes on with {headline}: both have {words}.",
    "story.unsure": (
        "It may go on with {headline}, which is muted. I was not sure enough to hold it back:"
        " both have {words}."
    ),
    "story.mute": "🔇 Mute this story",
    "story.unmute": "↩ Unmute this story",
    "toast.story-muted": "What goes on with this story will not come.",
    "toast.story-unmuted": "The story is no longer muted.",
    "menu.why": "Why an alert came, or did not",
}
