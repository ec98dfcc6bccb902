"""The welcome, help, stopping, groups."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "welcome.private": (
        "<b>Hello. I watch {site} for you.</b>\n\n"
        "Choose the sections, authors or labels that you care about, and every new article on"
        " them comes here: the headline, a one-sentence summary and a link.\n\n"
        "Where shall we begin?"
    ),
    "welcome.group": (
        "<b>Hello. I bring news from {site} to this group.</b>\n\n"
        "An administrator chooses the sections, authors or labels to follow, and every new"
        " article on them comes here. Everyone can use /latest and /search."
    ),
    "welcome.linked": (
        "New {site} articles that carry it come here, each with its headline, a one-sentence"
        " summary and a link. Choose more, if you like:"
    ),
    "welcome.back": {
        "one": "You follow {count} topic.",
        "other": "You follow {count} topics.",
    },
    "welcome.paused": "Alerts are paused. Use /resume to have them again.",
    "welcome.following": "What you follow",
    "help.text": (
        "<b>What I can do</b>\n\n"
        "<b>Choose</b>\n"
        "/sections, /authors, /labels: follow with a tap\n"
        "/follow <i>name</i>: follow by name, several with commas\n"
        "/unfollow <i>name</i>: stop following\n"
        "/mute <i>name</i>: never alert me on it, whatever else I follow\n"
        "/unmute <i>name</i>: take that back\n"
        "/following: what you follow and mute, and how each comes\n\n"
        "<b>Read</b>\n"
        "/latest: the newest headlines; /latest <i>section</i> narrows it\n"
        "/search <i>words</i>: look through the archive\n"
        "/alerts <i>words</i>: be alerted on every article with them\n"
        "@ and my user name in any other chat, then <i>words</i>: send an article there\n"
        "/why as a reply to an alert: what brought it; /why <i>address</i>: what kept one away\n"
        "/mute as a reply to an alert: no more of its story\n"
        "/saved: the reading list; /save as a reply to a message puts its article there\n"
        "/export: the reading list as a file\n\n"
        "<b>When alerts come</b>\n"
        "/settings: everything in one place, by buttons\n"
        "/digest <i>weekdays 08:00 18:00</i>: in editions; /digest <i>off</i> for at once\n"
        "/quiet <i>22:00-07:00</i>: nothing in these hours\n"
        "/timezone <i>city</i>: by which clock; /language: in which language\n"
        "/loud, /silent, /later, /usual <i>name</i>: how one of them comes\n"
        "/pause <i>3d</i>, /pause <i>until monday</i>: hold alerts\n"
        "/resume: have them again\n\n"
        "<b>What I store about this chat</b>\n"
        "/mydata: all of it, as a file\n"
        "/move: take it to another chat\n"
        "/stop: delete it"
    ),
    "help.private": (
        "Any other message is taken for a search.\n\n"
        "Add me to a group, and it has follows of its own, as has each topic of a forum. For a"
        " channel, write /channel here."
    ),
    "help.group": (
        "In a group only administrators change what is followed. Each topic of a forum has follows"
        " of its own: write the commands there."
    ),
    "help.unknown": "I do not know the command {command}.",
    "help.unreadable": (
        "I can only read text. Type a few words to search {site}, or choose what to follow."
    ),
    "stop.ask": (
        "<b>Stop and delete everything?</b>\n\n"
        "All that is stored about this chat goes: what you follow and mute, your settings, the"
        " reading list and waiting alerts. This cannot be undone. For a copy of it there is"
        " /mydata, and to be left alone for a while /pause."
    ),
    "stop.yes": "Yes, delete everything",
    "stop.no": "No, keep everything",
    "stop.done": (
        "<b>Everything about this chat is deleted,</b> and no more alerts come. Should you change"
        " your mind, /start begins anew."
    ),
    "stop.done-toast": "Everything is deleted.",
    "stop.kept": "Good. Everything stays as it is.",
    "group.admins-only": (
        "Only this group's administrators can change what it follows. Everyone can use /latest,"
        " /search and /following."
    ),
    "group.admins-only-toast": "Only this group's administrators can change that.",
    "button.stale": (
        "This button is from an older message. Send /settings, /following or /help for what there"
        " is now."
    ),
    "button.article-gone": "I no longer have this article's topics.",
    "menu.sections": "Choose sections to follow",
    "menu.authors": "Choose authors to follow",
    "menu.labels": "Choose labels to follow",
    "menu.following": "What you follow and mute",
    "menu.latest": "The newest headlines",
    "menu.search": "Search the archive",
    "menu.settings": "Settings, by buttons",
    "menu.digest": "Alerts at once or in editions",
    "menu.quiet": "Hours in which nothing comes",
    "menu.timezone": "By which clock",
    "menu.follow": "Follow by name",
    "menu.unfollow": "Stop following by name",
    "menu.mute": "Never alert me on a name",
    "menu.unmute": "Take a mute back",
    "menu.pause": "Hold alerts for a while",
    "menu.resume": "Have alerts again",
    "menu.help": "What I can do",
    "menu.stop": "Delete everything",
}
